import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cornersOfMesh } from "../testing/corners_of_mesh.ts";
import { box, cornersOf } from "../testing/shape.ts";
import { shapes } from "../testing/shapes.ts";
import { modelXml, objectXml, packThreeMf, writeThreeMf } from "../testing/write_three_mf.ts";
import { HARD_LIMITS } from "./limits.ts";
import { parseThreeMf } from "./three_mf.ts";

const CUBE = box(1, 2, 3);
const ROOT = "3D/3dmodel.model";
const parse = (bytes: Uint8Array, limits = HARD_LIMITS) => parseThreeMf(bytes, limits);
const parseXml = (xml: string) => parse(packThreeMf({ [ROOT]: xml }));
const refusal = (code: string) => expect.objectContaining({ name: "ParseError", code });

describe("parseThreeMf()", () => {
  test("reads back every package", () => {
    fc.assert(fc.property(shapes(), (shape) => {
      expect(cornersOfMesh(parse(writeThreeMf(shape)))).toEqual(cornersOf(shape));
    }));
  });

  test.each([
    ["micron", 0.001],
    ["millimeter", 1],
    ["centimeter", 10],
    ["inch", 25.4],
    ["foot", 304.8],
    ["meter", 1000],
  ])("turns %s into millimetres", (unit, factor) => {
    expect(parse(writeThreeMf(CUBE, unit)).bounds.max)
      .toEqual([factor, 2 * factor, 3 * factor].map(Math.fround));
  });

  test("places each item of the build", () => {
    const mesh = parseXml(modelXml(
      objectXml(1, CUBE),
      `<item objectid="1"/><item objectid="1" transform="1 0 0 0 1 0 0 0 1 10 20 30"/>`,
      "centimeter",
    ));
    expect(mesh.triangles).toBe(24);
    expect(mesh.bounds).toEqual({ min: [0, 0, 0], max: [110, 220, 330] });
  });

  test("composes the transforms of components from the inside out", () => {
    // A quarter turn around z takes (1, 2) to (-2, 1); then 10 are added to x; then all is doubled.
    const turn = "0 1 0 -1 0 0 0 0 1 0 0 0";
    const mesh = parseXml(modelXml(
      objectXml(1, CUBE) +
        `<object id="2"><components><component objectid="1" transform="${turn}"/></components></object>` +
        `<object id="3"><components>` +
        `<component objectid="2" transform="1 0 0 0 1 0 0 0 1 10 0 0"/></components></object>`,
      `<item objectid="3" transform="2 0 0 0 2 0 0 0 2 0 0 0"/>`,
    ));
    expect(mesh.bounds).toEqual({ min: [16, 0, 0], max: [20, 2, 6] });
  });

  test("keeps the outside of a mirrored object outside", () => {
    const mirror = "-1 0 0 0 1 0 0 0 1 0 0 0";
    const mesh = parseXml(
      modelXml(objectXml(1, CUBE), `<item objectid="1" transform="${mirror}"/>`),
    );
    expect(signedVolume(cornersOfMesh(mesh))).toBeCloseTo(6);
    expect(signedVolume(cornersOf(CUBE))).toBeCloseTo(6);
  });

  test("follows paths of the production extension into other parts, whatever their case", () => {
    const mesh = parse(packThreeMf({
      "3D/Objects/Part_1.model": modelXml(objectXml(1, CUBE)),
      [ROOT]: modelXml(
        `<object id="9"><components><component p:path="/3D/objects/part_1.model" objectid="1"/>` +
          `</components></object>`,
        `<item objectid="9"/><item p:path="/3D/Objects/Part_1.model" objectid="1" ` +
          `transform="1 0 0 0 1 0 0 0 1 5 0 0"/>`,
      ),
    }));
    expect(mesh.triangles).toBe(24);
    expect(mesh.bounds.max).toEqual([6, 2, 3]);
  });

  test("finds the root model by the relations of the package", () => {
    const parts = { "a/b.model": modelXml(objectXml(4, CUBE), `<item objectid="4"/>`) };
    expect(parse(packThreeMf(parts, "/a/b.model")).triangles).toBe(12);
  });

  test("shows each object that no other contains where there is no build", () => {
    const group = `<object id="3"><components><component objectid="1"/></components></object>`;
    expect(parseXml(modelXml(objectXml(1, CUBE) + objectXml(2, CUBE) + group)).triangles).toBe(24);
  });

  test("passes over comments, elements of extensions, text, and other prefixes", () => {
    const slices = `<s:slicestack><s:slice><s:vertices><s:vertex x="9" y="9"/></s:vertices>` +
      `</s:slice></s:slicestack><m:triangle v1="7"/>`;
    const xml = modelXml(
      slices + objectXml(1, CUBE),
      `<!-- <item objectid="8"/> --><item objectid='1' />`,
    )
      .replaceAll("<vertices>", "<c:vertices a='>'>text &amp; <![CDATA[ <vertex/> ]]>");
    expect(parseXml(xml)).toMatchObject({ triangles: 12, bounds: { max: [1, 2, 3] } });
  });

  test("reads UTF-16", () => {
    const xml = modelXml(objectXml(1, CUBE), `<item objectid="1"/>`);
    const bytes = new Uint8Array(Uint16Array.from("\uFEFF" + xml, (c) => c.charCodeAt(0)).buffer);
    expect(parse(packThreeMf({ [ROOT]: bytes })).triangles).toBe(12);
  });
});

