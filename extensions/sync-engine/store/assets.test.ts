import { expect, test } from "vitest";
import fc from "fast-check";
import { makeAsset, makeFile, makeResult } from "./testing/make_assets.ts";
import { recountQuery, recountRows, recountSummary } from "./testing/recount.ts";
import { tempStore } from "./testing/temp_store.ts";
import type { AssetQuery } from "./asset_list.ts";
import type { Store } from "./store.ts";

function ids(store: Store, query: AssetQuery = {}): string[] {
  return store.assets.query(query).rows.map((row) => row.id.replace("mmf:object-", ""));
}

test("Assets.upsertMany() tells added, updated and unchanged apart", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  expect(assets.upsertMany([makeAsset(1), makeAsset(2)], 1)).toEqual(
    { added: 2, updated: 0, unchanged: 0, repeated: 0 },
  );
  expect(assets.upsertMany([makeAsset(1), makeAsset(2, { title: "New" }), makeAsset(3)], 2))
    .toEqual(
      { added: 1, updated: 1, unchanged: 1, repeated: 0 },
    );
  expect(assets.get("mmf:object-1")?.seenScan).toBe(2);
  expect(assets.get("mmf:object-2")).toMatchObject({ title: "New", seenScan: 2, addedAt: 1_000 });
  expect(assets.get("mmf:object-9")).toBeNull();
});

test.each(
  [
    { title: "x" },
    { creator: "x" },
    { updatedAt: null },
    { thumbUrl: "x" },
    { url: "x" },
    { tags: ["x"] },
    { revision: "x" },
    { ref: "x" },
  ] as const,
)("Assets.upsertMany() counts a change of %o as an update", (change) => {
  using temp = tempStore();
  temp.store.assets.upsertMany([makeAsset(1)], 1);
  expect(temp.store.assets.upsertMany([makeAsset(1, change)], 2).updated).toBe(1);
  expect(temp.store.assets.get("mmf:object-1")).toMatchObject(change);
});

test("Assets keep the picture that a look brought while the list has none", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  const id = "mmf:object-1";
  const detail = {
    revision: "1",
    description: null,
    license: null,
    availability: "public",
  } as const;
  assets.upsertMany([makeAsset(1)], 1);
  assets.setDetail(id, { ...detail, thumbUrl: "https://site/look.png" });
  expect(assets.upsertMany([makeAsset(1)], 2)).toMatchObject({ unchanged: 1 });
  expect(assets.upsertMany([makeAsset(1, { title: "New" })], 3)).toMatchObject({ updated: 1 });
  expect(assets.get(id)?.thumbUrl).toBe("https://site/look.png");
  assets.upsertMany([makeAsset(1, { thumbUrl: "https://site/list.png" })], 4);
  assets.setDetail(id, { ...detail, thumbUrl: "https://site/look.png" });
  expect(assets.get(id)?.thumbUrl).toBe("https://site/list.png");
});

test("Assets.upsertMany() keeps what the user and earlier looks decided", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  const id = "mmf:object-1";
  assets.upsertMany([makeAsset(1)], 1, { wanted: true });
  assets.setWanted({ ids: [id] }, false);
  assets.setFolder(id, "MMF/Somebody/Model 1", "mmf/somebody/model 1");
  assets.setDetail(id, {
    revision: "1",
    description: "d",
    license: "l",
    availability: "withdrawn",
  });
  assets.upsertMany([makeAsset(1, { title: "New", revision: "2" }), makeAsset(2)], 2, {
    wanted: false,
  });
  expect(assets.get(id)).toMatchObject({
    title: "New",
    wanted: false,
    folder: "MMF/Somebody/Model 1",
    description: "d",
    license: "l",
    availability: "withdrawn",
    detailRevision: "1",
    revision: "2",
  });
  expect(assets.get("mmf:object-2")?.wanted).toBe(false);
  expect(assets.folderOwner("mmf/somebody/model 1")).toBe(id);
});

test.each([["within one page", 1], ["across pages", 2]])(
  "Assets.upsertMany() unites the sources of an asset that a scan repeats %s",
  (_, calls) => {
    using temp = tempStore();
    const { assets } = temp.store;
    const first = makeAsset(1, { sources: ["purchase"], releases: ["May"] });
    const again = makeAsset(1, {
      title: "Other",
      sources: ["tribe", "purchase"],
      releases: ["June"],
    });
    const tally = calls === 1
      ? assets.upsertMany([first, again], 1)
      : (assets.upsertMany([first], 1), assets.upsertMany([again], 1));
    expect(tally).toMatchObject({ updated: 0, unchanged: 0, repeated: 1 });
    expect(assets.get(first.id)).toMatchObject({
      title: "Model 1",
      sources: ["purchase", "tribe"],
      releases: ["June", "May"],
    });
    expect(assets.upsertMany([first], 2)).toMatchObject({ updated: 0, unchanged: 1 });
    expect(assets.get(first.id)?.sources).toEqual(["purchase"]);
  },
);

