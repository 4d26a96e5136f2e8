import { type Accessor, createSignal, onCleanup } from "solid-js";
import type {
  JobRow,
  JobSelection,
  JobState,
  TransferProgress,
} from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";
import { createPagedRows, type PagedRows } from "../../stores/paged_rows.ts";
import { toastError } from "../../ui/toast.tsx";

/** The queue as the view shows it. */
export interface QueueModel {
  readonly rows: PagedRows<JobRow>;
  /** The last word about a running download. */
  transfer(fileId: string): TransferProgress | undefined;
  readonly selected: Accessor<ReadonlySet<string>>;
  select(fileId: string, chosen: boolean): void;
  clearSelection(): void;
  pause(which: JobSelection): void;
  resume(which: JobSelection): void;
  cancel(which: JobSelection): void;
  retry(which: JobSelection): void;
  move(fileIds: readonly string[], to: "front" | "back" | "up" | "down"): void;
}

/** @param state Only jobs of this state; undefined: all. */
export function createQueueModel(state: JobState | undefined): QueueModel {
  const { bridge, progress } = useApp();
  const { t } = useI18n();
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  const rows = createPagedRows<JobRow, JobState | undefined>({
    query: () => state,
    fetch: (wanted, offset, limit, signal) =>
      bridge.call(
        "downloads.list",
        { ...(wanted === undefined ? {} : { state: wanted }), offset, limit },
        { signal },
      ),
  });
  onCleanup(onFresh(bridge, rows.refresh));
  onCleanup(bridge.on("queueChanged", rows.refresh));
  const act = (work: Promise<unknown>) =>
    void work.then(rows.refresh, (error) => {
      toastError(error, t);
      rows.refresh();
    });
  return {
    rows,
    transfer: (fileId) => progress().running.find((one) => one.fileId === fileId),
    selected,
    select(fileId, chosen) {
      const next = new Set(selected());
      if (chosen) next.add(fileId);
      else next.delete(fileId);
      setSelected(next);
    },
    clearSelection: () => setSelected(new Set<string>()),
    pause: (which) => act(bridge.call("downloads.pause", which)),
    resume: (which) => act(bridge.call("downloads.resume", which)),
    cancel: (which) => act(bridge.call("downloads.cancel", which)),
    retry: (which) => act(bridge.call("downloads.retry", which)),
    move: (fileIds, to) => act(bridge.call("downloads.move", { fileIds: [...fileIds], to })),
  };
}
