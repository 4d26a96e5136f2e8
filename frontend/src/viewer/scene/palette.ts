import { Color } from "three";

/** The colours of a scene. The background is the page's, which shows through. */
export interface Palette {
  readonly model: Color;
  readonly grid: Color;
  readonly edge: Color;
}

/**
 * Reads the colours from the canvas's style, where viewer.css puts them into properties that have no
 * effect on a canvas: the browser resolves variables, `light-dark()` and every colour notation there,
 * but not in custom properties.
 */
export function readPalette(canvas: HTMLCanvasElement): Palette {
  const { fill, stroke, color } = getComputedStyle(canvas);
  return { model: toColor(fill), grid: toColor(color), edge: toColor(stroke) };
}

/** Paints the colour onto a pixel, because three understands only the oldest notations. */
function toColor(css: string): Color {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return new Color(0x808080);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return new Color().setRGB(red / 255, green / 255, blue / 255, "srgb");
}

/** Calls back whenever the page's theme may have changed; answers a function that ends it. */
export function watchTheme(onChange: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(onChange);
  system.addEventListener("change", onChange);
  chosen.observe(document.documentElement, { attributes: true });
  return () => {
    system.removeEventListener("change", onChange);
    chosen.disconnect();
  };
}
