import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import type { ProviderClient } from "../plugins/provider_client.ts";
import { type TempStore, tempStore } from "../store/testing/temp_store.ts";
import type { Asset, LibraryPage } from "../../../providers/sdk/mod.ts";
import { scan, type ScanOptions } from "./scan.ts";
import { TallySchema } from "./tally.ts";
import { fakeClient } from "./testing/fake_client.ts";

function asset(n: number, change: Partial<Asset> = {}): Asset {
  return {
    id: `object-${n}`,
    title: `Model ${n}`,
    creator: "Somebody",
    updatedAt: null,
    thumbUrl: null,
    url: null,
    tags: [],
    sources: ["purchase"],
    releases: [],
    revision: "1",
    ref: "{}",
    ...change,
  };
}

function page(assets: readonly Asset[], change: Partial<LibraryPage> = {}): LibraryPage {
  const { merged = 0, quarantined = [], next = null } = change;
  return { seen: assets.length + merged + quarantined.length, assets, merged, quarantined, next };
}

/** A provider whose list has these pages; an error instead of one fails there. */
function listing(pages: readonly (LibraryPage | SyncError)[]): ProviderClient {
  return fakeClient({
    libraryPage(cursor) {
      const index = Number(cursor ?? 0);
      const found = pages[index];
      if (!found) return Promise.reject(new SyncError("bug", `There is no page ${index}`));
      if (found instanceof SyncError) return Promise.reject(found);
      const next = found.next ?? (index + 1 < pages.length ? `${index + 1}` : null);
      return Promise.resolve({ ...found, next });
    },
  });
}

const scanIt = (
  { store }: TempStore,
  pages: readonly (LibraryPage | SyncError)[],
  options: ScanOptions = {},
) => scan({ store, log: new MemoryLog() }, listing(pages), options);
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => asset(from + i));
const stateOf = ({ store }: TempStore, n: number) =>
  store.assets.get(`mmf:object-${n}`)?.availability;

test("scan() accounts for every item, whatever the pages hold", async () => {
  const item = fc.record({
    assets: fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom("1", "2")), {
      maxLength: 8,
    }),
    merged: fc.nat(5),
    quarantined: fc.array(fc.nat(9), { maxLength: 3 }),
  });
  const list = fc.array(item, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(list, list, async (...scans) => {
      using temp = tempStore();
      for (const pages of scans) {
        const tally = await scanIt(
          temp,
          pages.map(({ assets, merged, quarantined }) =>
            page(assets.map(([n, revision]) => asset(n, { revision })), {
              merged,
              quarantined: quarantined.map((n) => ({ item: `q${n}`, reason: "odd" })),
            })
          ),
        );
        expect(tally.seen).toBe(tally.kept + tally.merged + tally.quarantined);
        expect(tally.kept).toBe(tally.added + tally.updated + tally.unchanged);
        const distinct = new Set(pages.flatMap(({ assets }) => assets.map(([n]) => n))).size;
        expect(tally.kept).toBe(distinct);
        if (tally.incomplete === null) expect(temp.store.assets.activeCount("mmf")).toBe(distinct);
        expect(temp.store.scans.last("mmf", TallySchema)?.tally).toEqual(tally);
      }
    }),
    { numRuns: 40 },
  );
});

test("scan() counts what comes again on a later page as merged", async () => {
  using temp = tempStore();
  const tally = await scanIt(temp, [page(numbers(0, 3)), page(numbers(2, 5))]);
  expect(tally).toMatchObject({ seen: 6, kept: 5, merged: 1, added: 5, incomplete: null });
});

test("scan() tells of each page, and gives new assets the wish that it was told", async () => {
  using temp = tempStore();
  const told: number[] = [];
  await scanIt(temp, [page(numbers(0, 3)), page(numbers(3, 5))], {
    newWanted: false,
    onPage: ({ seen }) => void told.push(seen),
  });
  expect(told).toEqual([3, 5]);
  expect(temp.store.assets.get("mmf:object-1")?.wanted).toBe(false);
});

