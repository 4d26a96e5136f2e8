import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";

import type { LibraryPage, Provider } from "../sdk/mod.ts";
import { RESULTS } from "../../extensions/sync-engine/plugins/messages.ts";
import { PAGE_SIZE } from "./library.ts";
import { createProvider } from "./provider.ts";
import { FakeHost, FakeHostError, fixture, html, json } from "./testing/fake_host.ts";

const PATH = "/api/data-library/objectPreviews";

function models(from: number, to: number): { id: string; name: string }[] {
  return Array.from({ length: to - from }, (_, index) => ({
    id: `object-${from + index}`,
    name: `Model ${from + index}`,
  }));
}

async function allPages(provider: Provider, host: FakeHost): Promise<LibraryPage[]> {
  const pages: LibraryPage[] = [];
  let cursor: string | null = null;
  do {
    const page: LibraryPage = await provider.libraryPage(host, cursor);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null);
  return pages;
}

function isSound(page: LibraryPage): boolean {
  return page.seen === page.assets.length + page.merged + page.quarantined.length;
}

test("libraryPage() accounts for every row", async () => {
  const host = new FakeHost({ [PATH]: json(fixture("object_previews")) });
  const page = await createProvider().libraryPage(host, null);
  expect(page).toMatchObject({ seen: 8, merged: 1, next: null });
  expect(page.assets).toHaveLength(4);
  expect(page.quarantined.map((entry) => entry.item)).toEqual(["collection-31", "row 7", "row 8"]);
});

test("libraryPage() reads the library once for a scan and again for the next", async () => {
  const host = new FakeHost({ [PATH]: json([...models(0, 2500), ...models(0, 10), 5]) });
  const provider = createProvider();
  const pages = await allPages(provider, host);
  expect(pages.map((page) => page.assets.length)).toEqual([PAGE_SIZE, PAGE_SIZE, 500]);
  expect(pages.every(isSound)).toBe(true);
  expect(pages.reduce((sum, page) => sum + page.seen, 0)).toBe(2511);
  expect(host.asked).toHaveLength(1);
  await allPages(provider, host);
  expect(host.asked).toHaveLength(2);
});

test("libraryPage() goes on after a restart with a list that has changed", async () => {
  const before = models(10_000, 12_500);
  const host = new FakeHost({ [PATH]: json(before) });
  const first = await createProvider().libraryPage(host, null);
  // Half of the first page is gone, and others are new in front of it.
  host.set(PATH, json([...models(1_000, 1_100), ...before.slice(500)]));
  const provider = createProvider();
  const ids = new Set(first.assets.map((asset) => asset.id));
  let cursor = first.next;
  while (cursor !== null) {
    const page: LibraryPage = await provider.libraryPage(host, cursor);
    for (const asset of page.assets) ids.add(asset.id);
    cursor = page.next;
  }
  expect(before.every((model) => ids.has(model.id))).toBe(true);
});

test("libraryPage() asks to sign in when a page for visitors comes", async () => {
  for (const answer of [html(), json({ error: "access_denied" }, 401)]) {
    const host = new FakeHost({ [PATH]: answer });
    await expect(createProvider().libraryPage(host, null))
      .rejects.toMatchObject({ code: "needsAuth" });
  }
});

test("libraryPage() never takes a broken answer for an empty library", async () => {
  for (const body of ["", '[{"id":"object-1"},', "{}", "null", '"x"', '{"items":[]}']) {
    const host = new FakeHost({ [PATH]: { body } });
    await expect(createProvider().libraryPage(host, null), body)
      .rejects.toMatchObject({ code: "badResponse" });
  }
});

test("libraryPage() keeps its invariant for any JSON", async () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom("🐉".repeat(5000), Array(600).fill("t"), 8e15),
  );
  const previews = fc.oneof(
    fc.jsonValue(),
    fc.array(fc.oneof(
      fc.jsonValue(),
      fc.record({
        id: fc.oneof(fc.constantFrom("object-1", "bundle-1", "print-2", 3, ""), fc.jsonValue()),
        type: fc.oneof(fc.constantFrom("object", "bundle"), fc.jsonValue()),
        name: value,
        creatorName: value,
        source: value,
        previewUrl: value,
        tags: value,
        updatedAt: value,
        release: value,
        bundleId: value,
      }, { requiredKeys: [] }),
    )),
  );
  await fc.assert(fc.asyncProperty(previews, async (rows) => {
    const host = new FakeHost({ [PATH]: json(rows) });
    try {
      const page = await createProvider().libraryPage(host, null);
      expect(v.safeParse(RESULTS.libraryPage, page).issues).toBeUndefined();
      return isSound(page) && Array.isArray(rows) && page.seen === rows.length;
    } catch (error) {
      if (error instanceof FakeHostError) return !Array.isArray(rows);
      throw error;
    }
  }));
});

test("libraryPage() is quick for a hundred thousand rows", async () => {
  const host = new FakeHost({ [PATH]: json(models(0, 100_000)) });
  const start = performance.now();
  expect(await allPages(createProvider(), host)).toHaveLength(100);
  expect(performance.now() - start).toBeLessThan(10_000);
});