test("Assets.upsertMany() changes nothing when one row cannot be stored", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([makeAsset(1)], 1);
  assets.query();
  // @ts-expect-error A revision is a text; the table insists on one.
  const bad = makeAsset(3, { revision: null });
  expect(() => assets.upsertMany([makeAsset(1, { title: "New" }), makeAsset(2), bad], 2)).toThrow();
  expect(assets.query().rows.map((row) => row.title)).toEqual(["Model 1"]);
  expect(assets.query({ search: "new" }).total).toBe(0);
});

test("Assets.vanished() names what the scan did not list, and markGone() and a later scan are heard", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([1, 2, 3].map((n) => makeAsset(n)), 1);
  assets.upsertMany([makeAsset(4, { id: "cults3d:x-4", provider: "cults3d" })], 1);
  assets.upsertMany([makeAsset(2)], 2);
  expect(assets.vanished("mmf", 2)).toEqual(["mmf:object-1", "mmf:object-3"]);
  expect(assets.markGone(assets.vanished("mmf", 2))).toBe(2);
  expect(assets.vanished("mmf", 2)).toEqual([]);
  expect(assets.activeCount("mmf")).toBe(1);
  assets.setDetail("mmf:object-1", {
    revision: "1",
    description: null,
    license: null,
    availability: "gone",
  });
  expect(assets.upsertMany([makeAsset(1)], 3)).toMatchObject({ updated: 1 });
  expect(assets.get("mmf:object-1")).toMatchObject({
    availability: "public",
    detailRevision: null,
  });
  assets.markSeenAgain(["mmf:object-3"], 3);
  expect(assets.get("mmf:object-3")).toMatchObject({ availability: "public", seenScan: 3 });
});

test("Assets.needingDetail() walks what was never or not newly looked at, while it changes", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany(Array.from({ length: 1_200 }, (_, n) => makeAsset(n)), 1);
  assets.setWanted({ ids: ["mmf:object-5"] }, false);
  assets.markGone(["mmf:object-6"]);
  const seen: string[] = [];
  for (const { id, revision } of assets.needingDetail("mmf")) {
    seen.push(id);
    assets.setDetail(id, { revision, description: null, license: null, availability: "public" });
  }
  expect(seen).toHaveLength(1_198);
  expect(new Set(seen).size).toBe(1_198);
  expect([...assets.needingDetail("mmf")]).toEqual([]);
  expect([...assets.needingDetail("mmf", { all: true })]).toHaveLength(1_198);
  assets.setAvailability("mmf:object-8", "locked");
  expect([...assets.needingDetail("mmf")]).toEqual([]);
  assets.upsertMany([makeAsset(7, { revision: "2" })], 2);
  expect([...assets.needingDetail("mmf")].map(({ id }) => id)).toEqual(["mmf:object-7"]);
});

test("Assets.setFolder() lets no two assets share a folder", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([makeAsset(1), makeAsset(2)], 1);
  assets.setFolder("mmf:object-1", "MMF/A/Dragon", "mmf/a/dragon");
  expect(() => assets.setFolder("mmf:object-2", "MMF/A/DRAGON", "mmf/a/dragon")).toThrow(
    /folder_key/,
  );
  expect(temp.store.pathTaken("mmf/a/dragon")).toBe(true);
  expect(temp.store.pathTaken("mmf/a/other")).toBe(false);
});

