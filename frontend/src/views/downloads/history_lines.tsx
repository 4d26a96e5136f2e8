import { createMemo, Index, type JSX, Show } from "solid-js";
import type { HistoryRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import type { PagedRows } from "../../stores/paged_rows.ts";
import { Badge } from "../../ui/badge.tsx";
import { failureText } from "../../ui/failure.ts";
import { createWindowed } from "../../ui/windowed.ts";

const LINE_HEIGHT = 48;
const TONES = { succeeded: "ok", failed: "danger", removed: "neutral" } as const;

/** The history, however long. */
export function HistoryLines(props: { readonly rows: PagedRows<HistoryRow> }): JSX.Element {
  const { t, format } = useI18n();
  const { status } = useApp();
  const total = () => props.rows.total() ?? 0;
  const providerName = (id: string) => status()?.providers.find((one) => one.id === id)?.name ?? id;
  const failure = ({ reason, message, hint }: HistoryRow) =>
    failureText({ code: reason, message, hint }, t);
  let scroller: HTMLDivElement | undefined;
  const { slots } = createWindowed({
    count: total,
    height: () => LINE_HEIGHT,
    element: () => scroller ?? null,
    onShow: (first, last) => props.rows.show(first, last),
  });
  return (
    <div
      ref={scroller}
      class="history"
      role="table"
      tabindex="0"
      aria-label={t("views.downloads.tabs.history")}
      aria-rowcount={total() + 1}
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
        style={{ height: `${total() * LINE_HEIGHT}px` }}
      >
        <Index each={slots()}>
          {(index) => {
            const row = createMemo(() => props.rows.row(index()));
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
                          <span>{failure(one()).what}</span>
                          <span class="job-title">{failure(one()).remedy}</span>
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
  );
}
