import { join } from "node:path";
import { ENGINE_FLAGS } from "../../extensions/sync-engine/cli/engine_flags.mjs";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { openStore } from "../../extensions/sync-engine/store/store.ts";
import { makeAsset, makeFile } from "../../extensions/sync-engine/store/testing/make_assets.ts";
import { projectPath } from "../support/profile.ts";
import type { Command } from "./measure.ts";

/** Files of a model: what a library has on average. */
const FILES_PER_ASSET = 10;

/** A file to fetch. */
export interface QueuedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Makes a profile below an empty directory, whose queue holds these files, below `origin` by their names.
 *
 * @param connections Most for one large file.
 * @returns The command that works the queue off; only that is measured.
 */
// deno-lint-ignore require-await -- as the peers', which have lists to write
export async function prepareQueue(
  out: string,
  origin: string,
  files: readonly QueuedFile[],
  connections = 4,
): Promise<Command> {
  const store = openStore({ dir: join(out, "app"), clock: systemClock });
  store.transaction(() => {
    const scan = store.scans.start("bench");
    for (let start = 0; start < files.length; start += FILES_PER_ASSET) {
      const id = `bench:object-${start}`;
      const folder = `Bench/Creator/Model ${start}`;
      store.assets.upsertMany([makeAsset(start, { id, provider: "bench" })], scan);
      store.assets.setFolder(id, folder, folder.toLowerCase());
      store.files.upsertForAsset(
        id,
        files.slice(start, start + FILES_PER_ASSET).map(({ name, size }, i) => {
          const path = `${folder}/files/${name}`;
          const ref = `${origin}/${name}`;
          return makeFile(id, start + i, { name, path, pathKey: path.toLowerCase(), size, ref });
        }),
      );
    }
    store.jobs.enqueueMany(store.files.toFetch());
  });
  store.close();
  return {
    program: Deno.execPath(),
    args: [
      "run",
      "-A",
      ...ENGINE_FLAGS,
      projectPath("tests/bench/run_queue.ts"),
      out,
      `${connections}`,
    ],
  };
}
