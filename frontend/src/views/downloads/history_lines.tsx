import { type JSX, Show } from "solid-js";
import type { HistoryRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import type { PagedRows } from "../../stores/paged_rows.ts";
import { Badge } from "../../ui/badge.tsx";
import { failureText } from "../../ui/failure.ts";
import { LongTable } from "../../ui/long_table.tsx";

const TONES = { succeeded: "ok", failed: "danger", removed: "neutral" } as const;

const COLUMNS = ["when", "file", "provider", "outcome", "cause", "size"] as const;

/** The history, however long. */
export function HistoryLines(props: { readonly rows: PagedRows<HistoryRow> }): JSX.Element {
  const { t, format } = useI18n();
  const { status } = useApp();
  const providerName = (id: string) => status()?.providers.find((one) => one.id === id)?.name ?? id;
  const failure = ({ reason, message, hint }: HistoryRow) =>
    failureText({ code: reason, message, hint }, t);
  return (
    <LongTable
      label={t("views.downloads.tabs.history")}
      rows={props.rows}
      heads={COLUMNS.map((column) => t(`views.downloads.history.${column}`))}
    >
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
    </LongTable>
  );
}
