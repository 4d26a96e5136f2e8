import type { Random } from "../random.ts";
import { type Camera, frame } from "./camera.ts";
import type { Mesh } from "./mesh.ts";
import { cornerNormals } from "./normals.ts";
import { choosePaint, type Paint } from "./paint.ts";
import type { Picture } from "./png.ts";
import { type Raster, rasterize } from "./raster.ts";
import { type Shadow, shadowOf } from "./shadow.ts";

/** Each pixel is the mean of so many squared, which smooths edges. */
const SAMPLES = 2;

/** Directions of light as the eye sees them: across, up, towards it. */
const KEY = [-0.5, 0.62, 0.6] as const;
const RIM = [0.75, 0.35, -0.56] as const;

/**
 * Photographs a model in a studio: a soft neutral backdrop, a key light from the upper left, a rim light from
 * behind. `view` decides direction and framing, `paint` the colours.
 */
export function renderMesh(
  mesh: Mesh,
  width: number,
  height: number,
  { view, paint }: { readonly view: Random; readonly paint: Random },
): Picture {
  const camera = frame(mesh.corners, width * SAMPLES, height * SAMPLES, view);
  const raster = rasterize(mesh, shade(mesh, camera), camera, width * SAMPLES, height * SAMPLES);
  const pixels = new Uint8Array(width * height * 3);
  drawBackdrop(
    pixels,
    width,
    height,
    camera,
    shadowOf(mesh.corners, shadowSlope(camera)),
    choosePaint(paint),
    raster,
  );
  return { width, height, pixels };
}

/** The brightness at each corner of each triangle. */
function shade(mesh: Mesh, { turn }: Camera): Float32Array {
  const normals = cornerNormals(mesh);
  const light = new Float32Array(normals.length / 3);
  const seen = new Float64Array(3);
  for (let i = 0; i < light.length; i++) {
    turn(normals[i * 3] ?? 0, normals[i * 3 + 1] ?? 0, normals[i * 3 + 2] ?? 0, seen);
    const [x = 0, y = 0, z = 0] = seen;
    // A little beyond the edge of the light, as from a large lamp.
    const key = Math.max(0, (KEY[0] * x + KEY[1] * y + KEY[2] * z + 0.15) / 1.15);
    const rim = Math.max(0, RIM[0] * x + RIM[1] * y + RIM[2] * z);
    const sky = 0.5 + 0.5 * y;
    // Halfway between the key light and the eye.
    const shine = Math.max(0, -0.28 * x + 0.35 * y + 0.894 * z) ** 28;
    light[i] = 0.08 + 0.14 * sky + 0.52 * key + 0.22 * rim * rim + 0.2 * shine;
  }
  return light;
}

/** How the shadow falls on the floor for each millimetre of height: away from the key light. */
function shadowSlope({ turn }: Camera): readonly [number, number] {
  const seen = new Float64Array(3);
  const along = (x: number, y: number, z: number) => {
    turn(x, y, z, seen);
    return KEY[0] * (seen[0] ?? 0) + KEY[1] * (seen[1] ?? 0) + KEY[2] * (seen[2] ?? 0);
  };
  const down = Math.max(0.35, along(0, 0, 1));
  return [-0.75 * along(1, 0, 0) / down, -0.75 * along(0, 1, 0) / down];
}

function drawBackdrop(
  pixels: Uint8Array,
  width: number,
  height: number,
  camera: Camera,
  shadow: Shadow,
  { ramp, backdrop }: Paint,
  { light, width: stride }: Raster,
): void {
  for (let y = 0; y < height; y++) {
    const fall = 1.02 - 0.16 * (y / height - 0.35) ** 2;
    for (let x = 0; x < width; x++) {
      const first = y * SAMPLES * stride + x * SAMPLES;
      let [red, green, blue, empty] = [0, 0, 0, 0];
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        const l = light[first + (i >> 1) * stride + (i & 1)] ?? 0;
        if (l === 0) empty++;
        red += l === 0 ? 0 : ramp[l * 3] ?? 0;
        green += l === 0 ? 0 : ramp[l * 3 + 1] ?? 0;
        blue += l === 0 ? 0 : ramp[l * 3 + 2] ?? 0;
      }
      if (empty > 0) {
        const [floorX, floorY] = camera.floorAt(x * SAMPLES, y * SAMPLES);
        const across = x / width - 0.5;
        const tone = (fall - 0.5 * across * across) * (1 - 0.62 * shadow(floorX, floorY)) * empty;
        red += Math.min(255 * empty, backdrop[0] * tone);
        green += Math.min(255 * empty, backdrop[1] * tone);
        blue += Math.min(255 * empty, backdrop[2] * tone);
      }
      const at = (y * width + x) * 3;
      pixels[at] = red / 4;
      pixels[at + 1] = green / 4;
      pixels[at + 2] = blue / 4;
    }
  }
}
