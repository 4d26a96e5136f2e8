import { ShieldCheck } from "lucide-solid";
import { createSignal, type JSX, Show } from "solid-js";
import type { VerifyOverview, VerifyParams } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/select.tsx";
import { type Scope, SCOPE_PARAMS, SCOPES } from "./scopes.ts";

/** Kept while the window is open, so that what was stopped can be gone on with. */
const [scope, setScope] = createSignal<Scope>("all");

/** What is to be read, and the way to begin or to go on. */
export function VerifyStart(props: {
  readonly unfinished: VerifyOverview["unfinished"];
  readonly onStart: (params: VerifyParams) => void;
}): JSX.Element {
  const { t, format } = useI18n();
  const { status } = useApp();
  const isBusy = () => status()?.busy !== null;
  return (
    <>
      <div class="verify-start">
        <Select<Scope>
          aria-label={t("views.verify.scope")}
          value={scope()}
          onChange={setScope}
          options={SCOPES.map((value) => ({ value, label: t(`views.verify.scopes.${value}`) }))}
        />
        <Button
          variant="primary"
          icon={ShieldCheck}
          disabled={isBusy()}
          onClick={() => props.onStart(SCOPE_PARAMS[scope()])}
        >
          {props.unfinished ? t("views.verify.goOn") : t("views.verify.run")}
        </Button>
        <Show when={props.unfinished}>
          <Button
            variant="quiet"
            disabled={isBusy()}
            onClick={() => props.onStart({ ...SCOPE_PARAMS[scope()], restart: true })}
          >
            {t("views.verify.restart")}
          </Button>
        </Show>
      </div>
      <Show when={props.unfinished}>
        {(stopped) => (
          <p class="verify-note">
            {t("views.verify.unfinished", { time: format().relative(stopped().startedAt) })}
          </p>
        )}
      </Show>
    </>
  );
}
