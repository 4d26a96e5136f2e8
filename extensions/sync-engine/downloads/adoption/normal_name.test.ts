import fc from "fast-check";
import { expect, test } from "vitest";
import { safeName } from "../../files/safe_name.ts";
import { normalName } from "./normal_name.ts";

test.each([
  ["Dragon Body.stl", "dragon_body.STL"],
  ["Dragon: Body.stl", "Dragon_ Body.stl"],
  ["dragon.zip", "dragon (1).zip"],
  ["dragon.zip", "dragon(2).zip"],
  ["Drago\u0301n.stl", "Dragón.stl"],
  ["big view.jpg", "big%20view.jpg"],
  ["read-me", "read me (3)"],
])("normalName() takes %s and %s for the same", (one, other) => {
  expect(normalName(one)).toBe(normalName(other));
});

test.each([
  ["dragon1.stl", "dragon2.stl"],
  ["dragon.stl", "dragon.obj"],
  ["dragon (32mm).stl", "dragon (75mm).stl"],
  ["v1.2.stl", "v12.stl"],
])("normalName() tells %s from %s", (one, other) => {
  expect(normalName(one)).not.toBe(normalName(other));
});

test("normalName() knows a name again that was made safe for the disk", () => {
  fc.assert(fc.property(fc.stringMatching(/^[\w :?*<>|"-]{1,40}\.stl$/), (name) => {
    // Reserved names get a mark that is part of the name from then on.
    fc.pre(!/^[ .]|[ .]$/.test(name) && !/^(con|prn|aux|nul|com\d|lpt\d)\b/i.test(name));
    expect(normalName(safeName(name))).toBe(normalName(name));
  }));
});
