import { MARKER_NAME, requireMarker } from "../../files/marker.ts";
import { MemoryFs } from "../../platform/testing/memory_fs.ts";
import { MemoryLog } from "../../platform/testing/memory_log.ts";
import type { FakeClock } from "../../platform/testing/fake_clock.ts";
import type { DueJob } from "../../store/jobs.ts";
import type { FileUpsert } from "../../store/files.ts";
import type { Store } from "../../store/store.ts";
import { makeAsset, makeFile } from "../../store/testing/make_assets.ts";
import { tempStore } from "../../store/testing/temp_store.ts";
import { content, FakeSite } from "./fake_site.ts";

/** The root of the library in a {@linkcode World}. */
export const ROOT = "/library";

/** A file to be made: everything that is not given does not matter. */
export interface WorldFile extends Partial<FileUpsert> {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A real store, a disk in memory, a clock that stands and a site without a network. */
export interface World extends Disposable {
  readonly store: Store;
  readonly dir: string;
  readonly clock: FakeClock;
  readonly fs: MemoryFs;
  readonly site: FakeSite;
  readonly log: MemoryLog;
  /** Everything that a Runner needs. */
  readonly ports: {
    readonly store: Store;
    readonly clock: FakeClock;
    readonly fs: MemoryFs;
    readonly http: FakeSite;
    readonly lessor: FakeSite;
    readonly log: MemoryLog;
    readonly random: { next(): number };
    readonly root: string;
    readonly requireRoot: () => Promise<void>;
  };
  /** Lists an asset `<provider>:object-<n>` with these files and puts them into the queue. Returns their ids. */
  list(n: number, files: readonly WorldFile[], provider?: string): string[];
  /** Takes the next job. */
  next(): DueJob;
  /** Bytes on disk by path below the root, without its marker. */
  disk(): Map<string, Uint8Array>;
}

export function makeWorld(): World {
  const temp = tempStore();
  const { store, clock, dir } = temp;
  const fs = new MemoryFs({ now: () => clock.now() });
  void fs.mkdir(ROOT);
  void fs.writeTextAtomic(`${ROOT}/${MARKER_NAME}`, "{}");
  const site = new FakeSite();
  const log = new MemoryLog();
  const random = { next: () => 0.5 };
  return {
    store,
    dir,
    clock,
    fs,
    site,
    log,
    ports: {
      store,
      clock,
      fs,
      http: site,
      lessor: site,
      log,
      random,
      root: ROOT,
      requireRoot: () => requireMarker(fs, ROOT),
    },
    list(n, files, provider = "mmf") {
      const assetId = `${provider}:object-${n}`;
      const folder = `${provider}/Somebody/Model ${n}`;
      store.assets.upsertMany([makeAsset(n, { id: assetId, provider })], 1);
      store.assets.setFolder(assetId, folder, folder.toLowerCase());
      const rows = files.map(({ bytes, ...file }, i) => {
        const path = `${folder}/${file.kind === "image" ? "renders" : "files"}/${file.name}`;
        const row = { path, pathKey: path.toLowerCase(), size: bytes.length, ...file };
        const made = makeFile(assetId, i + 1, { ...row, provider });
        site.files.set(made.id, bytes);
        return made;
      });
      store.files.upsertForAsset(assetId, rows);
      store.jobs.enqueueMany(store.files.toFetch({ assetId }));
      return rows.map(({ id }) => id);
    },
    next() {
      const job = store.jobs.next(clock.now());
      if (!job) throw new Error("The queue is empty");
      return job;
    },
    disk() {
      const entries = [...fs.files()].map(([path, bytes]) =>
        [path.slice(ROOT.length + 1), bytes] as const
      );
      return new Map(entries.filter(([path]) => path !== MARKER_NAME));
    },
    [Symbol.dispose]: () => temp[Symbol.dispose](),
  };
}

export { content };
