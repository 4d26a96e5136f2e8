import { History } from "lucide-solid";
import {
  createMemo,
  createSignal,
  Index,
  type JSX,
  Match,
  onCleanup,
  Show,
  Switch,
} from "solid-js";
import type { HistoryRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";
import { createPagedRows } from "../../stores/paged_rows.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm_dialog.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { failureText } from "../../ui/failure.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Select } from "../../ui/select.tsx";
import { toastError } from "../../ui/toast.tsx";
import { createWindowed } from "../../ui/windowed.ts";

const LINE_HEIGHT = 48;
const OUTCOMES = ["all", "succeeded", "failed", "removed"] as const;
const TONES = { succeeded: "ok", failed: "danger", removed: "neutral" } as const;

/** What became of every file. */
export function HistoryList(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, status } = useApp();
  const [outcome, setOutcome] = createSignal<(typeof OUTCOMES)[number]>("all");
  const [provider, setProvider] = createSignal("");
  const [clearing, setClearing] = createSignal(false);
  const rows = createPagedRows<HistoryRow, { outcome: string; provider: string }>({
    query: () => ({ outcome: outcome(), provider: provider() }),
    key: "id",
    fetch: (_query, offset, limit, signal) => {
      const chosen = outcome();
      return bridge.call("history.list", {
        ...(chosen === "all" ? {} : { outcome: chosen }),
        ...(provider() === "" ? {} : { provider: provider() }),
        offset,
        limit,
      }, { signal });
    },
  });
  onCleanup(onFresh(bridge, rows.refresh));
  for (const event of ["libraryChanged", "queueChanged"] as const) {
    onCleanup(bridge.on(event, rows.refresh));
  }
  const providerName = (id: string) => status()?.providers.find((one) => one.id === id)?.name ?? id;
  const clear = () =>
    void bridge.call("history.clear", {}).then(rows.refresh, (error) => toastError(error, t));
  let scroller: HTMLDivElement | undefined;
  const { slots } = createWindowed({
    count: () => rows.total() ?? 0,
    height: () => LINE_HEIGHT,
    element: () => scroller ?? null,
    onShow: (first, last) => rows.show(first, last),
  });
  return (
    <>
      <div class="downloads-filters">
        <Segmented
          aria-label={t("views.downloads.history.outcome")}
          value={outcome()}
          onChange={setOutcome}
          options={OUTCOMES.map((value) => ({
            value,
            label: t(`views.downloads.history.${value}`),
          }))}
        />
        <Select
          aria-label={t("views.downloads.history.provider")}
          value={provider()}
          onChange={setProvider}
          options={[
            { value: "", label: t("views.downloads.history.anyProvider") },
            ...(status()?.providers ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <span class="selection-bar-space" />
        <Button variant="quiet" disabled={!rows.total()} onClick={() => setClearing(true)}>
          {t("views.downloads.history.clear")}
        </Button>
      </div>
      <Switch>
        <Match when={rows.total() === null && rows.error()}>
          {(error) => <ErrorState error={error()} onRetry={rows.refresh} />}
        </Match>
        <Match when={rows.total() === 0}>
          <EmptyState
            icon={History}
            title={t("views.downloads.history.empty.title")}
            text={t("views.downloads.history.empty.text")}
          />
        </Match>
        <Match when={rows.total() !== null}>
          <div
            ref={scroller}
            class="history"
            role="table"
            tabindex="0"
            aria-label={t("views.downloads.tabs.history")}
            aria-rowcount={(rows.total() ?? 0) + 1}
          >
            <div class="history-head" role="row" aria-rowindex="1">
              <span role="columnheader">{t("views.downloads.history.when")}</span>
              <span role="columnheader">{t("views.downloads.history.file")}</span>
              <span role="columnheader">{t("views.downloads.history.provider")}</span>
              <span role="columnheader">{t("views.downloads.history.outcome")}</span>
              <span role="columnheader">{t("views.downloads.history.cause")}</span>
              <span role="columnheader" class="is-end">{t("views.downloads.history.size")}</span>
            </div>
            <div
              class="history-body"
              role="rowgroup"
              style={{ height: `${(rows.total() ?? 0) * LINE_HEIGHT}px` }}
            >
              <Index each={slots()}>
                {(index) => {
                  const row = createMemo(() => rows.row(index()));
                  return (
                    <div
                      class="history-line"
                      role="row"
                      aria-rowindex={index() + 2}
                      style={{ transform: `translateY(${index() * LINE_HEIGHT}px)` }}
                    >
                      <Show when={row()}>
                        {(one) => (
                          <>
                            <span role="cell" title={format().dateTime(one().at)}>
                              {format().relative(one().at)}
                            </span>
                            <span role="cell" class="job-text">
                              <span class="job-name">{one().name}</span>
                              <span class="job-title">{one().title}</span>
                            </span>
                            <span role="cell">{providerName(one().provider)}</span>
                            <span role="cell">
                              <Badge tone={TONES[one().outcome]}>
                                {t(`views.downloads.history.${one().outcome}`)}
                              </Badge>
                            </span>
                            <span role="cell" class="history-cause" title={one().message ?? ""}>
                              <Show when={one().outcome === "failed"}>
                                <span>{failureText(one().reason, t).what}</span>
                                <span class="job-title">
                                  {failureText(one().reason, t).remedy || one().hint}
                                </span>
                              </Show>
                            </span>
                            <span role="cell" class="is-end">
                              {one().bytes > 0 ? format().bytes(one().bytes) : ""}
                            </span>
                          </>
                        )}
                      </Show>
                    </div>
                  );
                }}
              </Index>
            </div>
          </div>
        </Match>
      </Switch>
      <ConfirmDialog
        open={clearing()}
        title={t("views.downloads.history.clearTitle")}
        text={t("views.downloads.history.clearText")}
        confirm={t("views.downloads.history.clear")}
        onConfirm={clear}
        onClose={() => setClearing(false)}
      />
    </>
  );
}
