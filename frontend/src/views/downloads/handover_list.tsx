import { CircleCheck, ExternalLink, FileDown } from "lucide-solid";
import { createResource, For, type JSX, Match, onCleanup, Show, Switch } from "solid-js";
import type { HandoverRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";
import { createPagedRows, type PagedRows } from "../../stores/paged_rows.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { LongTable } from "../../ui/long_table.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toastError } from "../../ui/toast.tsx";
import { WatchFolder } from "./watch_folder.tsx";

/** Files that a site keeps from the app: the user's own browser gets them, one click at a time. */
export function HandoverList(): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const rows = createPagedRows<HandoverRow, null>({
    query: () => null,
    fetch: (_query, offset, limit, signal) =>
      bridge.call("handover.list", { offset, limit }, { signal }),
  });
  const [state, { refetch }] = createResource(() => bridge.call("handover.list", { limit: 1 }));
  const again = () => {
    rows.refresh();
    void refetch();
  };
  onCleanup(onFresh(bridge, again));
  for (
    const event of ["queueChanged", "libraryChanged", "settingsChanged", "adoptAmbiguous"] as const
  ) {
    onCleanup(bridge.on(event, again));
  }
  return (
    <Switch>
      <Match when={rows.total() === null && rows.error()}>
        {(error) => <ErrorState error={error()} onRetry={rows.refresh} />}
      </Match>
      <Match when={rows.total() === null}>
        <Skeleton lines={6} />
      </Match>
      <Match when={rows.total() === 0}>
        <EmptyState
          icon={CircleCheck}
          title={t("views.downloads.handover.none.title")}
          text={t("views.downloads.handover.none.text")}
        />
      </Match>
      <Match when={rows.total() !== null}>
        <p class="handover-intro">{t("views.downloads.handover.intro")}</p>
        <Show when={state.latest}>
          {(now) => (
            <>
              <WatchFolder problem={now().problem} suggestion={now().suggestion} />
              <Unclear
                unclear={now().unclear}
                onTaken={again}
              />
            </>
          )}
        </Show>
        <Lines rows={rows} />
      </Match>
    </Switch>
  );
}

function Lines(props: { readonly rows: PagedRows<HandoverRow> }): JSX.Element {
  const { t, format } = useI18n();
  const { openLink } = useApp();
  return (
    <LongTable
      label={t("views.downloads.tabs.handover")}
      class="handover-line"
      rows={props.rows}
      heads={[
        t("views.downloads.history.file"),
        t("views.downloads.history.cause"),
        t("views.downloads.tabs.handover"),
        t("views.downloads.history.size"),
      ]}
    >
      {(file) => (
        <>
          <span role="cell" class="job-text">
            <span class="job-name">{file().name}</span>
            <span class="job-title">{file().title}</span>
          </span>
          <span role="cell" title={t(`views.downloads.handover.cause.${file().cause}`)}>
            {t(`views.downloads.handover.cause.${file().cause}`)}
          </span>
          <div role="cell" class="job-actions">
            <Show when={file().page}>
              {(page) => (
                <Button
                  variant="quiet"
                  icon={ExternalLink}
                  onClick={() => openLink(page())}
                >
                  {t("views.downloads.handover.page")}
                </Button>
              )}
            </Show>
            <Show when={file().address}>
              {(address) => (
                <Button icon={FileDown} onClick={() => openLink(address())}>
                  {t("views.downloads.handover.get")}
                </Button>
              )}
            </Show>
          </div>
          <span role="cell" class="is-end">
            {file().size === null ? "" : format().bytes(file().size ?? 0)}
          </span>
        </>
      )}
    </LongTable>
  );
}

type Ambiguous = { readonly paths: readonly string[]; readonly files: readonly Candidate[] };
type Candidate = { readonly fileId: string; readonly title: string; readonly name: string };

/** What arrived and could be one of several: only the user's word decides. */
function Unclear(props: {
  readonly unclear: readonly Ambiguous[];
  readonly onTaken: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const { bridge, status } = useApp();
  const take = (path: string, fileId: string) => {
    const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
    void bridge.call("adoption.start", {
      folder: path.slice(0, at) || "/",
      choices: [{ path, fileId }],
    }).then(props.onTaken, (error) => toastError(error, t));
  };
  return (
    <Show when={props.unclear.length > 0}>
      <section class="handover-unclear" aria-label={t("views.downloads.handover.unclear")}>
        <h2>{t("views.downloads.handover.unclear")}</h2>
        <ul>
          <For each={props.unclear}>
            {({ paths, files }) => (
              <For each={paths}>
                {(path) => (
                  <li>
                    <span class="job-name">{path}</span>
                    <For each={files}>
                      {({ fileId, title, name }) => (
                        <Button
                          size="small"
                          disabled={status()?.busy !== null}
                          onClick={() => take(path, fileId)}
                        >
                          {t("views.downloads.handover.isThis", { name: `${title} · ${name}` })}
                        </Button>
                      )}
                    </For>
                  </li>
                )}
              </For>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
