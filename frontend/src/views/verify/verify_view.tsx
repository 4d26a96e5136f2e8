import "../downloads/downloads.css";
import "./verify.css";
import { ShieldCheck, ShieldQuestion, Wrench } from "lucide-solid";
import { createResource, createSignal, type JSX, Match, onCleanup, Show, Switch } from "solid-js";
import type {
  VerifyFinding,
  VerifyOverview,
  VerifyParams,
} from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onEngine, onFresh, useApp } from "../../stores/app.tsx";
import { createPagedRows } from "../../stores/paged_rows.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toastError } from "../../ui/toast.tsx";
import { FindingLines } from "./finding_lines.tsx";
import { VerifyProgress } from "./verify_progress.tsx";
import { VerifyStart } from "./verify_start.tsx";

const VERDICTS = ["HASH", "SIZE", "MISSING", "UNVERIFIED", "SIDECAR", "EXTRA"] as const;

type Filter = "all" | VerifyFinding["verdict"];

/** Whether what is on disk is what was downloaded, and what to do where it is not. */
export default function VerifyView(): JSX.Element {
  const { t } = useI18n();
  const { bridge, status } = useApp();
  const [overview, { refetch }] = createResource(() => bridge.call("verify.overview", {}));
  const [filter, setFilter] = createSignal<Filter>("all");
  const rows = createPagedRows<VerifyFinding, Filter>({
    query: filter,
    fetch: (verdict, offset, limit, signal) =>
      bridge.call("verify.findings", {
        ...(verdict === "all" ? {} : { verdict }),
        offset,
        limit,
      }, { signal }),
  });
  const again = () => {
    void refetch();
    rows.refresh();
  };
  onCleanup(onFresh(bridge, again));
  for (const event of ["libraryChanged", "queueChanged", "verifyEnded"] as const) {
    onEngine(event, again);
  }
  const start = (params: VerifyParams) =>
    void bridge.call("verify.start", params).catch((error) => toastError(error, t));

  const counts = (): VerifyOverview["counts"] | null => overview.latest?.counts ?? null;
  const count = (verdict: Filter) => {
    const known = counts();
    if (!known) return 0;
    return verdict === "all" ? Object.values(known).reduce((sum, n) => sum + n, 0) : known[verdict];
  };
  /** Work of the user's is no damage, and what cannot be read is not fetched unasked. */
  const canRepair = () =>
    count("all") - count("EXTRA") - count("UNVERIFIED") > 0 && status()?.busy === null;
  const filters = (): readonly Filter[] => ["all", ...VERDICTS.filter((one) => count(one) > 0)];
  return (
    <section class="verify" aria-label={t("views.verify.title")}>
      <header class="verify-head">
        <h1>{t("views.verify.title")}</h1>
        <Show when={overview.latest}>{(known) => <Overview known={known()} />}</Show>
        <Show
          when={status()?.busy === "verify"}
          fallback={
            <VerifyStart unfinished={overview.latest?.unfinished ?? null} onStart={start} />
          }
        >
          <VerifyProgress />
        </Show>
      </header>
      <div class="verify-findings">
        <Show when={count("all") > 0}>
          <div class="downloads-filters">
            <Segmented<Filter>
              aria-label={t("views.verify.filter")}
              value={filter()}
              onChange={setFilter}
              options={filters().map((value) => ({
                value,
                label: `${
                  value === "all" ? t("views.verify.all") : t(`views.verify.verdict.${value}`)
                } ${count(value)}`,
              }))}
            />
            <span class="selection-bar-space" />
            <Button
              variant="primary"
              icon={Wrench}
              disabled={!canRepair()}
              title={t("views.verify.repairText")}
              onClick={() => start({ repair: true, subset: { kind: "bad" } })}
            >
              {t("views.verify.repair")}
            </Button>
          </div>
        </Show>
        <Switch>
          <Match when={rows.total() === null && rows.error()}>
            {(error) => <ErrorState error={error()} onRetry={again} />}
          </Match>
          <Match when={rows.total() === null || !overview.latest}>
            <Skeleton lines={6} />
          </Match>
          <Match when={rows.total() === 0 && filter() !== "all"}>
            <EmptyState
              icon={ShieldCheck}
              title={t("views.verify.noneOfKind")}
              actions={<Button onClick={() => setFilter("all")}>{t("views.verify.all")}</Button>}
            />
          </Match>
          <Match when={rows.total() === 0 && overview.latest?.last}>
            <EmptyState
              icon={ShieldCheck}
              title={t("views.verify.fine.title")}
              text={t("views.verify.fine.text")}
            />
          </Match>
          <Match when={rows.total() === 0}>
            <EmptyState
              icon={ShieldQuestion}
              title={t("views.verify.unread.title")}
              text={t("views.verify.unread.text")}
            />
          </Match>
          <Match when={rows.total() !== null}>
            <FindingLines rows={rows} />
          </Match>
        </Switch>
      </div>
    </section>
  );
}

function Overview(props: { readonly known: VerifyOverview }): JSX.Element {
  const { t, format } = useI18n();
  return (
    <p class="verify-overview">
      <Show when={props.known.last} fallback={<span>{t("views.verify.never")}</span>}>
        {(last) => (
          <span title={format().dateTime(last().at)}>
            {t("views.verify.last", {
              time: format().relative(last().at),
              size: format().bytes(last().bytes),
              files: format().count(last().files),
            })}
          </span>
        )}
      </Show>
      <Show when={props.known.night}>
        {(night) => (
          <span title={format().dateTime(night().at)}>
            {t("views.verify.night", {
              time: format().relative(night().at),
              size: format().bytes(night().bytes),
              bad: format().count(night().bad),
            })}
          </span>
        )}
      </Show>
    </p>
  );
}
