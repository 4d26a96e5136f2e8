import type { Camera } from "./camera.ts";
import type { Mesh } from "./mesh.ts";

/** How bright each pixel of the model is, 1 to 255; 0 where there is none. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly light: Uint8Array;
}

/** Draws triangles that face the eye, nearer ones over others, with a brightness (0 to 1) at each corner of each. */
export function rasterize(
  { corners, triangles }: Mesh,
  brightness: Float32Array,
  camera: Camera,
  width: number,
  height: number,
): Raster {
  const seen = projected(corners, camera);
  const light = new Uint8Array(width * height);
  const depth = new Float32Array(width * height).fill(-Infinity);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = (triangles[t] ?? 0) * 3;
    const b = (triangles[t + 1] ?? 0) * 3;
    const c = (triangles[t + 2] ?? 0) * 3;
    const ax = seen[a] ?? 0;
    const ay = seen[a + 1] ?? 0;
    const bx = seen[b] ?? 0;
    const by = seen[b + 1] ?? 0;
    const cx = seen[c] ?? 0;
    const cy = seen[c + 1] ?? 0;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    // Heights grow downwards in a picture, so that faces towards the eye run the other way round.
    if (area >= 0) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx)));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx)));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy)));
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy)));
    const az = seen[a + 2] ?? 0;
    const dbz = (seen[b + 2] ?? 0) - az;
    const dcz = (seen[c + 2] ?? 0) - az;
    const al = brightness[t] ?? 0;
    const dbl = (brightness[t + 1] ?? 0) - al;
    const dcl = (brightness[t + 2] ?? 0) - al;
    const stepB = (cy - ay) / area;
    const stepC = -(by - ay) / area;
    for (let y = top; y <= bottom; y++) {
      let wb = ((left - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area;
      let wc = ((bx - ax) * (y - ay) - (by - ay) * (left - ax)) / area;
      let at = y * width + left;
      for (let x = left; x <= right; x++, at++, wb += stepB, wc += stepC) {
        if (wb < 0 || wc < 0 || wb + wc > 1) continue;
        const z = az + wb * dbz + wc * dcz;
        if (z <= (depth[at] ?? 0)) continue;
        depth[at] = z;
        const l = al + wb * dbl + wc * dcl;
        light[at] = 1 + 254 * (l < 0 ? 0 : l > 1 ? 1 : l);
      }
    }
  }
  return { width, height, light };
}

function projected(corners: Float32Array, camera: Camera): Float32Array {
  const seen = new Float32Array(corners.length);
  const out = new Float64Array(3);
  for (let i = 0; i < corners.length; i += 3) {
    camera.project(corners[i] ?? 0, corners[i + 1] ?? 0, corners[i + 2] ?? 0, out);
    seen.set(out, i);
  }
  return seen;
}
