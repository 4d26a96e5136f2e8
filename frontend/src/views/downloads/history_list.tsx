import { History } from "lucide-solid";
import { createSignal, type JSX, Match, onCleanup, Switch } from "solid-js";
import type { HistoryRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";
import { createPagedRows } from "../../stores/paged_rows.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm_dialog.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Select } from "../../ui/select.tsx";
import { toastError } from "../../ui/toast.tsx";
import { HistoryLines } from "./history_lines.tsx";

const OUTCOMES = ["all", "succeeded", "failed", "removed"] as const;

/** What became of every file. */
export function HistoryList(): JSX.Element {
  const { t } = useI18n();
  const { bridge, status } = useApp();
  const [outcome, setOutcome] = createSignal<(typeof OUTCOMES)[number]>("all");
  const [provider, setProvider] = createSignal("");
  const [clearing, setClearing] = createSignal(false);
  const rows = createPagedRows<HistoryRow, { outcome: string; provider: string }>({
    query: () => ({ outcome: outcome(), provider: provider() }),
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
  const clear = () =>
    void bridge.call("history.clear", {}).then(rows.refresh, (error) => toastError(error, t));
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
          <HistoryLines rows={rows} />
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
