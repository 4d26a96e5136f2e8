import fc from "fast-check";
import { expect, test } from "vitest";
import { pathKey } from "./fold_path.ts";

test.each([
  ["case", "Files/Dragon.STL", "files/dragon.stl"],
  ["sharp s", "STRASSE", "straße"],
  ["capital sharp s", "STRAẞE", "strasse"],
  ["long s", "ſtone", "STONE"],
  ["Kelvin sign", "\u212A", "k"],
  ["Greek final sigma", "ΟΔΟΣ", "οδος"],
  ["dotless i", "ı", "I"],
  ["composed and decomposed", "é", "e\u0301"],
  ["combining iota", "ᾳ", "ΑΙ"],
  ["Hangul", "한", "\u1112\u1161\u11ab"],
  ["ligature", "ﬁn", "FIN"],
  ["full width", "ＣＯＮ", "con"],
  ["zero-width joiner", "a\u200db", "ab"],
  ["variation selector", "❤\ufe0f", "❤"],
  ["trailing dots and spaces", "a. ./b", "a/b"],
])("pathKey() does not tell apart: %s", (_, a, b) => {
  expect(pathKey(a)).toBe(pathKey(b));
});

test.each([["a", "b"], ["a/b", "ab"], ["a_b", "a b"], ["日", "本"], ["а", "a"], ["é", "e"]])(
  "pathKey() tells %s and %s apart",
  (a, b) => {
    expect(pathKey(a)).not.toBe(pathKey(b));
  },
);

test("pathKey() keeps the number of segments", () => {
  for (const odd of ["a／b", "a℀b", "℅"]) expect(pathKey(odd)).not.toContain("/");
  expect(pathKey("a/b/c").split("/")).toHaveLength(3);
});

test("pathKey() agrees on the case mappings and forms of every code point", () => {
  const wrong: string[] = [];
  for (let code = 1; code <= 0x10ffff; code++) {
    if ((code >= 0xd800 && code <= 0xdfff) || code === 0x2f) continue;
    const char = String.fromCodePoint(code);
    const key = pathKey(`a${char}b`);
    const forms = [
      char.toLowerCase(),
      char.toUpperCase(),
      char.normalize("NFC"),
      char.normalize("NFD"),
      char.normalize("NFKC"),
    ];
    const same = forms.every((form) => form.includes("/") || pathKey(`a${form}b`) === key);
    if (!same || pathKey(key) !== key) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test("pathKey() is its own key and indifferent to case and form", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (path) => {
    const key = pathKey(path);
    expect(pathKey(key)).toBe(key);
    expect(pathKey(path.normalize("NFD"))).toBe(key);
    // A Greek iota below a letter becomes a letter of its own, and marks after it change places: no
    // file system goes that far.
    if (path.normalize("NFKD").includes("\u0345")) return;
    expect(pathKey(path.toUpperCase())).toBe(key);
    expect(pathKey(path.toLowerCase())).toBe(key);
  }));
});
