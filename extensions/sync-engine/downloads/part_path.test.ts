import { expect, test } from "vitest";
import { partPath } from "./part_path.ts";

test("partPath() lies beside the final path and is the same each time", () => {
  const path = partPath("MMF/A/B/files/a.stl", "mmf:object-1/file-2");
  expect(path).toMatch(/^MMF\/A\/B\/files\/a\.stl\.[0-9a-f]{8}\.part$/);
  expect(partPath("MMF/A/B/files/a.stl", "mmf:object-1/file-2")).toBe(path);
});

test("partPath() differs from file to file, even for one final path", () => {
  const paths = Array.from({ length: 500 }, (_, n) => partPath("a/b/c.stl", `mmf:object-1/${n}`));
  expect(new Set(paths).size).toBe(500);
});