test("scan() marks what vanished as gone, and takes it back when it is listed again", async () => {
  using temp = tempStore();
  await scanIt(temp, [page(numbers(0, 5))]);
  const second = await scanIt(temp, [page(numbers(1, 5))]);
  expect(second).toMatchObject({ removed: 1, incomplete: null });
  expect(stateOf(temp, 0)).toBe("gone");
  await scanIt(temp, [page(numbers(0, 5))]);
  expect(stateOf(temp, 0)).toBe("public");
});

test("scan() marks nothing as gone when the list broke off, and keeps what it read", async () => {
  using temp = tempStore();
  await scanIt(temp, [page(numbers(0, 5))]);
  const pages = [page([asset(0), asset(9)]), new SyncError("retryable", "The site hiccuped")];
  await expect(scanIt(temp, pages)).rejects.toMatchObject({ kind: "retryable" });
  for (const n of [0, 1, 2, 3, 4, 9]) expect(stateOf(temp, n)).toBe("public");
  expect(temp.store.scans.last("mmf", v.unknown())).toMatchObject({ complete: false });
  expect(temp.store.scans.lastComplete("mmf", TallySchema)?.tally?.added).toBe(5);
  expect(temp.store.scans.last("mmf", TallySchema)?.tally).toMatchObject({
    seen: 2,
    incomplete: "The site hiccuped",
  });
});

test("scan() does not believe that more than half of the library vanished", async () => {
  using temp = tempStore();
  await scanIt(temp, [page(numbers(0, 10))]);
  const half = await scanIt(temp, [page(numbers(0, 4))]);
  expect(half.incomplete).toContain("6 of 10 models are no longer listed");
  expect(half.removed).toBe(0);
  expect(stateOf(temp, 9)).toBe("public");
  expect(temp.store.scans.last("mmf", v.unknown())?.complete).toBe(false);
});

test("scan() believes it when the user does", async () => {
  using temp = tempStore();
  await scanIt(temp, [page(numbers(0, 10))]);
  const tally = await scanIt(temp, [page(numbers(0, 4))], { acceptLoss: true });
  expect(tally).toMatchObject({ removed: 6, incomplete: null });
});

test("scan() does not believe an empty list, but a new account's library may be empty", async () => {
  using temp = tempStore();
  expect((await scanIt(temp, [page([])])).incomplete).toBe(null);
  await scanIt(temp, [page(numbers(0, 1))]);
  expect((await scanIt(temp, [page([])])).incomplete).toBe("The site listed nothing at all");
  expect(stateOf(temp, 0)).toBe("public");
});

test("scan() does not call gone what was listed but could not be understood", async () => {
  using temp = tempStore();
  await scanIt(temp, [page(numbers(0, 10))]);
  const quarantined = [{ item: "object-9", reason: "It has no title" }];
  const tally = await scanIt(temp, [page(numbers(0, 8), { quarantined })]);
  expect(tally).toMatchObject({ quarantined: 1, removed: 1 });
  expect(stateOf(temp, 8)).toBe("gone");
  expect(stateOf(temp, 9)).toBe("public");
});

test("scan() stops at a list that goes round in circles", async () => {
  using temp = tempStore();
  const pages = [page([asset(1)]), page([asset(2)], { next: "1" })];
  await expect(scanIt(temp, pages)).rejects.toThrow("goes round in circles");
});

test("scan() replaces what earlier scans had set aside, once it is through", async () => {
  using temp = tempStore();
  const odd = (item: string) => page([], { quarantined: [{ item, reason: "odd" }] });
  await scanIt(temp, [odd("first")]);
  await expect(scanIt(temp, [odd("second"), new SyncError("retryable", "No")])).rejects.toThrow();
  expect(temp.store.scans.quarantine("mmf")).toEqual([{ item: "first", reason: "odd" }]);
  await scanIt(temp, [odd("third")]);
  expect(temp.store.scans.quarantine("mmf")).toEqual([{ item: "third", reason: "odd" }]);
});
