import { createMemo, For, type JSX, Show } from "solid-js";
import type { AssetRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { Thumbnail } from "../../ui/thumbnail.tsx";
import { type Column, shownColumns } from "./columns.tsx";
import type { LibraryModel } from "./library_model.ts";
import { changeFilter } from "./library_query.ts";

/** Height of a row in CSS pixels; `library.css` knows it too. */
export const ROW_HEIGHT = 44;

/**
 * A row of the table: one element that shows model after model while one scrolls. Nothing in it is made anew for another
 * model; only texts and attributes change.
 */
export function TableRow(props: {
  /** Its place among all that match, from 0. */
  readonly index: number;
  readonly isActive: boolean;
  readonly model: LibraryModel;
  readonly providerName: (id: string) => string;
  readonly onClick: (event: MouseEvent) => void;
  readonly onOpen: (assetId: string) => void;
}): JSX.Element {
  const { rows, selection } = props.model;
  const here = createMemo(() => rows.row(props.index));
  // While a row is on its way the element keeps the last one, unseen: making it anew takes longer.
  const row = createMemo<AssetRow | undefined>((last) => here() ?? last);
  const isSelected = () => selection.has(row()?.id ?? "");
  return (
    <div
      id={`asset-row-${props.index}`}
      role="row"
      class="asset-row"
      classList={{
        "is-active": props.isActive,
        "is-selected": isSelected(),
        "is-unwanted": row()?.wanted === false,
        "is-blank": here() === undefined,
      }}
      aria-rowindex={props.index + 2}
      aria-selected={isSelected()}
      style={{ transform: `translateY(${props.index * ROW_HEIGHT}px)` }}
      onClick={(event) => props.onClick(event)}
      onDblClick={() => {
        const asset = row();
        if (asset) props.onOpen(asset.id);
      }}
    >
      <Show when={row()} fallback={<div role="gridcell" class="asset-row-blank" />}>
        {(asset) => (
          <For each={shownColumns()}>
            {(column) => (
              <div
                role="gridcell"
                class={`asset-cell is-${column.id}`}
                classList={{ "is-end": column.align === "end" }}
              >
                <Cell
                  column={column}
                  asset={asset()}
                  model={props.model}
                  providerName={props.providerName}
                />
              </div>
            )}
          </For>
        )}
      </Show>
    </div>
  );
}

/** What stands in a cell. It keeps its column and changes its model. */
function Cell(props: {
  readonly column: Column;
  readonly asset: AssetRow;
  readonly model: LibraryModel;
  readonly providerName: (id: string) => string;
}): JSX.Element {
  const i18n = useI18n();
  const { t } = i18n;
  switch (props.column.id) {
    case "wanted":
      return (
        <input
          type="checkbox"
          class="tick"
          tabindex="-1"
          aria-label={t("views.library.want", { title: props.asset.title })}
          checked={props.asset.wanted}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => props.model.want(props.asset, event.currentTarget.checked)}
        />
      );
    case "title":
      return (
        <>
          <Thumbnail assetId={props.asset.id} title={props.asset.title} />
          <span class="asset-title" title={props.asset.title}>{props.asset.title}</span>
        </>
      );
    case "creator":
      return (
        <Show when={props.asset.creator} fallback={t("unknownCreator")}>
          {(creator) => (
            <button
              type="button"
              tabindex="-1"
              class="cell-link"
              onClick={(event) => {
                event.stopPropagation();
                changeFilter({ creator: creator() });
              }}
            >
              {creator()}
            </button>
          )}
        </Show>
      );
    case "provider":
      return <>{props.providerName(props.asset.provider)}</>;
    default:
      return <>{props.column.cell?.(() => props.asset, i18n)}</>;
  }
}
