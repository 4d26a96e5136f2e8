import { A } from "@solidjs/router";
import { createMemo, Index, type JSX, Show } from "solid-js";
import type { VerifyFinding } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import type { PagedRows } from "../../stores/paged_rows.ts";
import { Badge } from "../../ui/badge.tsx";
import { createWindowed } from "../../ui/windowed.ts";

const LINE_HEIGHT = 48;

const TONES = {
  MISSING: "danger",
  SIZE: "danger",
  HASH: "danger",
  UNVERIFIED: "warn",
  SIDECAR: "warn",
  EXTRA: "neutral",
} as const;

/** What was found, however much. */
export function FindingLines(props: { readonly rows: PagedRows<VerifyFinding> }): JSX.Element {
  const { t, format } = useI18n();
  const total = () => props.rows.total() ?? 0;
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
      aria-label={t("views.verify.findings")}
      aria-rowcount={total() + 1}
    >
      <div class="history-head finding-line" role="row" aria-rowindex="1">
        <span role="columnheader">{t("views.verify.what")}</span>
        <span role="columnheader">{t("views.verify.file")}</span>
        <span role="columnheader">{t("views.verify.when")}</span>
        <span role="columnheader" class="is-end">{t("views.verify.size")}</span>
      </div>
      <div class="history-body" role="rowgroup" style={{ height: `${total() * LINE_HEIGHT}px` }}>
        <Index each={slots()}>
          {(index) => {
            const row = createMemo(() => props.rows.row(index()));
            return (
              <div
                class="history-line finding-line"
                role="row"
                aria-rowindex={index() + 2}
                style={{ transform: `translateY(${index() * LINE_HEIGHT}px)` }}
              >
                <Show when={row()}>{(one) => <Cells finding={one()} />}</Show>
              </div>
            );
          }}
        </Index>
      </div>
    </div>
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
