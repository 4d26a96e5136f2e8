import fc from "fast-check";
import { join, resolve, sep } from "node:path";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { isRelativePath, resolveInRoot } from "./resolve_in_root.ts";
import { oddName } from "./testing/odd_names.ts";

const ROOT = resolve("/library");

test("resolveInRoot() joins in the platform's form", () => {
  expect(resolveInRoot(ROOT, "A/B c/.versions/d.stl"))
    .toBe([ROOT, "A", "B c", ".versions", "d.stl"].join(sep));
  expect(resolveInRoot(ROOT, "a..b/...")).toBe(join(ROOT, "a..b", "..."));
});

test.each([
  ["", ".", "..", "/", "/etc/passwd", "a/../../b", "a/..", "../a", "a//b", "a/", "./a"],
  [
    "..\\a",
    "a\\..\\..\\b",
    "C:",
    "C:/x",
    "C:x",
    "\\\\server\\share",
    "a:stream",
    "a\0b",
    "~/../..",
  ],
].flat())("resolveInRoot() refuses %j", (relative) => {
  expect(isRelativePath(relative)).toBe(false);
  expect(() => resolveInRoot(ROOT, relative)).toThrow(SyncError);
  expect(() => resolveInRoot(ROOT, relative)).toThrow("it leaves the library folder");
});

test("resolveInRoot() refuses a root that depends on the working directory", () => {
  expect(() => resolveInRoot("library", "a")).toThrow("not absolute");
});

test("resolveInRoot() never leaves the root, whatever it is given", () => {
  fc.assert(fc.property(fc.array(oddName, { maxLength: 4 }), (names) => {
    const relative = names.join("/");
    if (!isRelativePath(relative)) return;
    const path = resolveInRoot(ROOT, relative);
    expect(resolve(path)).toBe(path);
    expect(path.startsWith(ROOT + sep)).toBe(true);
  }));
});
