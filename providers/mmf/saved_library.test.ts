import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";

import { RESULTS } from "../../extensions/sync-engine/plugins/messages.ts";
import type { LibraryPage, SavedDocument } from "../sdk/mod.ts";
import { PAGE_SIZE } from "./library.ts";
import { createProvider } from "./provider.ts";
import { FakeHost, FakeHostError, fixture, json } from "./testing/fake_host.ts";

const SITE = "https://www.myminifactory.com";

function saved(text: unknown, change: Partial<SavedDocument> = {}): SavedDocument {
  const written = typeof text === "string" ? text : JSON.stringify(text);
  return { name: "library.json", url: null, text: written, ...change };
}

async function importAll(...documents: readonly SavedDocument[]): Promise<LibraryPage[]> {
  const provider = createProvider();
  const host = new FakeHost({});
  const pages: LibraryPage[] = [];
  let cursor: string | null = null;
  do {
    const given: readonly SavedDocument[] = cursor === null ? documents : [];
    const page: LibraryPage | undefined = await provider.importLibrary?.(host, given, cursor);
    if (page === undefined) throw new Error("It cannot import");
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null);
  expect(host.asked).toEqual([]);
  return pages;
}

test("importLibrary() makes the same of the list as a scan does", async () => {
  const list = fixture("object_previews");
  const host = new FakeHost({ "/api/data-library/objectPreviews": json(list) });
  expect(await importAll(saved(list))).toEqual([await createProvider().libraryPage(host, null)]);
});

test("importLibrary() hands a long list out in pages and accounts for every row", async () => {
  const rows = Array.from({ length: 2500 }, (_, n) => ({ id: `object-${n}`, type: "object" }));
  const pages = await importAll(saved([...rows, ...rows.slice(0, 7), "odd"]));
  expect(pages.map(({ assets }) => assets.length)).toEqual([PAGE_SIZE, PAGE_SIZE, 500]);
  expect(pages.reduce((sum, { seen }) => sum + seen, 0)).toBe(2508);
});

test("importLibrary() unites several documents, whichever they are and in any order", async () => {
  const release = "type:tribes-tier;owner:9;tribe:1;tier:2;yearmonth:202309";
  const documents = [
    saved([{ id: "object-1", type: "object", name: "A", source: "TRIBE", release, bundleId: 5 }]),
    saved([{ id: "object-2", type: "object", name: "B", source: "PURCHASE" }]),
    saved([{ id: release, label: "09/2023 - tier: Elders" }]),
    saved([{ id: "bundle-5", originalId: 5, name: "Winter Set" }]),
    saved([{ id: 9, name: "Ember Tribe", source: "TRIBE" }]),
    saved([{ id: "object-1", originalId: 1, previewUrl: `${SITE}/a.jpg`, images: [] }]),
  ];
  for (const order of [documents, documents.toReversed()]) {
    const [page] = await importAll(...order);
    expect(page).toMatchObject({ seen: 2, merged: 0 });
    expect(page?.assets[0]).toMatchObject({
      title: "A",
      thumbUrl: `${SITE}/a.jpg`,
      releases: ["bundle-5", release],
    });
    expect(page?.releases).toMatchObject([
      { id: "bundle-5", kind: "bundle", label: "Winter Set", isNamed: true },
      { id: release, label: "09/2023 – Elders", owner: "Ember Tribe", isNamed: true },
    ]);
  }
});

test("importLibrary() takes from a recording what is of the library and leaves the rest", async () => {
  const at = (path: string, text: unknown) => saved(text, { url: `${SITE}${path}` });
  const [page] = await importAll(
    at("/login", "<html>Sign in</html>"),
    at("/api/data-library/objectPreviews?x=1", [{ id: "object-1", name: "A" }]),
    at("/api/data-library/user-data", { id: 1 }),
  );
  expect(page?.assets).toMatchObject([{ id: "object-1" }]);
});

test("importLibrary() says what to do with what is not the list", async () => {
  const cases: [string, RegExp][] = [
    ["", /empty/],
    ["<!doctype html><title>Just a moment...</title>", /check for robots/],
    ['<html><form><input type="password"></form>', /sign in/],
    ["<html><title>Dragon</title>", /a page of the site/],
    ['[{"id":"object-1","type":"obj', /breaks off/],
    ['{"id":', /breaks off/],
    ["id;name", /not the list/],
    ['{"total_count":0}', /something else/],
    ["[1,2,3]", /something else/],
    ['[{"id":"bundle-5","originalId":5,"name":"Winter Set"}]', /not among this/],
  ];
  for (const [text, reason] of cases) {
    const failure = importAll(saved(text));
    await expect(failure, text).rejects.toMatchObject({ code: "badInput" });
    await expect(failure, text).rejects.toThrow(reason);
    await expect(failure, text).rejects.toThrow(/objectPreviews|save it again/);
  }
});

test("importLibrary() answers nothing but sound pages, whatever it is given", async () => {
  const text = fc.oneof(fc.json(), fc.string(), fc.constantFrom("[", "<html>", "null"));
  const url = fc.constantFrom(
    null,
    `${SITE}/api/data-library/objectPreviews`,
    `${SITE}/api/data-library/tribes_metadata`,
  );
  const documents = fc.array(fc.record({ name: fc.string(), url, text }), { maxLength: 4 });
  await fc.assert(fc.asyncProperty(documents, async (given) => {
    try {
      for (const page of await importAll(...given)) {
        expect(v.safeParse(RESULTS.importLibrary, page).issues).toBeUndefined();
      }
    } catch (error) {
      if (!(error instanceof FakeHostError)) throw error;
      expect(error.code).toBe("badInput");
    }
  }));
});
