import fc from "fast-check";
import { expect, test } from "vitest";
import { pathKey } from "./fold_path.ts";
import { extensionStart, safeName, suffixName } from "./safe_name.ts";
import { oddName } from "./testing/odd_names.ts";
import { segmentFaults } from "./testing/segment_faults.ts";

test.each([
  ["Dragon v1.5.stl", "Dragon v1.5.stl"],
  ["Ælfgifu – 龍 (32mm).zip", "Ælfgifu – 龍 (32mm).zip"],
  ["👩‍👩‍👧‍👦.stl", "👩‍👩‍👧‍👦.stl"],
  ['a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j"],
  ["../../etc/passwd", "_._.._etc_passwd"],
  ["C:\\Windows\\system.ini", "C__Windows_system.ini"],
  ["line\r\nbreak\ttab", "line break tab"],
  ["nul\0byte\x7f\x9f", "nul_byte__"],
  ["exe.\u202Egpj.exe", "exe.gpj.exe"],
  ["\uFEFFzero\u200Bwidth", "zerowidth"],
  ["e\u0301", "é"],
  ["a\ud800b\udc00", "a_b_"],
  ["\uFFFE\u{E000}\u{10FFFF}", "___"],
  ["  spaces . . ", "spaces"],
  ["...", "unnamed"],
  ["", "unnamed"],
  [" \u3000 ", "unnamed"],
  ["\u200D", "unnamed"],
  ["CON", "CON_"],
  ["nul.txt", "nul_.txt"],
  ["Aux .tar.gz", "Aux _.tar.gz"],
  ["com¹.stl", "com¹_.stl"],
  ["LPT0", "LPT0_"],
  ["CONIN$", "CONIN$_"],
  ["conOUT$.x", "conOUT$_.x"],
  ["COM10", "COM10"],
  ["console.log", "console.log"],
  [".hidden", "_hidden"],
  [".versions", "_versions"],
  ["\u200D.versions", "_\u200D.versions"],
  [".mmfsync-root.json", "_mmfsync-root.json"],
  ["x.part", "x.part_"],
  ["X.PaRt. ", "X.PaRt_"],
  ["x.part.", "x.part_"],
  ["DataPackage.JSON", "DataPackage.JSON_"],
  ["datapackage.json.damaged", "datapackage.json.damaged_"],
  ["files", "files_"],
  ["Renders", "Renders_"],
  ["ｆｉｌｅｓ", "ｆｉｌｅｓ_"],
  ["desktop.ini", "desktop.ini_"],
  ["files.zip", "files.zip"],
])("safeName(%j) is %j", (name, expected) => {
  expect(safeName(name)).toBe(expected);
});

test("safeName() shortens before the extension, never within a character", () => {
  expect(safeName("a".repeat(300) + ".stl")).toBe("a".repeat(196) + ".stl");
  expect(safeName("a".repeat(300) + ".tar.gz", { maxBytes: 40 })).toBe("a".repeat(33) + ".tar.gz");
  expect(safeName("a".repeat(300) + ".7z.001", { maxBytes: 40 })).toBe("a".repeat(33) + ".7z.001");
  const family = "👩‍👩‍👧‍👦";
  expect(safeName(family.repeat(20) + ".stl", { maxBytes: 60 })).toBe(family.repeat(2) + ".stl");
  expect(safeName("龍".repeat(300))).toBe("龍".repeat(66));
  expect(safeName("龍".repeat(300), { maxBytes: 250, maxUnits: 40 })).toBe("龍".repeat(40));
});

test("safeName() splits a character that alone is too long", () => {
  const marked = "q" + "\u0323".repeat(500);
  expect(safeName(marked)).toBe("q" + "\u0323".repeat(99));
});

test("safeName() does not take the end of a sentence for an extension", () => {
  expect(safeName("x".repeat(30) + ". A long sentence follows here", { maxBytes: 32 }))
    .toBe("x".repeat(30));
  expect(extensionStart("no extension")).toBe(12);
  expect(extensionStart(".hidden")).toBe(7);
  expect(extensionStart("a.tar.gz")).toBe(1);
});

test("safeName() gives up an extension that would take most of the name", () => {
  const name = "a".repeat(100) + ".part1.abcdefghijklmnop";
  expect(safeName(name, { maxBytes: 32 })).toBe("a".repeat(32));
  expect(safeName(name, { maxBytes: 200, maxUnits: 32 })).toBe("a".repeat(32));
});

test("safeName() refuses limits in which nothing fits", () => {
  expect(() => safeName("x", { maxBytes: 31 })).toThrow(RangeError);
  expect(() => safeName("x", { maxUnits: NaN })).toThrow("the least is 32");
});

test("safeName() gives a valid, unreserved segment for any name, and the same again", () => {
  fc.assert(
    fc.property(oddName, fc.integer({ min: 32, max: 255 }), fc.integer({ min: 32, max: 255 }), (
      name,
      maxBytes,
      maxUnits,
    ) => {
      const safe = safeName(name, { maxBytes, maxUnits });
      expect(segmentFaults(safe)).toEqual([]);
      expect(safeName(safe, { maxBytes, maxUnits })).toBe(safe);
      expect(safe.normalize("NFC")).toBe(safe);
      expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(maxBytes);
      expect(safe.length).toBeLessThanOrEqual(maxUnits);
      const key = pathKey(safe);
      expect(key).not.toMatch(/^\.|\.part$|^(files|renders|datapackage\.json(\.damaged)?)$|^$/);
    }),
    { numRuns: 1000 },
  );
});

test("suffixName() keeps the suffix and the extension within the limits", () => {
  expect(suffixName("dragon.stl", " (object-200)")).toBe("dragon (object-200).stl");
  expect(suffixName("dragon", " (object-200)")).toBe("dragon (object-200)");
  expect(suffixName("a".repeat(196) + ".stl", " (x)")).toBe("a".repeat(192) + " (x).stl");
  expect(suffixName("long name.stl", " (x)", { maxBytes: 32 })).toBe("long name (x).stl");
});
