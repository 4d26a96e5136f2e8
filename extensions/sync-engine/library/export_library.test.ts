import { expect, test } from "vitest";
import { makeAsset, makeFile, makeResult } from "../store/testing/make_assets.ts";
import { type TempStore, tempStore } from "../store/testing/temp_store.ts";
import { type ExportFormat, exportLibrary } from "./export_library.ts";

function filled(): TempStore {
  const temp = tempStore();
  const { store } = temp;
  store.assets.upsertMany([
    makeAsset(1, { title: 'The "Big", one', tags: ["a", "b"] }),
    makeAsset(2, { title: "=HYPERLINK(1)", creator: "-Ann\nSmith" }),
  ], 1);
  store.files.upsertForAsset("mmf:object-1", [
    makeFile("mmf:object-1", 1, { name: "ä.stl" }),
    makeFile("mmf:object-1", 2),
  ]);
  store.files.markDownloaded("mmf:object-1/file-1", makeResult());
  return temp;
}

function text({ store }: TempStore, format: ExportFormat): string {
  return [...exportLibrary(store, format, 0)].map((piece) => piece.text).join("");
}

test("exportLibrary() gives a JSON document with all models and their files", () => {
  using temp = filled();
  const document = JSON.parse(text(temp, "json"));
  expect(document).toMatchObject({
    format: 1,
    exportedAt: "1970-01-01T00:00:00.000Z",
    assets: [
      {
        id: "mmf:object-1",
        title: 'The "Big", one',
        tags: ["a", "b"],
        files: [
          { name: "ä.stl", sha256: "ab".repeat(32), state: "here" },
          { sha256: null, state: "absent", downloadedAt: null },
        ],
      },
      { id: "mmf:object-2", files: [] },
    ],
  });
  expect(text(temp, "json")).not.toContain('"ref"');
});

test("exportLibrary() gives CSV with a line for each file, and for each model without any", () => {
  using temp = filled();
  const lines = text(temp, "csv").split("\r\n");
  expect(lines[0]).toMatch(/^asset\.id,asset\.provider,.*,file\.downloadedAt$/);
  expect(lines).toHaveLength(5);
  expect(lines[1]).toContain('"The ""Big"", one"');
  expect(lines[1]).toContain("a; b");
});

test("exportLibrary() gives spreadsheets no formula to run", () => {
  using temp = filled();
  const csv = text(temp, "csv");
  expect(csv).toContain(",'=HYPERLINK(1),\"'-Ann\nSmith\",");
});

test("exportLibrary() of an empty library is a whole document, too", () => {
  using temp = tempStore();
  expect(JSON.parse(text(temp, "json"))).toMatchObject({ assets: [] });
  expect(text(temp, "csv").split("\r\n")).toHaveLength(2);
});
