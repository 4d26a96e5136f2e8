import { createSignal, type JSX } from "solid-js";
import type { AssetRow } from "../../../../extensions/sync-engine/protocol.ts";
import type { I18n } from "../../i18n/i18n.tsx";
import { Badge } from "../../ui/badge.tsx";
import { STATE_TONES, stateOf } from "./asset_state.ts";
import type { Sort } from "./library_query.ts";
import { sourceName } from "./source_name.ts";

export type ColumnId =
  | "wanted"
  | "title"
  | "creator"
  | "provider"
  | "status"
  | "synced"
  | "size"
  | "files"
  | "added"
  | "updated"
  | "sources";

/** A column of the table. */
export interface Column {
  readonly id: ColumnId;
  /** A track of `grid-template-columns`. */
  readonly width: string;
  readonly sort?: Sort;
  readonly align?: "end";
  /**
   * What stands in its cells where they have nothing but this. It is a text, read anew for each model, or an element that
   * stays and reads the model itself.
   */
  readonly cell?: (asset: () => AssetRow, i18n: I18n) => JSX.Element;
}

export const COLUMNS: readonly Column[] = [
  { id: "wanted", width: "40px" },
  { id: "title", width: "minmax(220px, 3fr)", sort: "title" },
  { id: "creator", width: "minmax(110px, 1.4fr)", sort: "creator" },
  { id: "provider", width: "minmax(90px, 1fr)", sort: "provider" },
  {
    id: "status",
    width: "minmax(124px, 1fr)",
    cell: (asset, i18n) => <StateBadge asset={asset()} i18n={i18n} />,
  },
  {
    id: "synced",
    width: "112px",
    sort: "synced",
    cell: (asset, { t, format }) => {
      const { syncedAt } = asset();
      return syncedAt === null ? t("never") : format().date(syncedAt);
    },
  },
  {
    id: "size",
    width: "84px",
    align: "end",
    cell: (asset, { format }) =>
      asset().detailRevision === null ? "–" : format().bytes(asset().bytes),
  },
  {
    id: "files",
    width: "64px",
    align: "end",
    cell: (asset, { format }) =>
      asset().detailRevision === null ? "–" : format().count(asset().files),
  },
  {
    id: "added",
    width: "112px",
    sort: "added",
    cell: (asset, { format }) => format().date(asset().addedAt),
  },
  {
    id: "updated",
    width: "112px",
    sort: "updated",
    cell: (asset, { format }) => {
      const { updatedAt } = asset();
      return updatedAt === null ? "–" : format().date(updatedAt);
    },
  },
  {
    id: "sources",
    width: "minmax(100px, 1fr)",
    cell: (asset, { t }) => asset().sources.map((source) => sourceName(source, t)).join(", "),
  },
];

function StateBadge(props: { readonly asset: AssetRow; readonly i18n: I18n }): JSX.Element {
  const { t, format } = props.i18n;
  const state = () => stateOf(props.asset);
  return (
    <Badge tone={STATE_TONES[state()]}>
      {state() === "partly"
        ? t("views.library.state.partly", {
          here: format().count(props.asset.filesHere),
          files: format().count(props.asset.files),
        })
        : t(`views.library.state.${state()}`)}
    </Badge>
  );
}

export { StateBadge };

const KEY = "mmfsync.library.columns";
const FIRST_CHOICE: readonly ColumnId[] = [
  "wanted",
  "title",
  "creator",
  "provider",
  "status",
  "synced",
  "size",
];

const [chosen, setChosen] = createSignal<ReadonlySet<ColumnId>>(remembered());

/** The columns that are shown, in their order. */
export function shownColumns(): readonly Column[] {
  return COLUMNS.filter(({ id }) => chosen().has(id));
}

export function toggleColumn(id: ColumnId): void {
  const next = new Set(chosen());
  if (!next.delete(id)) next.add(id);
  setChosen(next);
  try {
    localStorage.setItem(KEY, JSON.stringify([...next]));
  } catch {
    // A browser that keeps nothing shows the first choice next time.
  }
}

function remembered(): ReadonlySet<ColumnId> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (Array.isArray(kept)) {
      const known = COLUMNS.filter(({ id }) => kept.includes(id)).map(({ id }) => id);
      return new Set<ColumnId>(["wanted", "title", ...known]);
    }
  } catch {
    // As if nothing was remembered.
  }
  return new Set(FIRST_CHOICE);
}