test("Assets.query() counts what is here and what is not", () => {
  using temp = tempStore();
  const { assets, files, removals } = temp.store;
  const id = "mmf:object-1";
  assets.upsertMany([makeAsset(1)], 1);
  const row = () => assets.query().rows[0];
  expect(row()).toMatchObject({
    files: 0,
    filesHere: 0,
    bytes: 0,
    bytesHere: 0,
    hasUpdates: false,
  });
  expect(assets.query({ notDownloaded: true }).total).toBe(1);

  files.upsertForAsset(id, [makeFile(id, 1), makeFile(id, 2), makeFile(id, 3, { size: null })]);
  assets.setDetail(id, { revision: "1", description: null, license: null, availability: "public" });
  files.markDownloaded(`${id}/file-1`, makeResult("1", 1_500));
  expect(row()).toMatchObject({ files: 3, filesHere: 1, bytes: 2_500, bytesHere: 1_500 });

  removals.begin([`${id}/file-2`]);
  files.markDownloaded(`${id}/file-3`, makeResult("1", 10));
  expect(row()).toMatchObject({ files: 2, filesHere: 2, bytes: 1_510, bytesHere: 1_510 });
  expect(assets.query({ notDownloaded: false }).total).toBe(1);

  removals.takeBack([`${id}/file-2`]);
  expect(row()).toMatchObject({ files: 3, filesHere: 2, bytes: 2_510 });
  removals.begin([`${id}/file-2`]);

  files.upsertForAsset(id, [makeFile(id, 1, { revision: "2" })]);
  expect(row()).toMatchObject({ files: 2, filesHere: 2, hasUpdates: true });
  files.markMissing(`${id}/file-3`);
  expect(row()).toMatchObject({ files: 1, filesHere: 1 });
});

test("Assets.query() finds prefixes of words in title, creator and tags, without case and accents", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([
    makeAsset(1, { title: "Red Dragon", creator: "Élan Forge" }),
    makeAsset(2, { title: "Dragonfly", tags: ["insect", "sci-fi"] }),
    makeAsset(3, { title: "Drag Racer", creator: "Dragon Works" }),
  ], 1);
  expect(ids(temp.store, { search: "DRAG" })).toEqual(["3", "2", "1"]);
  expect(ids(temp.store, { search: "dragon red" })).toEqual(["1"]);
  expect(ids(temp.store, { search: "elan" })).toEqual(["1"]);
  expect(ids(temp.store, { search: "sci-fi" })).toEqual(["2"]);
  expect(ids(temp.store, { search: "ragon" })).toEqual([]);
});

test("Assets.query() forgets the old words of an asset that changed", () => {
  using temp = tempStore();
  temp.store.assets.upsertMany([makeAsset(1, { title: "Old name", tags: ["oldtag"] })], 1);
  temp.store.assets.upsertMany([makeAsset(1, { title: "New name", tags: ["newtag"] })], 2);
  expect(
    ["old", "oldtag", "new", "newtag", "name"].map((search) => ids(temp.store, { search }).length),
  )
    .toEqual([0, 0, 1, 1, 1]);
});

test.each([
  '"',
  '""',
  "*",
  "-",
  "- x",
  "NEAR(",
  "NEAR(a b)",
  "a OR",
  "AND",
  "NOT x",
  "title:",
  "title:a",
  "^a",
  "a*",
  "(",
  ")",
  "'",
  "';--",
  "\0",
  "a\0b",
  "%",
  "{a b}:c",
  "\\",
  "+",
  "🐉",
  "́",
  "a".repeat(5_000),
  "a ".repeat(5_000),
])(
  "Assets.query() takes %j as words, never as a command",
  (search) => {
    using temp = tempStore();
    temp.store.assets.upsertMany([makeAsset(1)], 1);
    expect(temp.store.assets.query({ search }).total).toBeLessThanOrEqual(1);
  },
);

test("Assets.query() takes any text as words", () => {
  using temp = tempStore();
  temp.store.assets.upsertMany([makeAsset(1)], 1);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (search) => {
    expect(temp.store.assets.query({ search }).total).toBeLessThanOrEqual(1);
  }));
});

test("Assets.query() sorts numbers by value and texts without case and accents", () => {
  using temp = tempStore();
  const titles = ["part 10", "Part 2", "élan", "Zebra", "eagle"];
  temp.store.assets.upsertMany(titles.map((title, n) => makeAsset(n, { title })), 1);
  expect(temp.store.assets.query().rows.map((row) => row.title))
    .toEqual(["eagle", "élan", "Part 2", "part 10", "Zebra"]);
});

test("Assets.query() pages without gaps, and cuts the limit at 500", () => {
  using temp = tempStore();
  temp.store.assets.upsertMany(Array.from({ length: 1_203 }, (_, n) => makeAsset(n)), 1);
  for (const descending of [false, true]) {
    const pages = [0, 500, 1_000].map((offset) =>
      temp.store.assets.query({ descending, offset, limit: 9_999 })
    );
    expect(pages.map((page) => page.rows.length)).toEqual([500, 500, 203]);
    expect(new Set(pages.flatMap((page) => page.rows.map((row) => row.id))).size).toBe(1_203);
  }
  expect(temp.store.assets.query({ offset: 5_000 })).toEqual({ rows: [], total: 1_203 });
});

