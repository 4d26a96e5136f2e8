import type { Random } from "../random.ts";
import type { Mesh } from "./mesh.ts";
import type { IndexedImage } from "./png.ts";

const BACKDROP_SHADES = 96;
const MODEL_SHADES = 256 - BACKDROP_SHADES;

/** Draws the mesh on a soft backdrop, seen from a direction and in colours that `random` chooses. */
export function renderMesh(mesh: Mesh, size: number, random: Random): IndexedImage {
  const hue = random.next();
  const palette = makePalette(hue, (hue + random.between(0.35, 0.65)) % 1);
  const pixels = new Uint8Array(size * size);
  drawBackdrop(pixels, size, random);
  drawModel(pixels, size, mesh, random.between(0, Math.PI * 2), random.between(0.35, 0.8));
  return { width: size, height: size, pixels, palette };
}

function makePalette(modelHue: number, backdropHue: number): Uint8Array {
  const palette = new Uint8Array(768);
  for (let i = 0; i < BACKDROP_SHADES; i++) {
    const t = i / (BACKDROP_SHADES - 1);
    palette.set(rgb(backdropHue, 0.3 - 0.15 * t, 0.16 + 0.6 * t), i * 3);
  }
  for (let i = 0; i < MODEL_SHADES; i++) {
    const t = i / (MODEL_SHADES - 1);
    palette.set(
      rgb(modelHue + 0.05 * t, 0.6 * (1 - t * t * 0.7), 0.1 + 0.85 * t),
      (BACKDROP_SHADES + i) * 3,
    );
  }
  return palette;
}

function rgb(hue: number, saturation: number, lightness: number): [number, number, number] {
  const a = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue * 12) % 12;
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

function drawBackdrop(pixels: Uint8Array, size: number, random: Random): void {
  const floor = random.between(0.6, 0.75) * size;
  let noise = random.int(1, 0x7fff_ffff);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const dx = x / size - 0.5;
      const dy = y / size - 0.42;
      const shadowX = dx * 2.6;
      const shadowY = (y - size * 0.83) / size * 9;
      const shadow = Math.max(0, 1 - shadowX * shadowX - shadowY * shadowY);
      const light = 0.85 - 0.9 * (dx * dx + dy * dy) - (y > floor ? 0.08 : 0) - 0.4 * shadow;
      noise = (Math.imul(noise, 1664525) + 1013904223) | 0;
      const grain = ((noise >>> 24) - 128) / 400;
      pixels[y * size + x] = Math.max(
        0,
        Math.min(BACKDROP_SHADES - 1, Math.round(light * BACKDROP_SHADES + grain)),
      );
    }
  }
}

function drawModel(pixels: Uint8Array, size: number, mesh: Mesh, turn: number, tilt: number): void {
  const { corners, triangles } = mesh;
  const count = corners.length / 3;
  const seen = new Float32Array(corners.length);
  const cosTurn = Math.cos(turn);
  const sinTurn = Math.sin(turn);
  const cosTilt = Math.cos(tilt);
  const sinTilt = Math.sin(tilt);
  let reach = 1e-6;
  for (let i = 0; i < count; i++) {
    const x = corners[i * 3] ?? 0;
    const y = corners[i * 3 + 1] ?? 0;
    const z = corners[i * 3 + 2] ?? 0;
    const across = x * cosTurn - y * sinTurn;
    const away = x * sinTurn + y * cosTurn;
    seen[i * 3] = across;
    seen[i * 3 + 1] = z * cosTilt + away * sinTilt;
    seen[i * 3 + 2] = z * sinTilt - away * cosTilt;
    reach = Math.max(reach, Math.abs(across), Math.abs(seen[i * 3 + 1] ?? 0));
  }
  const light = shade(seen, triangles, count);
  const scale = size * 0.4 / reach;
  const depth = new Float32Array(size * size).fill(-Infinity);

  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] ?? 0;
    const b = triangles[t + 1] ?? 0;
    const c = triangles[t + 2] ?? 0;
    const ax = size / 2 + (seen[a * 3] ?? 0) * scale;
    const ay = size / 2 - (seen[a * 3 + 1] ?? 0) * scale;
    const bx = size / 2 + (seen[b * 3] ?? 0) * scale;
    const by = size / 2 - (seen[b * 3 + 1] ?? 0) * scale;
    const cx = size / 2 + (seen[c * 3] ?? 0) * scale;
    const cy = size / 2 - (seen[c * 3 + 1] ?? 0) * scale;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area === 0) continue;
    const az = seen[a * 3 + 2] ?? 0;
    const bz = seen[b * 3 + 2] ?? 0;
    const cz = seen[c * 3 + 2] ?? 0;
    const al = light[a] ?? 0;
    const bl = light[b] ?? 0;
    const cl = light[c] ?? 0;
    const left = Math.max(0, Math.floor(Math.min(ax, bx, cx)));
    const right = Math.min(size - 1, Math.ceil(Math.max(ax, bx, cx)));
    const top = Math.max(0, Math.floor(Math.min(ay, by, cy)));
    const bottom = Math.min(size - 1, Math.ceil(Math.max(ay, by, cy)));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const wb = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area;
        const wc = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area;
        const wa = 1 - wb - wc;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        const z = wa * az + wb * bz + wc * cz;
        const at = y * size + x;
        if (z <= (depth[at] ?? 0)) continue;
        depth[at] = z;
        const l = Math.max(0, Math.min(1, wa * al + wb * bl + wc * cl));
        pixels[at] = BACKDROP_SHADES + Math.round(l * (MODEL_SHADES - 1));
      }
    }
  }
}

/** Brightness of each corner from 0 to 1: a key light from the upper left, a weak one from behind. */
function shade(seen: Float32Array, triangles: Uint32Array, count: number): Float32Array {
  const normals = new Float32Array(count * 3);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = (triangles[t] ?? 0) * 3;
    const b = (triangles[t + 1] ?? 0) * 3;
    const c = (triangles[t + 2] ?? 0) * 3;
    const ux = (seen[b] ?? 0) - (seen[a] ?? 0);
    const uy = (seen[b + 1] ?? 0) - (seen[a + 1] ?? 0);
    const uz = (seen[b + 2] ?? 0) - (seen[a + 2] ?? 0);
    const vx = (seen[c] ?? 0) - (seen[a] ?? 0);
    const vy = (seen[c + 1] ?? 0) - (seen[a + 1] ?? 0);
    const vz = (seen[c + 2] ?? 0) - (seen[a + 2] ?? 0);
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (const corner of [a, b, c]) {
      normals[corner] = (normals[corner] ?? 0) + nx;
      normals[corner + 1] = (normals[corner + 1] ?? 0) + ny;
      normals[corner + 2] = (normals[corner + 2] ?? 0) + nz;
    }
  }
  const light = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const x = normals[i * 3] ?? 0;
    const y = normals[i * 3 + 1] ?? 0;
    const z = normals[i * 3 + 2] ?? 0;
    const length = Math.hypot(x, y, z) || 1;
    const key = Math.max(0, (-0.45 * x + 0.6 * y + 0.66 * z) / length);
    const rim = Math.max(0, (0.8 * x + 0.3 * y - 0.5 * z) / length);
    light[i] = 0.14 + 0.6 * key + 0.18 * rim + 0.3 * key ** 24;
  }
  return light;
}
