/**
 * Measures the store with a library of 100,000 assets and 300,000 files:
 * `deno run -A tests/bench/store.ts [--json]`.
 *
 * @module
 */

import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import type { AssetUpsert } from "../../extensions/sync-engine/store/asset.ts";
import type { AssetQuery } from "../../extensions/sync-engine/store/asset_list.ts";
import { openStore, type Store } from "../../extensions/sync-engine/store/store.ts";
import { LibraryMaker } from "./store_data.ts";

const ASSETS = 100_000;
const FILES_EACH = 3;
const QUERIES = 1_500;
const SORTS = ["title", "creator", "provider", "updated", "added", "synced"] as const;

function seconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Values in ascending order; milliseconds, rounded to 0.01. */
function percentiles(values: readonly number[]): { p50: number; p95: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) * 100) /
    100;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

function fillFiles(store: Store, maker: LibraryMaker, assets: readonly AssetUpsert[]): void {
  for (let start = 0; start < assets.length; start += 1_000) {
    store.transaction(() => {
      for (const asset of assets.slice(start, start + 1_000)) addFiles(store, maker, asset);
    });
  }
}

function addFiles(store: Store, maker: LibraryMaker, asset: AssetUpsert): void {
  const files = maker.files(asset, FILES_EACH);
  store.files.upsertForAsset(asset.id, files);
  const detail = { description: "A model. ".repeat(60), license: "personal" };
  store.assets.setDetail(asset.id, { ...detail, revision: asset.revision, availability: "public" });
  const here = maker.chance();
  for (const file of files) {
    if (maker.chance() > here) continue;
    const at = Date.now();
    const revision = maker.chance() < 0.02 ? "0" : "1";
    store.files.markDownloaded(file.id, {
      sha256: "ab".repeat(32),
      size: 1e6,
      validator: null,
      revision,
      at,
    });
  }
}

/** What somebody asks who types, filters, sorts and scrolls. */
function randomQuery(maker: LibraryMaker): AssetQuery {
  const limit = maker.pick([50, 100, 100, 200, 500]);
  const query = {
    sort: maker.pick(SORTS),
    descending: maker.chance() < 0.5,
    limit,
    ...maker.chance() < 0.6 && { search: typed(maker) },
    ...maker.chance() < 0.3 && { provider: maker.pick(["mmf", "cults3d"]) },
    ...maker.chance() < 0.3 && { wanted: true },
    ...maker.chance() < 0.2 && { notDownloaded: maker.chance() < 0.7 },
    ...maker.chance() < 0.1 && { hasUpdates: true },
    ...maker.chance() < 0.1 && { creator: maker.creator() },
    ...maker.chance() < 0.1 && { source: "tribe" },
    ...maker.chance() < 0.1 && { release: maker.release() },
    ...maker.chance() < 0.1 && { availability: "public" as const },
  };
  return { ...query, offset: maker.chance() < 0.5 ? 0 : Math.floor(maker.chance() * ASSETS) };
}

function typed(maker: LibraryMaker): string {
  const words = maker.chance() < 0.6 ? maker.word() : `${maker.word()} ${maker.word()}`;
  return words.slice(0, 1 + Math.floor(maker.chance() * words.length));
}

