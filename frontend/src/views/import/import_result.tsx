import { useNavigate } from "@solidjs/router";
import { createSignal, type JSX, Show } from "solid-js";
import type { ImportSummary, ProviderStatus } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { Button } from "../../ui/button.tsx";
import { NotUnderstood } from "./not_understood.tsx";

/** What became of every entry of the list, and what to do next. */
export function ImportResult(props: {
  readonly summary: ImportSummary;
  readonly provider: ProviderStatus;
  /** Null where the list is not there to be taken once more. */
  readonly onAccept: (() => void) | null;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, format } = useI18n();
  const navigate = useNavigate();
  const [shown, setShown] = createSignal(false);
  const go = (path: string) => {
    props.onClose();
    navigate(path);
  };
  return (
    <div class="import-result">
      <p role="status">
        <strong>
          {[
            t("views.import.rows", props.summary.rows),
            t("models", props.summary.assets),
            t("views.import.repeated", props.summary.merged),
            t("views.import.odd", props.summary.quarantined),
          ].join(" · ")}
        </strong>
      </p>
      <p>
        {t("views.import.changes", {
          added: format().count(props.summary.added),
          updated: format().count(props.summary.updated),
          removed: format().count(props.summary.removed),
        })}
      </p>
      <Show when={props.summary.incomplete}>
        {(reason) => (
          <div class="import-incomplete">
            <p>{t("views.import.incomplete")}</p>
            <p class="import-note">{reason()}</p>
            <Show when={props.onAccept}>
              {(accept) => (
                <Button size="small" onClick={() => accept()()}>{t("views.import.accept")}</Button>
              )}
            </Show>
          </div>
        )}
      </Show>
      <Show when={props.summary.quarantined > 0}>
        <Button size="small" aria-expanded={shown()} onClick={() => setShown((before) => !before)}>
          {t("views.import.showOdd")}
        </Button>
        <Show when={shown()}>
          <NotUnderstood provider={props.provider.id} />
        </Show>
      </Show>
      <div class="dialog-actions">
        <Show when={props.provider.account === null && props.summary.assets > 0}>
          <Button onClick={() => go("/accounts")}>{t("views.import.signIn")}</Button>
        </Show>
        <Button variant="primary" onClick={() => go("/library")}>
          {t("views.import.toLibrary")}
        </Button>
      </div>
    </div>
  );
}
