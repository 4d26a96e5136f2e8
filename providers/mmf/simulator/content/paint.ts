import type { Random } from "../random.ts";

type Colour = readonly [red: number, green: number, blue: number];

/** The colours of one model's pictures, 0 to 255. */
export interface Paint {
  /** Red, green and blue of each brightness from 0 to 255. */
  readonly ramp: Uint8Array;
  /** The backdrop, where it is brightest. */
  readonly backdrop: Colour;
}

/** Hue, saturation and lightness of plastics that are printed with: hues in turns. */
const PLASTICS: readonly [Colour, ...Colour[]] = [
  [0.58, 0.06, 0.62],
  [0.1, 0.28, 0.72],
  [0.04, 0.5, 0.55],
  [0.02, 0.55, 0.47],
  [0.11, 0.62, 0.55],
  [0.2, 0.3, 0.48],
  [0.36, 0.3, 0.47],
  [0.46, 0.38, 0.45],
  [0.54, 0.45, 0.5],
  [0.6, 0.42, 0.52],
  [0.68, 0.3, 0.58],
  [0.78, 0.26, 0.55],
  [0.94, 0.36, 0.6],
  [0.6, 0.1, 0.36],
];

/** Chooses a plastic, and a neutral backdrop that suits it. */
export function choosePaint(random: Random): Paint {
  const [hue, saturation, lightness] = random.pick(PLASTICS);
  const isDark = random.chance(0.2) && lightness > 0.4;
  const backdrop = rgb(hue + 0.5, 0.05, isDark ? 0.3 : random.between(0.82, 0.9));
  return { ramp: rampOf(hue + random.between(-0.015, 0.015), saturation, lightness), backdrop };
}

/** Shadows turn a little towards blue and deeper, lights towards white. */
function rampOf(hue: number, saturation: number, lightness: number): Uint8Array {
  const ramp = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const t = i / 255;
    const lift = t < 0.72 ? 0 : (t - 0.72) / 0.28;
    const level = t < 0.72
      ? lightness * (0.16 + 0.84 * (t / 0.72) ** 0.92)
      : lightness + (0.98 - lightness) * lift ** 1.4;
    const drift = 0.03 * (1 - t) * (hue < 0.6 ? 1 : -1);
    ramp.set(
      rgb(hue + drift * 0.5, saturation * (1.15 - 0.3 * t) * (1 - 0.6 * lift), level),
      i * 3,
    );
  }
  return ramp;
}

function rgb(hue: number, saturation: number, lightness: number): [number, number, number] {
  const a = Math.min(1, saturation) * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue * 12 + 24) % 12;
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
