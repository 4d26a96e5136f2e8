import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { AssetRow, AssetSummary } from "../../../../extensions/sync-engine/protocol.ts";
import { isAbort } from "../../bridge/bridge.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";
import { createPagedRows, type PagedRows } from "../../stores/paged_rows.ts";
import { toast, toastError } from "../../ui/toast.tsx";
import { libraryQuery } from "./library_query.ts";
import { createSelection, type Selection } from "./selection.ts";

/** Most models whose ids are fetched for a range. */
const LONGEST_RANGE = 10_000;

/** What the library view shows and does. */
export interface LibraryModel {
  readonly rows: PagedRows<AssetRow>;
  /** Of what matches; null before the first answer. */
  readonly summary: Accessor<AssetSummary | null>;
  readonly selection: Selection;
  /** Marks one model, at once in the window. */
  want(asset: AssetRow, wanted: boolean): void;
  /** Marks what is selected. */
  wantSelected(wanted: boolean): void;
  /** Selects from one row to another, rows that are not loaded included. */
  selectRange(from: number, to: number): Promise<void>;
}

/** Follows the query and the engine as long as the view lives. */
export function createLibraryModel(): LibraryModel {
  const { bridge } = useApp();
  const { t } = useI18n();
  const selection = createSelection();
  const [summary, setSummary] = createSignal<AssetSummary | null>(null);
  const rows = createPagedRows<AssetRow, ReturnType<typeof libraryQuery>>({
    query: libraryQuery,
    // A page that arrives while one scrolls must not take longer than a frame.
    pageSize: 50,
    fetch: (query, offset, limit, signal) =>
      bridge.call("library.query", { ...query, offset, limit }, { signal }),
  });

  let asking: AbortController | null = null;
  const askSummary = () => {
    asking?.abort();
    asking = new AbortController();
    const { filter } = libraryQuery();
    bridge.call("library.summary", { filter }, { signal: asking.signal }).then(
      setSummary,
      () => {},
    );
  };
  const filterText = createMemo(() => JSON.stringify(libraryQuery().filter));
  createEffect(on(filterText, () => {
    selection.clear();
    askSummary();
  }));
  const refresh = () => {
    rows.refresh();
    askSummary();
  };
  onCleanup(onFresh(bridge, refresh));
  onCleanup(bridge.on("libraryChanged", refresh));
  onCleanup(() => asking?.abort());

  async function setWanted(
    which: string[] | ReturnType<typeof libraryQuery>["filter"],
    matches: (row: AssetRow) => boolean,
    wanted: boolean,
  ): Promise<void> {
    rows.patch(matches, () => ({ wanted }));
    try {
      const { changed, undo } = await bridge.call("library.setWanted", { which, wanted }, {
        deadline: 60_000,
      });
      if (undo === null) return;
      const text = wanted
        ? t("views.library.nowWanted", changed)
        : t("views.library.nowUnwanted", changed);
      toast({
        text,
        topic: "wanted",
        action: {
          label: t("undo"),
          run: () =>
            void bridge.call("library.undoWanted", { undo }).then(
              refresh,
              (error) => toastError(error, t),
            ),
        },
      });
    } catch (error) {
      toastError(error, t);
    }
    // What the engine says holds, whatever was shown meanwhile.
    refresh();
  }

  return {
    rows,
    summary,
    selection,
    want: (asset, wanted) => void setWanted([asset.id], (row) => row.id === asset.id, wanted),
    wantSelected(wanted) {
      const chosen = selection.ids();
      if (selection.all()) void setWanted(libraryQuery().filter, () => true, wanted);
      else void setWanted([...chosen], (row) => chosen.has(row.id), wanted);
    },
    async selectRange(from, to) {
      const first = Math.min(from, to);
      const last = Math.min(Math.max(from, to), first + LONGEST_RANGE - 1);
      const ids: string[] = [];
      for (let index = first; index <= last; index++) {
        const row = rows.row(index);
        if (row) ids.push(row.id);
      }
      if (ids.length === last - first + 1) return selection.set(ids);
      try {
        ids.length = 0;
        for (let offset = first; offset <= last; offset += 500) {
          const limit = Math.min(500, last - offset + 1);
          const page = await bridge.call("library.query", { ...libraryQuery(), offset, limit });
          ids.push(...page.rows.map(({ id }) => id));
        }
        selection.set(ids);
      } catch (error) {
        if (!isAbort(error)) toastError(error, t);
      }
    },
  };
}
