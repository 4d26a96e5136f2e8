import { expect } from "vitest";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import { expectTruth, fileRows } from "./truth.ts";
import { openWorld, type World, type WorldOptions } from "./world.ts";

const STORAGE = "https://dl4.myminifactory.com";

/** A world whose user waits for one large file. */
export interface LargeWorld extends World {
  readonly objectId: number;
  /** Bytes of the one file of the one wanted model. */
  readonly size: number;
}

/**
 * A world whose user wants one model of one file, and has scanned the library already.
 *
 * @param options.moreThan Bytes that the file has at least, about three chunks where nothing else is said.
 */
export async function openLarge(
  { moreThan = 2 * CHUNK_SIZE + 500_000, ...options }: WorldOptions & {
    readonly moreThan?: number;
  } = {},
): Promise<LargeWorld> {
  const world = await openWorld({
    ...options,
    site: { fileSize: 12_000_000, images: 0, ...options.site },
  });
  const { engine } = world.profile;
  engine.changeSettings({ newWanted: false });
  await engine.sync();
  const models = Map.groupBy(world.simulator.reference(), ({ objectId }) => objectId);
  for (const [objectId, [file, ...others]] of models) {
    if (!file?.name.endsWith(".stl") || file.size <= moreThan || others.length > 0) continue;
    await engine.library.setWanted({ which: [`mmf:object-${objectId}`], wanted: true });
    return { ...world, objectId, size: file.size };
  }
  throw new Error("The library has no model of one large file");
}

/** What storage was asked for, in order, and what it sent. */
export function ranges({ simulator }: World) {
  return simulator.requests.to(STORAGE).map(({ headers, sent, status }) => ({
    from: Number(/^bytes=(\d+)-/.exec(headers["range"] ?? "")?.[1]),
    sent,
    status,
    ifRange: headers["if-range"] ?? null,
  }));
}

/** Proves that the wanted file is here, right, and that nothing else is. */
export async function expectFile({ profile, simulator }: World): Promise<void> {
  expect(await expectTruth(profile, simulator)).toBe(1);
  expect(profile.engine.status().queue).toEqual({ queued: 0, running: 0, paused: 0, failed: 0 });
  const [row] = fileRows(profile);
  expect(profile.heard.filter(({ event }) => event === "fileDone")).toMatchObject([
    { data: { fileId: row?.id, bytes: row?.size } },
  ]);
}
