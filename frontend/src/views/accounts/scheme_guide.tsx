import Check from "lucide-solid/icons/check";
import ExternalLink from "lucide-solid/icons/external-link";
import X from "lucide-solid/icons/x";
import { For, type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { AuthSchemeRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy_field.tsx";

/** What a way to sign in opens, and how to get what it asks for. */
export function SchemeGuide(props: { readonly scheme: AuthSchemeRow }): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  return (
    <>
      <div class="accounts-reach">
        <Reach title={t("views.accounts.can")} items={props.scheme.can} can />
        <Reach title={t("views.accounts.cannot")} items={props.scheme.cannot} />
      </div>
      <Show when={props.scheme.url}>
        {(url) => (
          <div class="accounts-address">
            <CopyField label={t("views.accounts.address")} value={url()} />
            <Button icon={ExternalLink} onClick={() => app.openLink(url())}>
              {t("views.accounts.open")}
            </Button>
          </div>
        )}
      </Show>
      <Show when={props.scheme.steps.length > 0}>
        <div>
          <h3>{t("views.accounts.how")}</h3>
          <ol class="accounts-steps">
            <For each={props.scheme.steps}>{(step) => <li>{step}</li>}</For>
          </ol>
        </div>
      </Show>
    </>
  );
}

function Reach(props: {
  readonly title: string;
  readonly items: readonly string[];
  readonly can?: boolean;
}): JSX.Element {
  return (
    <Show when={props.items.length > 0}>
      <div>
        <h3>{props.title}</h3>
        <ul class={props.can ? "accounts-can" : "accounts-cannot"}>
          <For each={props.items}>
            {(item) => (
              <li>
                <Dynamic component={props.can ? Check : X} size={14} aria-hidden="true" />
                {item}
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}
