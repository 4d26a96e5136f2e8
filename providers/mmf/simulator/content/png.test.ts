import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { makeMesh, netFor } from "./mesh.ts";
import { encodePng } from "./png.ts";
import { renderMesh } from "./render.ts";

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

test("encodePng() writes chunks with right checksums and all pixels", () => {
  const image = renderMesh(makeMesh(new Random(1), netFor(2_000)), 96, new Random(2));
  const parts = chunks(encodePng(image));
  expect([...parts.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
  const rows = inflateSync(parts.get("IDAT") ?? new Uint8Array());
  expect(rows.length).toBe(97 * 96);
  expect(new Uint8Array(rows.subarray(97 * 50 + 1, 97 * 51))).toEqual(
    image.pixels.slice(96 * 50, 96 * 51),
  );
});

test("renderMesh() draws the model in front of the backdrop", () => {
  const { pixels } = renderMesh(makeMesh(new Random(1), netFor(2_000)), 96, new Random(2));
  const model = pixels.filter((pixel) => pixel >= 96).length;
  expect(model).toBeGreaterThan(pixels.length * 0.08);
  expect(model).toBeLessThan(pixels.length * 0.8);
  expect(pixels[0]).toBeLessThan(96);
});
