import { createHash } from "node:crypto";
import { adopt } from "../../extensions/sync-engine/downloads/adoption/adopt.ts";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import { Mints } from "../../extensions/sync-engine/downloads/mints.ts";
import { content } from "../../extensions/sync-engine/downloads/testing/fake_site.ts";
import {
  makeWorld,
  ROOT,
  type World,
  type WorldFile,
} from "../../extensions/sync-engine/downloads/testing/world.ts";
import { requireMarker } from "../../extensions/sync-engine/files/marker.ts";
import { hashFile } from "../../extensions/sync-engine/files/verify.ts";
import { fakeClient } from "../../extensions/sync-engine/library/testing/fake_client.ts";
import { queueBad } from "../../extensions/sync-engine/mend.ts";
import type { Fs, Http } from "../../extensions/sync-engine/platform/ports.ts";
import type { Store } from "../../extensions/sync-engine/store/store.ts";
import { SyncRun } from "../../extensions/sync-engine/sync_run.ts";

export const FOLDER = "mmf/Somebody/Model 1";

/** Folder of what the user has already. */
export const MINE = "/home/ann/models";

/** Longest wait for a site or a disk that does not come back: an hour. */
const PATIENCE_MS = 60 * 60_000;

/** What a start of the program works on. */
export interface Start {
  readonly store: Store;
  readonly fs: Fs;
  readonly http: Http;
  readonly signal?: AbortSignal;
}

/** What a model is to end with, and what may be there until then. */
export interface Scene extends Disposable {
  readonly world: World;
  /** SHA-256 by path below the root, of what is there at the end. */
  readonly right: ReadonlyMap<string, string>;
  /** SHA-256 by path below the root, of what may be there before. */
  readonly before: ReadonlyMap<string, string>;
  /** SHA-256 of what is the user's: never lost, wherever it lies. */
  readonly kept: readonly string[];
  /** What the user starts; again after a crash. */
  act(start: Start): Promise<unknown>;
}

/** How a file comes to its final name. */
export type SceneName = "new and replaced" | "several connections" | "repaired" | "adopted";

const OLD = content(300, 77);
const SMALL = [
  { name: "big.stl", bytes: content(CHUNK_SIZE + 100_000, 1) },
  { name: "changed.stl", bytes: content(5_000, 2) },
  { name: "picture.png", bytes: picture(3_000), kind: "image" as const },
];
const HUGE = [{ name: "huge.stl", bytes: content(16 * CHUNK_SIZE + 10_000, 4) }];
const DAMAGED = [{ name: "damaged.stl", bytes: content(2 * CHUNK_SIZE + 1_000, 5) }];
const OWNED = [
  { name: "moved.stl", bytes: content(CHUNK_SIZE + 500, 6) },
  { name: "replaced.stl", bytes: content(700, 8) },
];

/** All scenes by their names. */
export const SCENES: Readonly<Record<SceneName, () => Promise<Scene>>> = {
  /** A file of two chunks, one that replaces an older version, and a picture. */
  async "new and replaced"() {
    const world = makeWorld();
    const ids = listAll(world, SMALL);
    await put(world, `${ROOT}/${FOLDER}/files/changed.stl`, OLD);
    world.store.files.markDownloaded(ids[1] ?? "", {
      sha256: hex(OLD),
      size: OLD.length,
      validator: null,
      revision: "0",
      at: 500,
    });
    return sceneOf(world, SMALL, {
      before: { "files/changed.stl": OLD },
      kept: [OLD],
      act: (start) => sync(world, start),
    });
  },

  /** A file that is large enough for several connections. */
  "several connections"() {
    const world = makeWorld();
    listAll(world, HUGE);
    return Promise.resolve(sceneOf(world, HUGE, { act: (start) => sync(world, start) }));
  },

  /** A file of three chunks that is here, of which one is damaged. */
  async repaired() {
    const world = makeWorld();
    const [id = ""] = listAll(world, DAMAGED);
    await sync(world, { ...world.ports });
    await world.clock.advance(60_000);
    const path = `${ROOT}/${FOLDER}/files/damaged.stl`;
    const damaged = world.fs.files().get(path)?.slice() ?? new Uint8Array();
    damaged.fill(0, CHUNK_SIZE, CHUNK_SIZE + 10);
    await put(world, path, damaged);
    // As where the disk itself spoilt it: nobody has written to it since it came.
    world.fs.touch(path, 0);
    return sceneOf(world, DAMAGED, {
      before: { "files/damaged.stl": damaged },
      act: (start) => repair(world, start, id),
    });
  },

  /** Two files that the user has elsewhere, one of them in the place of another one. */
  async adopted() {
    const world = makeWorld();
    listAll(world, OWNED);
    for (const { name, bytes } of OWNED) await put(world, `${MINE}/${name}`, bytes);
    await put(world, `${ROOT}/${FOLDER}/files/replaced.stl`, OLD);
    return sceneOf(world, OWNED, {
      before: { "files/replaced.stl": OLD },
      kept: [OLD, ...OWNED.map(({ bytes }) => bytes)],
      act: (start) => takeIn(world, start),
    });
  },
};