function measure(dir: string) {
  const maker = new LibraryMaker();
  const assets = Array.from({ length: ASSETS }, (_, i) => maker.asset(i + 1));
  let store = openStore({ dir, clock: systemClock });
  const insertSeconds = seconds(() => store.assets.upsertMany(assets, 1));
  const rescanSeconds = seconds(() => store.assets.upsertMany(assets, 2));
  const filesSeconds = seconds(() => fillFiles(store, maker, assets));
  for (let i = 0; i < 300; i++) store.assets.setWanted({ creator: maker.creator() }, false);
  store.close();

  const openSeconds = seconds(() => store = openStore({ dir, clock: systemClock }));
  const queries = Array.from({ length: QUERIES }, () => randomQuery(maker));
  const query = percentiles(queries.map((one) => 1000 * seconds(() => store.assets.query(one))));
  const afterChange = percentiles(
    queries.slice(0, 300).map((one) => {
      store.files.markMissing(`${maker.pick(assets).id}/archive-1`);
      return 1000 * seconds(() => store.assets.query(one));
    }),
  );
  let toFetch: string[] = [];
  const toFetchSeconds = seconds(() => toFetch = store.files.toFetch());
  const enqueueSeconds = seconds(() => store.jobs.enqueueMany(toFetch));
  const next = percentiles(
    Array.from({ length: 300 }, () => 1000 * seconds(() => store.jobs.next(Date.now()))),
  );
  const summaryMs = 1000 * seconds(() => store.assets.summary());
  const views = measureViews(store, maker);
  const marking = measureMarking(store);
  store.close();
  return {
    assets: ASSETS,
    files: ASSETS * FILES_EACH,
    insertSeconds,
    rescanSeconds,
    filesSeconds,
    openSeconds,
    queryMs: query,
    queryAfterChangeMs: afterChange,
    summaryMs,
    ...views,
    ...marking,
    queued: toFetch.length,
    toFetchSeconds,
    enqueueSeconds,
    nextJobMs: next,
    databaseBytes: Deno.statSync(`${dir}/sync.db`).size,
  };
}

/** What the filters and the explorer ask. */
function measureViews(store: Store, maker: LibraryMaker) {
  const repeat = (work: () => unknown) =>
    percentiles(Array.from({ length: 100 }, () => 1000 * seconds(work)));
  const { total } = store.assets.creators();
  return {
    facetsMs: repeat(() => store.assets.facets()),
    filteredSummaryMs: repeat(() => store.assets.summary({ search: typed(maker) })),
    creators: total,
    creatorsMs: repeat(() =>
      store.assets.creators({ offset: Math.floor(maker.chance() * total), limit: 500 })
    ),
    creatorsFoundMs: repeat(() =>
      store.assets.creators({ search: typed(maker).slice(0, 3), provider: "mmf" })
    ),
  };
}

/** Marking the whole library, back and forth; the longest step is how long everything else waits. */
function measureMarking(store: Store) {
  const steps: number[] = [];
  const whole = [true, false, true, false, true].map((wanted) =>
    seconds(() => {
      const marking = store.assets.mark(store.assets.notYet({}, wanted), wanted);
      let done: boolean | undefined = false;
      while (!done) steps.push(1000 * seconds(() => done = marking.next().done));
    })
  );
  // The first one only marks what was not wanted.
  const markAllSeconds = percentiles(whole.slice(1)).max;
  return { markAllSeconds, markStepMs: percentiles(steps).max };
}

/** What a fresh process pays for looking at a library that is there. */
function measureFirstLook(dir: string) {
  const maker = new LibraryMaker();
  const queries = Array.from({ length: 300 }, () => randomQuery(maker));
  const store = openStore({ dir, clock: systemClock });
  const before = Deno.memoryUsage().rss;
  const firstQueryMs = 1000 * seconds(() => store.assets.query());
  const firstSummaryMs = 1000 * seconds(() => store.assets.summary());
  const firstSearchMs = 1000 * seconds(() => store.assets.query({ search: "dra" }));
  const firstSortsMs = 1000 * seconds(() => SORTS.forEach((sort) => store.assets.query({ sort })));
  const afterFirst = Deno.memoryUsage().rss;
  for (const query of queries) store.assets.query(query);
  const grownMb = (to: number) => Math.round((to - before) / 1e6);
  const rssGrowthMb = { first: grownMb(afterFirst), after300: grownMb(Deno.memoryUsage().rss) };
  store.close();
  return { firstQueryMs, firstSummaryMs, firstSearchMs, firstSortsMs, rssGrowthMb };
}

/** In a process of its own: this one has had the whole library in memory. */
async function firstLookElsewhere(dir: string): Promise<unknown> {
  const args = ["run", "-A", import.meta.filename ?? "", "--first-look", dir];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function measureAll() {
  const dir = Deno.makeTempDirSync();
  try {
    return { ...measure(dir), firstLook: await firstLookElsewhere(dir) };
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
}

if (import.meta.main) {
  const [option, dir = ""] = Deno.args;
  const result = option === "--first-look" ? measureFirstLook(dir) : await measureAll();
  // deno-lint-ignore no-console -- The result is what this program is for.
  console.log(JSON.stringify(result, null, option === undefined ? 2 : 0));
}