test("Assets.setWanted() takes ids or a filter, and says how many changed", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([1, 2, 3].map((n) => makeAsset(n, { creator: n === 3 ? "Other" : "One" })), 1);
  expect(assets.setWanted({ creator: "One" }, false)).toBe(2);
  expect(assets.setWanted({}, false)).toBe(1);
  expect(assets.setWanted({ ids: ["mmf:object-1", "mmf:object-99"] }, true)).toBe(1);
  expect(ids(temp.store, { wanted: true })).toEqual(["1"]);
});

test("Assets.notYet() keeps to what it found, and Assets.mark() changes no more than that", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([1, 2, 3].map((n) => makeAsset(n)), 1);
  assets.setWanted({ ids: ["mmf:object-3"] }, false);
  const found = assets.notYet({}, false);
  expect(found.total).toBe(2);
  assets.upsertMany([makeAsset(4)], 1);
  assets.setWanted({ ids: ["mmf:object-1"] }, false);
  expect([...assets.mark(found, false)]).toEqual([1]);
  expect(ids(temp.store, { wanted: true })).toEqual(["4"]);
  expect([...assets.mark(assets.notYet({}, false), false)]).toEqual([1]);
  expect([...assets.mark(assets.notYet({}, false), false)]).toEqual([]);
});

test("Assets.mark() changes many assets part by part", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany(Array.from({ length: 20_003 }, (_, n) => makeAsset(n)), 1);
  expect([...assets.mark(assets.notYet({}, false), false)]).toEqual([20_000, 3]);
  expect(assets.summary().wanted).toBe(0);
});

test("Assets.setDetail() keeps a description, changes it and forgets it", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([makeAsset(1), makeAsset(2)], 1);
  const [one, two] = ["mmf:object-1", "mmf:object-2"];
  const detail = { revision: "1", license: null, availability: "public" } as const;
  for (const description of ["first", "second", null]) {
    assets.setDetail(one, { ...detail, description });
    expect(assets.get(one)?.description).toBe(description);
    expect(assets.get(two)?.description).toBeNull();
  }
});

test("Assets.row() is what a list shows of the asset", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  assets.upsertMany([makeAsset(1)], 1);
  expect(assets.row("mmf:object-1")).toEqual(assets.query().rows[0]);
  expect(assets.row("mmf:object-9")).toBeNull();
});

test("Assets.summary() adds up what matches", () => {
  using temp = tempStore();
  const { assets, files } = temp.store;
  assets.upsertMany([1, 2, 3].map((n) => makeAsset(n)), 1);
  for (const n of [1, 2]) {
    const id = `mmf:object-${n}`;
    files.upsertForAsset(id, [makeFile(id, 1), makeFile(id, 2)]);
    assets.setDetail(id, {
      revision: "1",
      description: null,
      license: null,
      availability: "public",
    });
  }
  assets.setWanted({ ids: ["mmf:object-2"] }, false);
  files.markDownloaded("mmf:object-1/file-1", makeResult());
  expect(assets.summary()).toEqual({
    assets: 3,
    files: 4,
    filesHere: 1,
    bytes: 4_000,
    bytesHere: 1_000,
    wanted: 2,
    wantedNotHere: { assets: 2, files: 1, bytes: 1_000 },
  });
  expect(assets.summary({ wanted: false })).toMatchObject({ assets: 1, files: 2, wanted: 0 });
});

/** One random thing that happens to a library of ten assets with up to three files each. */
const change = fc.record({
  what: fc.constantFrom(
    "upsert",
    "files",
    "down",
    "missing",
    "removed",
    "wanted",
    "gone",
    "look",
    "undone",
  ),
  n: fc.integer({ min: 0, max: 9 }),
  file: fc.integer({ min: 0, max: 2 }),
  word: fc.constantFrom("alpha", "Beta", "gamma 2", "gamma 10", "élan"),
  yes: fc.boolean(),
});

function apply(
  store: Store,
  { what, n, file, word, yes }: typeof change extends fc.Arbitrary<infer T> ? T : never,
) {
  const id = `mmf:object-${n}`;
  const revision = yes ? "1" : "2";
  const known = store.assets.get(id);
  if (what === "undone") {
    try {
      store.transaction(() => {
        store.assets.upsertMany([makeAsset(n, { title: "undone" })], 99);
        store.assets.query({ sort: "title" });
        throw new Error("undo");
      });
    } catch {
      return;
    }
  }
  if (what === "upsert" || !known) {
    const source = yes ? "tribe" : "purchase";
    store.assets.upsertMany([makeAsset(n, { title: word, revision, sources: [source] })], file + 1);
  } else if (what === "files") {
    const list = Array.from(
      { length: file + 1 },
      (_, i) => makeFile(id, i, { revision, size: n * 10 }),
    );
    store.files.upsertForAsset(id, list);
  } else if (what === "down") {
    store.files.markDownloaded(`${id}/file-${file}`, makeResult(revision));
  } else if (what === "missing") store.files.markMissing(`${id}/file-${file}`);
  else if (what === "removed") {
    const all = store.files.byAsset(id).map((one) => one.id);
    if (yes) store.removals.begin(all);
    else store.removals.takeBack([`${id}/file-${file}`]);
    if (file === 0) store.removals.end(`${id}/file-0`);
  } else if (what === "wanted") store.assets.setWanted({ search: word }, yes);
  else if (what === "gone") store.assets.markGone([id]);
  else {store.assets.setDetail(id, {
      revision,
      description: null,
      license: null,
      availability: "public",
    });}
}

