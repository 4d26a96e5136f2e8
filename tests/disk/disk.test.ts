import { join } from "node:path";
import { expect, test } from "vitest";
import { MARKER_NAME } from "../../extensions/sync-engine/files/marker.ts";
import { expectAll, expectTruth } from "../hostile/truth.ts";
import { openWorld, type World } from "../hostile/world.ts";
import { CANNOT_MOUNT, mountFolder, mountMemory } from "./volume.ts";

const MB = 1_000_000;

/** About ten files of 8 MB that come slowly enough for something to happen meanwhile. */
const SLOW = { objects: 10, fileSize: 8 * MB, images: 0, bytesPerSecond: 60 * MB };

// deno-lint-ignore no-console -- what was not tried must be heard
if (CANNOT_MOUNT) console.warn(`SKIPPED: no real disk was filled or unplugged: ${CANNOT_MOUNT}`);

/** Calls `act` once, as soon as `isTime`; looked at every millisecond or so. */
function when(isTime: () => boolean, act: () => void): Disposable {
  const timer = setInterval(() => {
    if (!isTime()) return;
    clearInterval(timer);
    act();
  }, 1);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Whether so many bytes of any file have come that has no final name yet. */
function isFetching(root: string, bytes: number): boolean {
  return [...walk(root)].some((path) => path.endsWith(".part") && sizeOf(path) > bytes);
}

function* walk(folder: string): Iterable<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* walk(path);
    else yield path;
  }
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}

const isTold = ({ profile }: World, text: RegExp) =>
  profile.heard.some((one) => text.test(JSON.stringify(one)));

test.skipIf(CANNOT_MOUNT !== null)(
  "sync() waits on a real disk that another program has filled, and goes on when there is room",
  async () => {
    await using world = await openWorld({ site: SLOW });
    const { profile: { root, engine }, simulator } = world;
    Deno.mkdirSync(root);
    await using _volume = mountMemory(root, 500 * 1024 * 1024);
    const ballast = join(root, "somebody-else.bin");
    using _fill = when(() => isFetching(root, MB), () => fill(ballast));
    using _free = when(
      () => isTold(world, /"event":"waiting".*diskFull/),
      () => Deno.removeSync(ballast),
    );
    const summary = await engine.sync();
    // It was the system that said so: there was room when the file was begun.
    expect(isTold(world, /"event":"fileFailed".*the disk is full/)).toBe(true);
    await expectAll(world.profile, simulator, summary);
  },
);

/** Takes all the room that there is. */
function fill(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true });
  for (let piece = new Uint8Array(8 * 1024 * 1024); piece.length >= 4096;) {
    try {
      if (file.writeSync(piece) < piece.length) piece = piece.subarray(0, piece.length / 2);
    } catch {
      piece = piece.subarray(0, piece.length / 2);
    }
  }
}

const UNPLUGS = [
  { how: "unmounted", impossible: CANNOT_MOUNT },
  { how: "renamed away", impossible: null },
];

test.each(UNPLUGS.filter(({ impossible }) => impossible === null))(
  "sync() stops when the root is $how in the middle, puts nothing in its place, and goes on when it is back",
  async ({ how }) => {
    await using world = await openWorld({ site: SLOW });
    const { profile: { root, engine }, simulator } = world;
    const elsewhere = `${root}-elsewhere`;
    Deno.mkdirSync(root);
    Deno.mkdirSync(elsewhere);
    const isMounted = how === "unmounted";
    await using volume = isMounted ? mountFolder(elsewhere, root) : null;
    if (!isMounted) Deno.removeSync(elsewhere);
    const unplug = () => volume ? volume.unplug() : Deno.renameSync(root, elsewhere);
    using _cable = when(() => isFetching(root, MB), unplug);

    const { problems } = await engine.sync();
    expect(problems).toMatchObject([{ error: { code: "permission" } }]);
    expect(JSON.stringify(problems)).toMatch(/connect its drive/);
    if (volume) expect([...Deno.readDirSync(root)]).toEqual([]);
    else expect(sizeOf(join(root, MARKER_NAME))).toBe(0);

    if (volume) volume.plugIn();
    else {
      // Nothing but empty folders can stand there.
      try {
        Deno.removeSync(root, { recursive: true });
      } catch {
        // Not even that.
      }
      Deno.renameSync(elsewhere, root);
    }
    await expectTruth(world.profile, simulator);
    await expectAll(world.profile, simulator, await engine.sync());
  },
);
