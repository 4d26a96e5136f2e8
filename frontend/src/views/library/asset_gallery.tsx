import { createMemo, createSignal, Index, type JSX, onCleanup, onMount, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { Thumbnail } from "../../ui/thumbnail.tsx";
import { StateBadge } from "./columns.tsx";
import type { LibraryModel } from "./library_model.ts";
import { createWindowed } from "../../ui/windowed.ts";

/** Narrowest card, and what stands below its picture; CSS pixels. */
const CARD_WIDTH = 196;
const GAP = 12;
const CAPTION = 64;

/** The library as cards with large thumbnails. */
export function AssetGallery(props: {
  readonly model: LibraryModel;
  readonly onOpen: (assetId: string) => void;
}): JSX.Element {
  const i18n = useI18n();
  const { rows, selection } = props.model;
  let scroller: HTMLDivElement | undefined;
  const [width, setWidth] = createSignal(CARD_WIDTH);
  const [active, setActive] = createSignal(0);
  const total = () => rows.total() ?? 0;
  const lanes = () => Math.max(1, Math.floor((width() + GAP) / (CARD_WIDTH + GAP)));
  const cardWidth = () => (width() - GAP * (lanes() - 1)) / lanes();
  const lineHeight = () => Math.round(cardWidth() * 0.75) + CAPTION + GAP;
  const { virtualizer, slots } = createWindowed({
    count: () => Math.ceil(total() / lanes()),
    height: lineHeight,
    element: () => scroller ?? null,
    onShow: (first, last) => rows.show(first * lanes(), (last + 1) * lanes() - 1),
  });
  onMount(() => {
    if (!scroller) return;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(entry?.contentRect.width ?? CARD_WIDTH);
      virtualizer.measure();
    });
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
  });

  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(total() - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(Math.floor(next / lanes()));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const row = rows.row(active());
    switch (event.key) {
      case "ArrowRight":
        moveTo(active() + 1);
        break;
      case "ArrowLeft":
        moveTo(active() - 1);
        break;
      case "ArrowDown":
        moveTo(active() + lanes());
        break;
      case "ArrowUp":
        moveTo(active() - lanes());
        break;
      case "Home":
        moveTo(0);
        break;
      case "End":
        moveTo(total() - 1);
        break;
      case " ":
        if (row) props.model.want(row, !row.wanted);
        break;
      case "Enter":
        if (row) props.onOpen(row.id);
        break;
      case "Escape":
        selection.clear();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  return (
    <div
      ref={scroller}
      class="asset-gallery"
      role="grid"
      tabindex="0"
      aria-label={i18n.t("views.library.title")}
      aria-rowcount={Math.ceil(total() / lanes())}
      aria-colcount={lanes()}
      aria-activedescendant={total() > 0 ? `asset-card-${active()}` : undefined}
      aria-busy={rows.stale()}
      onKeyDown={onKeyDown}
    >
      <div
        role="rowgroup"
        class="asset-gallery-body"
        style={{
          height: `${Math.ceil(total() / lanes()) * lineHeight()}px`,
          "--card-width": `${cardWidth()}px`,
          "--picture-height": `${Math.round(cardWidth() * 0.75)}px`,
        }}
      >
        <Index each={slots()}>
          {(line) => (
            <div
              role="row"
              class="asset-line"
              aria-rowindex={line() + 1}
              style={{ transform: `translateY(${line() * lineHeight()}px)` }}
            >
              <Index each={Array.from({ length: lanes() }, (_, lane) => lane)}>
                {(lane) => {
                  const index = () => line() * lanes() + lane();
                  const row = createMemo(() => rows.row(index()));
                  return (
                    <Show when={row()}>
                      {(asset) => (
                        <div
                          id={`asset-card-${index()}`}
                          role="gridcell"
                          class="asset-card"
                          classList={{
                            "is-active": index() === active(),
                            "is-unwanted": !asset().wanted,
                          }}
                          onClick={() => setActive(index())}
                          onDblClick={() => props.onOpen(asset().id)}
                        >
                          <Thumbnail assetId={asset().id} title={asset().title} />
                          <label class="asset-card-tick">
                            <input
                              type="checkbox"
                              class="tick"
                              tabindex="-1"
                              aria-label={i18n.t("views.library.want", { title: asset().title })}
                              checked={asset().wanted}
                              onChange={(event) =>
                                props.model.want(asset(), event.currentTarget.checked)}
                            />
                          </label>
                          <div class="asset-card-text">
                            <span class="asset-title" title={asset().title}>{asset().title}</span>
                            <span class="asset-card-creator">
                              {asset().creator || i18n.t("unknownCreator")}
                            </span>
                            <StateBadge asset={asset()} i18n={i18n} />
                          </div>
                        </div>
                      )}
                    </Show>
                  );
                }}
              </Index>
            </div>
          )}
        </Index>
      </div>
    </div>
  );
}