export function hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function listAll(world: World, files: readonly WorldFile[]): string[] {
  return world.list(1, files.map((file, i) => ({ ...file, ref: `mmf:object-1/file-${i + 1}` })));
}

function sceneOf(
  world: World,
  files: readonly WorldFile[],
  { before = {}, kept = [], act }: {
    readonly before?: Readonly<Record<string, Uint8Array>>;
    readonly kept?: readonly Uint8Array[];
    readonly act: Scene["act"];
  },
): Scene {
  return {
    world,
    right: new Map(
      files.map((
        { name, kind, bytes },
      ) => [`${FOLDER}/${kind ? "renders" : "files"}/${name}`, hex(bytes)]),
    ),
    before: new Map(
      Object.entries(before).map(([path, bytes]) => [`${FOLDER}/${path}`, hex(bytes)]),
    ),
    kept: kept.map(hex),
    act,
    [Symbol.dispose]: () => world[Symbol.dispose](),
  };
}

/** One sync of what is queued. */
async function sync(world: World, start: Start): Promise<unknown> {
  const { clock } = world;
  const { signal = new AbortController().signal } = start;
  const mints = new Mints({ store: start.store, clock });
  const run = new SyncRun(
    {
      ...world.ports,
      ...start,
      mints,
      connections: () => 3,
      emit: () => {},
      speeds: { add() {} },
    },
    [fakeClient()],
    {
      root: ROOT,
      concurrency: 3,
      newWanted: true,
      onlyQueue: true,
      longestWaitMs: PATIENCE_MS,
      signal,
    },
  );
  return await clock.finish(run.run());
}

/** What a verification with repair does of a file that it finds bad. */
async function repair(world: World, start: Start, id: string): Promise<unknown> {
  const { store, fs, signal = new AbortController().signal } = start;
  const file = store.files.get(id);
  const path = `${ROOT}/${file?.path}`;
  if (await fs.stat(path) && (await hashFile(fs, path, { signal })).sha256 !== file?.sha256) {
    await queueBad({ ...world.ports, ...start }, [id], signal);
  }
  return await sync(world, start);
}

/** Takes over what the user has, then fetches what is left. */
async function takeIn(world: World, start: Start): Promise<unknown> {
  const { fs, signal = new AbortController().signal } = start;
  const requireRoot = () => requireMarker(fs, ROOT);
  // A folder that is empty by now is no mistake.
  await fs.mkdir(MINE);
  const adopting = adopt({ ...world.ports, ...start, requireRoot }, {
    folder: MINE,
    how: "move",
    dryRun: false,
    signal,
    hear: { progress() {}, adopted() {}, unclear() {}, failed() {} },
  });
  await world.clock.finish(adopting);
  return await sync(world, start);
}

async function put({ fs }: World, path: string, bytes: Uint8Array): Promise<void> {
  await fs.mkdir(path.slice(0, path.lastIndexOf("/")));
  const file = await fs.open(path, { write: true });
  await file.write(bytes, 0);
  file.close();
}

function picture(length: number): Uint8Array<ArrayBuffer> {
  const bytes = content(length, 3);
  bytes.set([0x89, 0x50, 0x4e, 0x47]);
  return bytes;
}
