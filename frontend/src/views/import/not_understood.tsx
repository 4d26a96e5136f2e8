import { createResource, For, type JSX, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { ErrorState } from "../../ui/error_state.tsx";

/** Most that are shown; `mmfsync list --not-understood` shows all. */
const MOST = 100;

/** What a site listed and nobody understood, with the reasons. */
export function NotUnderstood(props: { readonly provider: string }): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [page, { refetch }] = createResource(
    () => props.provider,
    (provider) => bridge.call("library.quarantine", { provider, limit: MOST }),
  );
  return (
    <Show
      when={page.state !== "errored"}
      fallback={<ErrorState error={page.error} onRetry={() => void refetch()} />}
    >
      <ul class="import-odd">
        <For each={page()?.rows}>
          {({ item, reason }) => (
            <li>
              <code>{item}</code> {reason}
            </li>
          )}
        </For>
      </ul>
      <Show when={(page()?.total ?? 0) > MOST}>
        <p class="import-note">{t("views.import.more", (page()?.total ?? 0) - MOST)}</p>
      </Show>
    </Show>
  );
}