describe("parseThreeMf(), with hostile packages,", () => {
  const nest = (levels: number, times: number, from: string) =>
    modelXml(
      from + Array.from({ length: levels }, (_, level) => {
        const component = `<component objectid="${level + 1}"/>`.repeat(times);
        return `<object id="${level + 2}"><components>${component}</components></object>`;
      }).join(""),
      `<item objectid="${levels + 1}"/>`,
    );

  test("refuses a pyramid of components before it is built", () => {
    expect(() => parseXml(nest(12, 100, objectXml(1, CUBE)))).toThrow(refusal("tooLarge"));
  });

  test("refuses a pyramid of points", () => {
    const { points } = CUBE;
    const many = {
      points: Array.from({ length: 5000 }, () => points).flat(),
      triangles: [[0, 1, 2]] as const,
    };
    expect(() => parseXml(nest(3, 100, objectXml(1, many)))).toThrow(refusal("tooLarge"));
  });

  test("does not walk a pyramid of nothing", () => {
    expect(() => parseXml(nest(30, 100, objectXml(1, { points: [], triangles: [] }))))
      .toThrow(refusal("empty"));
  });

  test("refuses a tower of components, in whatever order its items name the levels", () => {
    const items = Array.from({ length: 20_000 }, (_, i) => `<item objectid="${i + 1}"/>`).join("");
    const xml = nest(20_000, 1, objectXml(1, { points: CUBE.points, triangles: [[0, 1, 2]] }))
      .replace(/<build>.*<\/build>/, `<build>${items}</build>`);
    expect(() => parseXml(xml)).toThrow(refusal("damaged"));
    expect(() => parseXml(nest(20_000, 1, objectXml(1, CUBE)))).toThrow(refusal("damaged"));
  });

  test("refuses objects that contain each other", () => {
    const object = (id: number, other: number) =>
      `<object id="${id}"><components><component objectid="${other}"/></components></object>`;
    const xml = modelXml(object(1, 2) + object(2, 1), `<item objectid="1"/>`);
    expect(() => parseXml(xml)).toThrow(refusal("damaged"));
  });

  test("refuses a zip bomb by what its directory promises", () => {
    const bomb = packThreeMf({ [ROOT]: " ".repeat(3_000_000) });
    expect(bomb.length).toBeLessThan(30_000);
    const limits = { ...HARD_LIMITS, unpackedBytes: 2_000_000 };
    expect(() => parse(bomb, limits)).toThrow(refusal("tooLarge"));
  });

  test("unpacks no more than the directory promises", () => {
    const bomb = packThreeMf({ [ROOT]: modelXml(objectXml(1, CUBE)) + " ".repeat(3_000_000) });
    const view = new DataView(bomb.buffer);
    for (let at = 0; at + 46 < bomb.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 3_000_000) {
        view.setUint32(at + 24, 100, true);
      }
    }
    expect(() => parse(bomb)).toThrow(refusal("damaged"));
  });

  test("refuses a document type, where entities could expand", () => {
    const xml = `<!DOCTYPE a [<!ENTITY b "c">]>${modelXml(objectXml(1, CUBE))}`;
    expect(() => parseXml(xml)).toThrow(refusal("unsupported"));
  });

  test.each([
    ["what is no zip", new TextEncoder().encode("PK\x03\x04 but not really")],
    ["a package without a model", packThreeMf({ "a.txt": "a" })],
    ["XML that ends in a tag", packThreeMf({ [ROOT]: "<model><resources" })],
    ["XML that ends in an object", packThreeMf({ [ROOT]: `<model><object id="1"><mesh>` })],
    ["attributes without values", packThreeMf({ [ROOT]: "<model unit>" })],
    ["an unknown unit", writeThreeMf(CUBE, "toString")],
    ["an item that is not there", packThreeMf({ [ROOT]: modelXml("", `<item objectid="1"/>`) })],
    [
      "an index beyond the object's own points",
      packThreeMf({
        [ROOT]: modelXml(objectXml(1, { ...CUBE, triangles: [[0, 1, 8]] }) + objectXml(2, CUBE)),
      }),
    ],
    [
      "a transform of eleven numbers",
      packThreeMf({ [ROOT]: modelXml("", `<item transform="1 2 3 4 5 6 7 8 9 10 11"/>`) }),
    ],
  ])("refuses %s", (_, bytes) => {
    expect(() => parse(bytes)).toThrow(refusal("damaged"));
  });
});

/** Positive when the triangles are anticlockwise from outside. */
function signedVolume(corners: number[]): number {
  let volume = 0;
  for (let i = 0; i < corners.length; i += 9) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, j = 0] = corners.slice(i, i + 9);
    volume += (a * (e * j - f * h) - b * (d * j - f * g) + c * (d * h - e * g)) / 6;
  }
  return volume;
}
