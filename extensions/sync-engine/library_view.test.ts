import { expect, test } from "vitest";
import { LibraryView } from "./library_view.ts";
import { makeAsset, makeFile, makeResult } from "./store/testing/make_assets.ts";
import { tempStore } from "./store/testing/temp_store.ts";

const ID = "mmf:object-1";

function makeView() {
  const temp = tempStore();
  const { store, clock } = temp;
  store.assets.upsertMany([1, 2, 3].map((n) => makeAsset(n)), 1);
  store.files.upsertForAsset(ID, [1, 2, 3, 4, 5].map((n) => makeFile(ID, n)));
  const told: string[] = [];
  const tell = (what: string) => () => void told.push(what);
  const view = new LibraryView({
    store,
    clock,
    news: { library: tell("library"), queue: tell("queue"), status: tell("status") },
    providers: () => ["mmf"],
    requireWriter: () => {},
    stopTransfers: (fileIds) => {
      told.push(`stop ${fileIds.join()}`);
      store.jobs.remove({ fileIds });
      return Promise.resolve();
    },
    wantedCame: tell("wantedCame"),
  });
  return { temp, store, view, told };
}

test("LibraryView.asset() tells the state of each file and its place in the queue", () => {
  const { temp, store, view } = makeView();
  using _ = temp;
  const file = (n: number) => `${ID}/file-${n}`;
  store.files.markDownloaded(file(1), makeResult("1", 777));
  store.files.markDownloaded(file(2), makeResult("0"));
  store.files.markDownloaded(file(3), makeResult());
  store.files.markStale([file(3)]);
  store.removals.begin([file(4)]);
  store.jobs.enqueueMany([file(5)]);
  store.jobs.fail(file(5), "gone", "It is gone");
  expect(view.asset({ id: ID }).fileRows).toMatchObject([
    { state: "here", size: 777, job: null, listed: true },
    { state: "outdated" },
    { state: "outdated" },
    { state: "removed", job: null },
    { state: "absent", job: { state: "failed", reason: "gone", message: "It is gone" } },
  ]);
  expect(() => view.asset({ id: "mmf:object-9" })).toThrow(/no model "mmf:object-9"/);
});

test("LibraryView.setWanted() stops and forgets downloads of what is not wanted any more", async () => {
  const { temp, store, view, told } = makeView();
  using _ = temp;
  store.jobs.enqueueMany(store.files.toFetch());
  const running = store.jobs.next(temp.clock.now())?.fileId;
  expect(await view.setWanted({ which: [ID], wanted: false })).toMatchObject({ changed: 1 });
  expect(told).toEqual([`stop ${running}`, "library", "queue", "status"]);
  expect(store.jobs.counts()).toMatchObject({ queued: 0, running: 0 });
});

test("LibraryView.setWanted() says that something has become wanted", async () => {
  const { temp, view, told } = makeView();
  using _ = temp;
  await view.setWanted({ which: {}, wanted: false });
  told.length = 0;
  await view.setWanted({ which: [ID], wanted: true });
  expect(told).toEqual(["wantedCame", "library", "queue", "status"]);
});

test("LibraryView.undoWanted() takes each change back in any order, and leaves later ones", async () => {
  const { temp, store, view } = makeView();
  using _ = temp;
  const wanted = () =>
    store.assets.query({ wanted: true }).rows.map(({ id }) => id.at(-1)).join("");
  const first = await view.setWanted({ which: [ID], wanted: false });
  const second = await view.setWanted({ which: {}, wanted: false });
  expect(await view.undoWanted({ undo: first.undo ?? "" })).toEqual({ changed: 1 });
  expect(wanted()).toBe("1");
  await view.setWanted({ which: ["mmf:object-2"], wanted: true });
  expect(await view.undoWanted({ undo: second.undo ?? "" })).toEqual({ changed: 1 });
  expect(wanted()).toBe("123");
});

test("LibraryView.setWanted() at once twice: each can be taken back on its own", async () => {
  const { temp, store, view } = makeView();
  using _ = temp;
  const [all, one] = await Promise.all([
    view.setWanted({ which: {}, wanted: false }),
    view.setWanted({ which: [ID], wanted: true }),
  ]);
  expect([all.changed, one.changed]).toEqual([3, 1]);
  await view.undoWanted({ undo: one.undo ?? "" });
  expect(store.assets.summary().wanted).toBe(0);
});

test("LibraryView.quarantine() pages what was not understood, of one provider or all", () => {
  const { temp, store, view } = makeView();
  using _ = temp;
  const scan = store.scans.start("mmf");
  store.scans.replaceQuarantine(scan, "mmf", [1, 2, 3].map((n) => ({ item: `${n}`, reason: "?" })));
  expect(view.quarantine({ offset: 1, limit: 1 }))
    .toEqual({ total: 3, rows: [{ provider: "mmf", item: "2", reason: "?" }] });
  expect(view.quarantine({ provider: "cults3d", offset: 0, limit: 9 }).total).toBe(0);
});
