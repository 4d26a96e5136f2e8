import { AppWindow, ExternalLink, FileUp } from "lucide-solid";
import { createSignal, type JSX, Match, Show, Switch } from "solid-js";
import type { ProviderStatus } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy_field.tsx";
import { errorText } from "../../ui/failure.ts";
import { ProgressBar } from "../../ui/progress_bar.tsx";
import "./import.css";
import { ImportResult } from "./import_result.tsx";
import type { Imports, ImportState } from "./import_store.ts";
import { SendError } from "./send_files.ts";
import { textOfClipboard, textsOf } from "./saved_texts.ts";

/** How to save the list, where to put it, and what came of it. */
export function ImportPanel(props: {
  readonly provider: ProviderStatus;
  readonly imports: Imports;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, format } = useI18n();
  const state = () => props.imports.state();
  const words = (error: unknown) =>
    error instanceof SendError
      ? t(`views.import.${error.reason}`)
      : `${errorText(error, t).what}. ${errorText(error, t).remedy}`.trim();
  return (
    <div class="import">
      <Switch fallback={<ImportForm {...props} />}>
        <Match when={inState(state(), "window")}>
          <div class="import-progress" role="status">
            <ProgressBar value={null} label={t("views.import.windowOpen")} />
            <span>{t("views.import.windowWaiting", { site: props.provider.name })}</span>
            <Button size="small" onClick={() => props.imports.closeWindow()}>
              {t("views.import.windowClose")}
            </Button>
          </div>
        </Match>
        <Match when={inState(state(), "closed")}>
          <p role="status">{t("views.import.windowNothing")}</p>
          <ImportForm {...props} />
        </Match>
        <Match when={inState(state(), "sending")}>
          {(now) => (
            <div class="import-progress" role="status">
              <ProgressBar
                value={now().of === 0 ? null : now().sent / now().of}
                label={t("views.import.sending")}
              />
              <span>{t("views.import.sending")}</span>
            </div>
          )}
        </Match>
        <Match when={inState(state(), "reading")}>
          {(now) => (
            <div class="import-progress" role="status">
              <ProgressBar value={null} label={t("views.import.reading")} />
              <span>
                {t("views.import.reading")}
                <Show when={now().rows > 0}>{` ${format().count(now().rows)}`}</Show>
              </span>
            </div>
          )}
        </Match>
        <Match when={inState(state(), "done")}>
          {(now) => (
            <ImportResult
              summary={now().summary}
              provider={props.provider}
              onAccept={props.imports.canRunAgain() ? props.imports.runAgain : null}
              onClose={props.onClose}
            />
          )}
        </Match>
        <Match when={inState(state(), "failed")}>
          {(now) => (
            <>
              <p class="import-failure" role="alert">{words(now().error)}</p>
              <ImportForm {...props} />
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}

function inState<K extends ImportState["kind"]>(
  state: ImportState,
  kind: K,
): Extract<ImportState, { readonly kind: K }> | null {
  return isOf(state, kind) ? state : null;
}

function isOf<K extends ImportState["kind"]>(
  state: ImportState,
  kind: K,
): state is Extract<ImportState, { readonly kind: K }> {
  return state.kind === kind;
}

/** Steps, then ways to hand the list over. */
function ImportForm(props: {
  readonly provider: ProviderStatus;
  readonly imports: Imports;
}): JSX.Element {
  const { t } = useI18n();
  const app = useApp();
  const [pasted, setPasted] = createSignal("");
  const [isOver, setOver] = createSignal(false);
  let picker: HTMLInputElement | undefined;
  const url = () => props.provider.importUrl ?? "";
  const run = (files: readonly File[]) => props.imports.run(props.provider.id, textsOf(files));
  return (
    <>
      <Show when={props.provider.hasWindow}>
        <section class="import-window">
          <p>{t("views.import.windowText", { site: props.provider.name })}</p>
          <Button
            variant="primary"
            icon={AppWindow}
            onClick={() => props.imports.openWindow(props.provider.id)}
          >
            {t("views.import.windowOpen")}
          </Button>
        </section>
        <p>{t("views.import.orSaved")}</p>
      </Show>
      <ol class="import-steps">
        <li>
          {t("views.import.open", { site: props.provider.name })}
          <CopyField label={t("views.import.address")} value={url()} />
          <Button size="small" icon={ExternalLink} onClick={() => app.openLink(url())}>
            {t("views.import.openLink")}
          </Button>
        </li>
        <li>{t("views.import.save")}</li>
        <li>{t("views.import.give")}</li>
      </ol>
      <Show when={app.hello()?.mediaBase} fallback={<p>{t("views.import.noWay")}</p>}>
        <div
          class="import-target"
          classList={{ "is-over": isOver() }}
          onDragOver={(event) => {
            event.preventDefault();
            event.stopPropagation();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            event.stopPropagation();
            setOver(false);
            run([...event.dataTransfer?.files ?? []]);
          }}
        >
          <FileUp size={20} aria-hidden="true" />
          <span>{t("views.import.drop")}</span>
          <input
            ref={(element) => (picker = element)}
            hidden
            type="file"
            multiple
            accept=".json,.har,.html,.htm,.txt,application/json,text/plain,text/html"
            onChange={(event) => {
              run([...event.currentTarget.files ?? []]);
              event.currentTarget.value = "";
            }}
          />
          <Button
            variant={props.provider.hasWindow ? "default" : "primary"}
            onClick={() => picker?.click()}
          >
            {t("views.import.choose")}
          </Button>
        </div>
        <label class="import-paste">
          <span class="field-label">{t("views.import.paste")}</span>
          <textarea
            class="import-text"
            rows={3}
            spellcheck={false}
            value={pasted()}
            // A list of many MB in a text field holds the page up: it goes straight on.
            onPaste={(event) => {
              const text = textOfClipboard(event);
              if (text === null) return;
              event.preventDefault();
              props.imports.run(props.provider.id, [text]);
            }}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
        </label>
        <Show when={pasted().trim() !== ""}>
          <Button
            onClick={() =>
              props.imports.run(props.provider.id, [{
                name: t("views.import.pastedName"),
                content: new Blob([pasted()]),
                savedAt: Date.now(),
              }])}
          >
            {t("views.import.go")}
          </Button>
        </Show>
      </Show>
      <p class="import-note">{t("views.import.names")}</p>
    </>
  );
}
