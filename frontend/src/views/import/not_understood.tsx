import { createSignal, For, type JSX, Show } from "solid-js";
import type { Results } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";

/** Most that are shown; `mmfsync list --not-understood` shows all. */
const MOST = 100;

/** What a site listed and nobody understood, with the reasons. */
export function NotUnderstood(props: { readonly provider: string }): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [page, setPage] = createSignal<Results["library.quarantine"] | null>(null);
  const [error, setError] = createSignal<unknown>(null);
  const ask = () => {
    setError(null);
    bridge.call("library.quarantine", { provider: props.provider, limit: MOST })
      .then(setPage, setError);
  };
  ask();
  return (
    <Show when={error() === null} fallback={<ErrorState error={error()} onRetry={ask} />}>
      <Show when={page()} fallback={<Skeleton lines={3} />}>
        {(shown) => (
          <>
            <ul class="import-odd">
              <For each={shown().rows}>
                {({ item, reason }) => (
                  <li>
                    <code>{item}</code> {reason}
                  </li>
                )}
              </For>
            </ul>
            <Show when={shown().total > MOST}>
              <p class="import-note">{t("views.import.more", shown().total - MOST)}</p>
            </Show>
          </>
        )}
      </Show>
    </Show>
  );
}
