/** Most pixels of one page: the canvas area that Safari allows, 64 MB of memory. */
const MAX_PIXELS = 16_777_216;

/** Lengths of a page or of the room for it, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The room that a page is drawn into. */
export interface PageSpace extends Size {
  /** All of its width, however high it becomes. Otherwise the whole page is seen. */
  readonly fitWidth: boolean;
  /** Pixels of the screen to one CSS pixel. */
  readonly pixelRatio: number;
}

/** How much larger than by nature a page is shown, in CSS pixels, and drawn, in pixels of its canvas. */
export interface PageScale {
  readonly shown: number;
  readonly drawn: number;
}

/** Fits a page into its room. A page of enormous lengths is drawn coarser than it is shown. */
export function pageScale(page: Size, space: PageSpace): PageScale {
  const toWidth = Math.max(1, space.width) / page.width;
  const toHeight = Math.max(1, space.height) / page.height;
  const shown = space.fitWidth ? toWidth : Math.min(toWidth, toHeight);
  const finest = Math.sqrt(MAX_PIXELS / (page.width * page.height));
  return { shown, drawn: Math.min(shown * space.pixelRatio, finest) };
}
