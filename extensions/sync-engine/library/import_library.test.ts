import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import { type TempStore, tempStore } from "../store/testing/temp_store.ts";
import type { Asset, LibraryPage } from "../../../providers/sdk/mod.ts";
import { importLibrary } from "./import_library.ts";
import { scan, type ScanOptions } from "./scan.ts";
import { TallySchema } from "./tally.ts";
import { fakeClient } from "./testing/fake_client.ts";

const DOCUMENT = { name: "list.json", url: null, text: "[]" };

function asset(n: number, change: Partial<Asset> = {}): Asset {
  return {
    id: `object-${n}`,
    title: `Model ${n}`,
    creator: null,
    updatedAt: "2026-01-01T00:00:00Z",
    thumbUrl: null,
    url: null,
    tags: [],
    sources: ["purchase"],
    releases: [],
    revision: "1",
    ref: "",
    ...change,
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => asset(from + i));

function page(assets: readonly Asset[], change: Partial<LibraryPage> = {}): LibraryPage {
  return { seen: assets.length, assets, merged: 0, quarantined: [], next: null, ...change };
}

const ports = ({ store }: TempStore) => ({ store, log: new MemoryLog() });

const scanIt = (temp: TempStore, assets: readonly Asset[]) =>
  scan(ports(temp), fakeClient({ libraryPage: () => Promise.resolve(page(assets)) }));

function importIt(
  temp: TempStore,
  assets: readonly Asset[],
  { savedAt = null, ...options }: ScanOptions & { readonly savedAt?: number | null } = {},
) {
  const client = fakeClient({ importLibrary: () => Promise.resolve(page(assets)) });
  return importLibrary(ports(temp), client, { documents: [DOCUMENT], savedAt }, options);
}

const stateOf = ({ store }: TempStore, n: number) =>
  store.assets.get(`mmf:object-${n}`)?.availability;

test("importLibrary() hands the documents over once and takes all pages in as a scan does", async () => {
  using temp = tempStore();
  const given: number[] = [];
  const client = fakeClient({
    importLibrary(documents, cursor) {
      given.push(documents.length);
      const odd = { item: "row 5", reason: "odd" };
      return Promise.resolve(
        cursor === null
          ? page(numbers(0, 2), { seen: 5, merged: 2, quarantined: [odd], next: "1" })
          : page([asset(2, { releases: ["may"] })], {
            releases: [{
              id: "may",
              kind: "release",
              label: "05/2026 – Elders",
              isNamed: true,
              owner: null,
              month: "2026-05",
            }],
          }),
      );
    },
  });
  const tally = await importLibrary(ports(temp), client, { documents: [DOCUMENT], savedAt: null });
  expect(given).toEqual([1, 0]);
  expect(tally).toMatchObject({ seen: 6, kept: 3, merged: 2, quarantined: 1, added: 3 });
  expect(temp.store.scans.quarantine("mmf")).toEqual([{ item: "row 5", reason: "odd" }]);
  expect(temp.store.releases.list().rows).toMatchObject([{ label: "05/2026 – Elders" }]);
});

test("importLibrary() marks nothing as gone when the list is empty or much shorter than what is known", async () => {
  using temp = tempStore();
  await importIt(temp, numbers(0, 10));
  for (const rest of [[], numbers(0, 4)]) {
    const tally = await importIt(temp, rest);
    expect(tally).toMatchObject({ removed: 0, incomplete: expect.any(String) });
    expect(stateOf(temp, 9)).toBe("public");
  }
  expect(await importIt(temp, numbers(0, 9))).toMatchObject({ removed: 1, incomplete: null });
  expect(stateOf(temp, 9)).toBe("gone");
  expect(await importIt(temp, numbers(0, 2), { acceptLoss: true })).toMatchObject({ removed: 7 });
});

test("importLibrary() marks nothing as gone when it was saved before the last look at the site", async () => {
  using temp = tempStore();
  const { clock } = temp;
  await clock.advance(10_000);
  await scanIt(temp, numbers(0, 10));
  const old = await importIt(temp, numbers(0, 9), { savedAt: clock.now() - 5_000 });
  expect(old).toMatchObject({ removed: 0, incomplete: expect.stringContaining("before") });
  expect(stateOf(temp, 9)).toBe("public");
  await clock.advance(1_000);
  const fresh = await importIt(temp, numbers(0, 9), { savedAt: clock.now() });
  expect(fresh).toMatchObject({ removed: 1, incomplete: null });
});

test("importLibrary() leaves what a scan has learnt since, and lets a newer list change it", async () => {
  using temp = tempStore();
  const march = { title: "March", updatedAt: "2026-03-01T00:00:00Z", revision: "3" };
  await scanIt(temp, [asset(1, march)]);
  const old = await importIt(temp, [asset(1, { title: "January", sources: ["tribe"] })]);
  expect(old).toMatchObject({ updated: 0, unchanged: 1 });
  expect(temp.store.assets.get("mmf:object-1"))
    .toMatchObject({ ...march, sources: ["purchase", "tribe"] });
  const may = { title: "May", updatedAt: "2026-05-01T00:00:00Z", revision: "5" };
  expect(await importIt(temp, [asset(1, may)])).toMatchObject({ updated: 1 });
  expect(temp.store.assets.get("mmf:object-1")).toMatchObject(may);
});

test("importLibrary() of documents that are of no use leaves no trace", async () => {
  using temp = tempStore();
  await scanIt(temp, numbers(0, 2));
  const before = temp.store.scans.last("mmf", TallySchema);
  const failure = new SyncError("badInput", "Save the list");
  const client = fakeClient({ importLibrary: () => Promise.reject(failure) });
  await expect(importLibrary(ports(temp), client, { documents: [DOCUMENT], savedAt: null }))
    .rejects.toBe(failure);
  await expect(importLibrary(ports(temp), client, { documents: [], savedAt: null }))
    .rejects.toMatchObject({ kind: "badInput" });
  expect(temp.store.scans.last("mmf", TallySchema)).toEqual(before);
});
