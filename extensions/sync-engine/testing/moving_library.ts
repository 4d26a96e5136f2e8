import { createHash } from "node:crypto";
import { join } from "node:path";
import { MARKER_NAME } from "../files/marker.ts";
import { writeSidecar } from "../files/sidecar.ts";
import { SyncError } from "../platform/errors.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { type FsOperation, MemoryFs } from "../platform/testing/memory_fs.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import { seededRandom } from "../platform/testing/seeded_random.ts";
import type { Emit, EventName, Settings } from "../protocol.ts";
import { writeRootId } from "../root_id.ts";
import { Roots } from "../roots.ts";
import { openStore, type Store } from "../store/store.ts";
import { makeAsset, makeFile } from "../store/testing/make_assets.ts";
import * as v from "valibot";

export const OLD = "/disk/library";
export const NEW = "/drive/models";
export const APP_DATA = "/home/me/.mmfsync";
export const LIBRARY_ID = "1".repeat(32);

/** Of the user's own, right in the root: stays where it is. */
export const NOTE = `${OLD}/note.txt`;

/** A library of two sites in {@linkcode OLD}, with all kinds of files in its folders. */
export interface MovingLibrary extends Disposable {
  readonly fs: MemoryFs;
  readonly store: Store;
  readonly dir: string;
  readonly clock: FakeClock;
  readonly log: MemoryLog;
  /** Names and data of what was told. */
  readonly heard: [EventName, unknown][];
  /** What belongs to the library, by path below its root, as it was at the beginning. */
  readonly belongings: ReadonlyMap<string, string>;
  /** The door, on this store or another. */
  roots(options?: { store?: Store; isStopWished?: boolean }): Roots;
  root(store?: Store): string;
  /** Lets time go on for the disk, in milliseconds. */
  later(ms: number): void;
  /** Files in a folder by path below it, with the hashes of their bytes; markers left out. */
  files(root: string): Map<string, string>;
}

/** @param options `oneVolume`: whether folders can be renamed from one root to the other. */
export async function movingLibrary(options: { oneVolume: boolean }): Promise<MovingLibrary> {
  const dir = Deno.makeTempDirSync();
  const clock = new FakeClock(1_000_000);
  let ahead = 0;
  const fs = new MemoryFs({ now: () => clock.now() + ahead });
  const store = openStore({ dir, clock });
  const log = new MemoryLog();
  const heard: [EventName, unknown][] = [];
  const emit: Emit = (event, data) => void heard.push([event, data]);

  for (const folder of [OLD, "/drive", APP_DATA]) await fs.mkdir(folder);
  await fs.writeTextAtomic(
    join(OLD, MARKER_NAME),
    JSON.stringify({ format: 1, id: LIBRARY_ID }),
  );
  writeRootId(store, LIBRARY_ID);
  await fill(fs, store);
  await clock.advance(1_000_000);
  if (!options.oneVolume) fs.onOperation = refuseRenames;

  const files = (root: string) =>
    new Map(
      [...fs.files()].filter(([path]) => path.startsWith(`${root}/`) && !path.endsWith(MARKER_NAME))
        .map(([path, bytes]) => [path.slice(root.length + 1), sha256(bytes)]),
    );
  const belongings = files(OLD);
  belongings.delete("note.txt");

  const settings = (from: Store): Settings => ({
    root: from.settings.get("root", v.string(), OLD),
    concurrency: 3,
    connections: 1,
    newWanted: true,
    bandwidth: null,
    bandwidthWindows: [],
    nightlyVerify: null,
    signInPort: 7330,
    watchFolder: null,
    watchMove: false,
    theme: "system",
    notifications: true,
    language: "system",
  });
  return {
    fs,
    store,
    dir,
    clock,
    log,
    heard,
    belongings,
    files,
    root: (of = store) => settings(of).root,
    later: (ms) => void (ahead += ms),
    roots: ({ store: of = store, isStopWished = true } = {}) =>
      new Roots({
        store: of,
        fs,
        clock,
        random: seededRandom(1),
        log,
        emit,
        news: { library() {}, queue() {}, status() {} },
        appData: APP_DATA,
        home: "/home/me",
        settings: () => settings(of),
        requireIdle() {},
        exclusive: (signal, work) => work(signal ?? new AbortController().signal),
        isStopWished: () => isStopWished,
      }),
    [Symbol.dispose]() {
      store.close();
      Deno.removeSync(dir, { recursive: true });
    },
  };
}

/** What the system says of a rename to another volume. */
export function refuseRenames({ name, path }: FsOperation): void {
  // Atomic writes rename too, but not in this fake.
  if (name !== "rename" || path.includes(MARKER_NAME)) return;
  throw new SyncError("permission", "The folder spans two disks");
}

async function fill(fs: MemoryFs, store: Store): Promise<void> {
  for (const [n, site] of [[1, "MyMiniFactory"], [2, "MyMiniFactory"], [3, "Cults"]] as const) {
    const folder = `${site}/Somebody/Model ${n}`;
    const id = `mmf:object-${n}`;
    const path = `${folder}/files/part.stl`;
    const text = `solid ${n} `.repeat(200 * n);
    store.assets.upsertMany([makeAsset(n)], 1);
    store.assets.setFolder(id, folder, folder.toLowerCase());
    store.files.upsertForAsset(id, [makeFile(id, 1, { path, pathKey: path.toLowerCase() })]);
    await put(fs, `${OLD}/${path}`, text);
    const record = { sha256: sha256(text), size: text.length, validator: null, revision: "1" };
    store.files.markDownloaded(`${id}/file-1`, { ...record, at: 5_000 });
    await writeSidecar(fs, OLD, folder, {
      provider: "mmf",
      assetId: `object-${n}`,
      revision: "1",
      title: `Model ${n}`,
      creator: "Somebody",
      description: null,
      url: null,
      license: null,
      tags: [],
      image: null,
      files: [{
        ...record,
        id: "file-1",
        kind: "model",
        name: "part.stl",
        path: "files/part.stl",
        downloadedAt: 5_000,
      }],
    });
  }
  const first = `${OLD}/MyMiniFactory/Somebody/Model 1`;
  await put(fs, `${first}/.versions/part.20260101T000000Z-12345678.stl`, "older");
  await put(fs, `${first}/files/next.zip.12345678.part`, "half of it");
  await put(fs, `${first}/my painting.txt`, "mine, in a model's folder");
  await put(fs, NOTE, "mine, beside the models");
}

async function put(fs: MemoryFs, path: string, text: string): Promise<void> {
  await fs.mkdir(path.slice(0, path.lastIndexOf("/")));
  await fs.writeTextAtomic(path, text);
}

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
