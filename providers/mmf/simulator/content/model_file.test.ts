import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { Random } from "../random.ts";
import { modelContent, type ModelFormat, targetBytes } from "./model_file.ts";

const FORMATS: readonly ModelFormat[] = [
  "stl",
  "ascii.stl",
  "obj",
  "3mf",
  "zip",
  "pdf",
  "zip.001",
  "zip.002",
];
const SCULPT = { subject: "tavern", variant: 0 } as const;

function make(format: ModelFormat, key: number, target: number): Uint8Array {
  return modelContent(format, key, target, SCULPT).bytes();
}

function expectStl(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(80, true);
  expect(bytes.length).toBe(84 + 50 * count);
  expect(new TextDecoder().decode(bytes.subarray(0, 5))).not.toBe("solid");
  for (let at = 84; at < bytes.length; at += 50) {
    const [x, y, z] = [0, 4, 8].map((i) => view.getFloat32(at + i, true));
    const length = Math.hypot(x ?? 0, y ?? 0, z ?? 0);
    expect(length === 0 || Math.abs(length - 1) < 1e-3).toBe(true);
  }
  return count;
}

test("modelContent() knows the exact size of every format and target beforehand", () => {
  for (const format of FORMATS) {
    for (const target of [1, 900, 2_000, 60_000, 400_000]) {
      for (const key of [1, 99, 4_000_000_000]) {
        const content = modelContent(format, key, target, SCULPT);
        expect(content.bytes().length, `${format} ${target}`).toBe(content.size);
      }
    }
  }
});

test("modelContent() gives the same bytes for the same key, others for another", () => {
  for (const format of FORMATS) {
    expect(make(format, 7, 20_000)).toEqual(make(format, 7, 20_000));
    expect(make(format, 7, 20_000)).not.toEqual(make(format, 8, 20_000));
  }
});

test("modelContent() writes valid binary STL of about the target size", () => {
  const bytes = make("stl", 3, 50_000);
  expect(expectStl(bytes)).toBeGreaterThan(900);
  expect(Math.abs(bytes.length - 50_000)).toBeLessThan(2_500);
});

test("modelContent() writes ASCII STL of the same triangles as a mesh has", () => {
  const text = new TextDecoder().decode(make("ascii.stl", 3, 60_000));
  const number = String.raw`\s+-?\d+\.\d{3}`;
  const facet = new RegExp(
    `facet normal(?:${number}){3}\\s+outer loop(?:\\s+vertex(?:${number}){3}){3}\\s+endloop\\s+endfacet`,
    "g",
  );
  expect(text).toMatch(/^solid \w+\n/);
  expect(text).toMatch(/\nendsolid \w+\n$/);
  expect(text.replace(/^solid \w+|endsolid \w+\n$/g, "").replace(facet, "").trim()).toBe("");
  expect(text.match(facet)?.length).toBeGreaterThan(180);
});

test("modelContent() writes OBJ whose faces name corners that exist", () => {
  const lines = new TextDecoder().decode(make("obj", 3, 30_000)).split("\n");
  const corners = lines.filter((line) => /^v( -?\d+\.\d{3}){3}$/.test(line)).length;
  const faces = lines.filter((line) => line.startsWith("f "));
  expect(faces.length).toBeGreaterThan(100);
  for (const face of faces) {
    for (const corner of face.trim().split(" ").slice(1)) {
      expect(Number(corner)).toBeGreaterThanOrEqual(1);
      expect(Number(corner)).toBeLessThanOrEqual(corners);
    }
  }
});

test("modelContent() writes a 3MF package with types, relations and a model", () => {
  const files = unzipSync(make("3mf", 3, 60_000));
  expect(Object.keys(files)).toEqual(["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model"]);
  const model = new TextDecoder().decode(files["3D/3dmodel.model"]);
  const corners = model.match(/<vertex x="-?\d+\.\d{3}" y="-?\d+\.\d{3}" z="-?\d+\.\d{3}"\/>/g);
  const highest = Math.max(...Array.from(model.matchAll(/v\d="(\d+)"/g), (m) => Number(m[1])));
  expect(highest).toBe((corners?.length ?? 0) - 1);
  expect(model.endsWith("</model>")).toBe(true);
});

test("modelContent() writes zips of valid STL files", () => {
  const files = unzipSync(make("zip", 5, 80_000));
  const parts = Object.keys(files).filter((name) => name.endsWith(".stl"));
  expect(parts.length).toBeGreaterThan(0);
  for (const name of parts) expectStl(files[name] ?? new Uint8Array());
});

test("modelContent() cuts a zip in two that make it up again", () => {
  const whole = new Uint8Array([...make("zip.001", 5, 9_000), ...make("zip.002", 5, 9_000)]);
  expect(whole).toEqual(make("zip", 5, 9_000));
});

test("modelContent() writes a PDF whose startxref leads to its table", () => {
  for (const target of [1_000, 9_999, 10_000, 123_456]) {
    const text = new TextDecoder().decode(make("pdf", 1, target));
    expect(text.startsWith("%PDF-1.4")).toBe(true);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe("xref");
  }
});

test("targetBytes() stays within the band that was asked for", () => {
  const bands = { tiny: [2e3, 60e3], demo: [1e5, 3e6], mixed: [4e3, 12e6] } as const;
  for (const [name, [low, high]] of Object.entries(bands)) {
    if (name !== "tiny" && name !== "demo" && name !== "mixed") throw new Error(name);
    const random = new Random(name);
    const drawn = Array.from({ length: 500 }, () => targetBytes(name, random));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(high);
    if (name === "mixed") expect(Math.max(...drawn)).toBeGreaterThan(4 * 1024 * 1024);
  }
  expect(targetBytes(1_000, new Random(1))).toBeGreaterThanOrEqual(800);
});
