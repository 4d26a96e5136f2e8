import { A } from "@solidjs/router";
import { type JSX, Show } from "solid-js";
import type { VerifyFinding } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import type { PagedRows } from "../../stores/paged_rows.ts";
import { Badge } from "../../ui/badge.tsx";
import { LongTable } from "../../ui/long_table.tsx";

const TONES = {
  MISSING: "danger",
  SIZE: "danger",
  HASH: "danger",
  UNVERIFIED: "warn",
  SIDECAR: "warn",
  EXTRA: "neutral",
} as const;

const COLUMNS = ["what", "file", "when", "size"] as const;

/** What was found, however much. */
export function FindingLines(props: { readonly rows: PagedRows<VerifyFinding> }): JSX.Element {
  const { t, format } = useI18n();
  return (
    <LongTable
      label={t("views.verify.findings")}
      rows={props.rows}
      heads={COLUMNS.map((column) => t(`views.verify.${column}`))}
      class="finding-line"
    >
      {(one) => <Cells finding={one()} />}
    </LongTable>
  );

  function Cells(cells: { readonly finding: VerifyFinding }): JSX.Element {
    const one = () => cells.finding;
    const name = () => one().path.split("/").at(-1);
    return (
      <>
        <span role="cell" class="finding-verdict">
          <Badge tone={TONES[one().verdict]}>{t(`views.verify.verdict.${one().verdict}`)}</Badge>
          <Show when={one().job}>
            {(job) => <Badge tone="accent">{t(`views.verify.queue.${job()}`)}</Badge>}
          </Show>
        </span>
        <span role="cell" class="job-text" title={one().path}>
          <Show when={one().assetId} fallback={<span class="job-name">{name()}</span>}>
            {(assetId) => (
              <A class="job-name finding-link" href={`/explorer/${encodeURIComponent(assetId())}`}>
                {name()}
              </A>
            )}
          </Show>
          <span class="job-title">{one().title ?? one().path}</span>
        </span>
        <span role="cell" title={format().dateTime(one().at)}>{format().relative(one().at)}</span>
        <span role="cell" class="is-end">
          <Show when={one().size}>{(bytes) => format().bytes(bytes())}</Show>
        </span>
      </>
    );
  }
}