test("Assets.query() and summary() answer after any changes as if everything was counted anew", () => {
  const queries: AssetQuery[] = [
    ...(["title", "creator", "provider", "updated", "added", "synced"] as const).map((sort) => ({
      sort,
    })),
    { sort: "synced", descending: true, notDownloaded: true },
    { sort: "creator", notDownloaded: false },
    { search: "gamma", wanted: true },
    { hasUpdates: true },
    { source: "tribe", availability: "public" },
    { creator: "Somebody", provider: "mmf", availability: "gone" },
  ];
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), (changes) => {
      using temp = tempStore();
      const known: string[] = [];
      for (const one of changes) {
        temp.clock.advance(1);
        apply(temp.store, one);
        const id = `mmf:object-${one.n}`;
        if (!known.includes(id) && temp.store.assets.get(id)) known.push(id);
      }
      const rows = recountRows(temp.store, known);
      for (const query of queries) {
        const expected = recountQuery(rows, query);
        expect(temp.store.assets.query(query)).toEqual({ rows: expected, total: expected.length });
        expect(temp.store.assets.summary(query)).toEqual(recountSummary(expected));
      }
    }),
    { numRuns: 100 },
  );
});

test("Assets.query() finds and pages many as it does few", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  const all = Array.from(
    { length: 5_000 },
    (_, n) =>
      makeAsset(n, { title: `${n % 2 ? "Odd" : "Even"} ${n}`, creator: n % 3 ? "One" : "Two" }),
  );
  assets.upsertMany(all, 1);
  assets.setWanted({ search: "odd", creator: "One" }, false);
  const query = { search: "od", provider: "mmf", offset: 1_000 };
  expect(assets.query(query)).toMatchObject({ total: 2_500, rows: { length: 100 } });
  expect(assets.query(query).rows[0]?.title).toBe("Odd 2001");
  expect(assets.query({ wanted: true, offset: 2_000, limit: 1 }).total).toBe(3_333);
  expect(assets.summary({ search: "odd" })).toMatchObject({ assets: 2_500, wanted: 833 });
  expect(assets.query({ ...query, wanted: true, descending: true, limit: 1, offset: 0 }))
    .toMatchObject({ total: 833, rows: [{ title: "Odd 4995" }] });
});

test.each([
  ["Chess – Set", "set", 1],
  ["हिन्दी मॉडल", "हिन्दी", 1],
  ["ドラゴン、小", "小", 1],
  ["ＦＵＬＬ width", "full", 1],
])("Assets.query() finds in %j by %j: %i", (title, search, total) => {
  using temp = tempStore();
  temp.store.assets.upsertMany([makeAsset(1, { title })], 1);
  expect(temp.store.assets.query({ search }).total).toBe(total);
});

test("Assets.upsertMany() keeps what was updated later than rows that may be old, and adds grants", () => {
  using temp = tempStore();
  const { assets } = temp.store;
  const newer = makeAsset(1, { title: "New", updatedAt: "2026-05-01T00:00:00Z", revision: "5" });
  assets.upsertMany([newer], 1);
  const older = { title: "Old", updatedAt: "2026-04-01T00:00:00+02:00", sources: ["tribe"] };
  for (const updatedAt of [older.updatedAt, null]) {
    assets.upsertMany([makeAsset(1, { ...older, updatedAt })], 2, { mayBeOld: true });
    expect(assets.get(newer.id)).toMatchObject({
      ...newer,
      sources: ["purchase", "tribe"],
      seenScan: 2,
    });
  }
  const later = makeAsset(1, { title: "Newest", updatedAt: "2026-06-01T00:00:00Z" });
  assets.upsertMany([later], 3, { mayBeOld: true });
  expect(assets.get(newer.id)).toMatchObject({ title: "Newest", sources: ["purchase", "tribe"] });
});
