import { createVirtualizer, type Virtualizer } from "@tanstack/solid-virtual";
import { type Accessor, createMemo } from "solid-js";

/** Lines of a long list that are on the screen. */
export interface Windowed {
  readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  /**
   * The line that each slot shows. A slot is an element that is used again and again: while one scrolls, elements get
   * other lines instead of being made and thrown away.
   */
  readonly slots: Accessor<readonly number[]>;
}

/** Options for {@linkcode createWindowed}. */
export interface WindowedOptions {
  readonly count: Accessor<number>;
  /** Height of a line in CSS pixels. */
  readonly height: Accessor<number>;
  readonly element: () => HTMLElement | null;
  /** Says which lines are on the screen. */
  onShow(first: number, last: number): void;
}

export function createWindowed({ count, height, element, onShow }: WindowedOptions): Windowed {
  const virtualizer = createVirtualizer<HTMLElement, HTMLElement>({
    get count() {
      return count();
    },
    // An element that is not on the page yet belongs to a document without a window, which cannot be watched.
    getScrollElement: () => {
      const scroller = element();
      return scroller?.isConnected ? scroller : null;
    },
    estimateSize: () => height(),
    overscan: 6,
  });
  let slotCount = 0;
  const slots = createMemo(() => {
    const items = virtualizer.getVirtualItems();
    const first = items[0]?.index ?? 0;
    const last = items.at(-1)?.index ?? -1;
    if (last < 0) return [];
    onShow(first, last);
    // Slots only become more: a list that shows fewer lines hides some.
    slotCount = Math.min(count(), Math.max(slotCount, last - first + 1));
    const lines = new Array<number>(slotCount);
    const start = Math.max(0, Math.min(first, count() - slotCount));
    for (let line = start; line < start + slotCount; line++) lines[line % slotCount] = line;
    return lines;
  });
  return { virtualizer, slots };
}
