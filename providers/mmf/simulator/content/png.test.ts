import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { makeMesh, netFor } from "./mesh.ts";
import { encodePng } from "./png.ts";
import { renderMesh } from "./render.ts";

/** The chunks of a PNG by type, after their checksums were compared. */
function chunks(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const found = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    expect(view.getUint32(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    found.set(type, png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return found;
}

function photograph(seed = 2) {
  const mesh = makeMesh({ subject: "knot", variant: 0 }, new Random(1), netFor(2_000));
  return renderMesh(mesh, 96, 72, { view: new Random(seed), paint: new Random(3) });
}

test("encodePng() writes chunks with right checksums, from which all pixels come back", () => {
  const image = photograph();
  const parts = chunks(encodePng(image));
  expect([...parts.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
  const rows = inflateSync(parts.get("IDAT") ?? new Uint8Array());
  const stride = 96 * 3;
  expect(rows.length).toBe((stride + 1) * 72);
  const decoded = new Uint8Array(stride * 72);
  for (let y = 0; y < 72; y++) {
    expect(rows[y * (stride + 1)]).toBe(2);
    for (let x = 0; x < stride; x++) {
      const above = y === 0 ? 0 : decoded[(y - 1) * stride + x] ?? 0;
      decoded[y * stride + x] = above + (rows[y * (stride + 1) + 1 + x] ?? 0);
    }
  }
  expect(decoded).toEqual(image.pixels);
});

test("renderMesh() draws the model well within a calm backdrop", () => {
  const { pixels } = photograph();
  const [red = 0, green = 0, blue = 0] = pixels;
  let other = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    const distance = Math.abs((pixels[i] ?? 0) - red) + Math.abs((pixels[i + 1] ?? 0) - green) +
      Math.abs((pixels[i + 2] ?? 0) - blue);
    if (distance > 60) other++;
  }
  expect(other).toBeGreaterThan(96 * 72 * 0.08);
  expect(other).toBeLessThan(96 * 72 * 0.7);
  const lastRow = pixels.subarray(-96 * 3);
  expect(Math.max(...lastRow) - Math.min(...lastRow)).toBeLessThan(60);
});

test("renderMesh() is the same for the same view, and another for another", () => {
  expect(photograph().pixels).toEqual(photograph().pixels);
  expect(photograph().pixels).not.toEqual(photograph(4).pixels);
});
