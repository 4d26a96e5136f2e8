import { join } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";
import { type ParsedSidecar, SIDECAR_NAME } from "./datapackage.ts";
import { isTheirs } from "./find_extras.ts";
import { isRelativePath } from "./resolve_in_root.ts";
import { readSidecar } from "./sidecar.ts";

/** A model folder with what its sidecar says. */
export interface FoundSidecar {
  /** Of the model, below the root, '/'-separated. */
  readonly folder: string;
  readonly parsed: ParsedSidecar;
}

const READS_AT_ONCE = 32;

/**
 * Reads the sidecars of all model folders (`<Provider>/<Creator>/<Model>`), some at a time, in a stable order. Links are
 * not followed.
 *
 * @throws {SyncError} `cancelled` When the signal aborts; or whatever the disk fails with.
 */
export async function* findSidecars(
  fs: Fs,
  root: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly FoundSidecar[]> {
  for (const provider of await folders("")) {
    for (const creator of await folders(provider)) {
      const models = await folders(creator);
      for (let start = 0; start < models.length; start += READS_AT_ONCE) {
        if (signal?.aborted) {
          throw new SyncError("cancelled", "Stopped", { cause: signal.reason });
        }
        yield await read(models.slice(start, start + READS_AT_ONCE));
      }
    }
  }

  async function folders(below: string): Promise<string[]> {
    const entries = await fs.list(join(root, ...below.split("/")));
    return entries
      .filter((entry) =>
        entry.kind === "directory" && isTheirs(entry) && isRelativePath(entry.name)
      )
      .map(({ name }) => below === "" ? name : `${below}/${name}`)
      .sort();
  }

  async function read(models: readonly string[]): Promise<readonly FoundSidecar[]> {
    const found = await Promise.all(models.map(async (folder) => {
      const parsed = await readSidecar(fs, join(root, ...folder.split("/"), SIDECAR_NAME));
      return parsed && { folder, parsed };
    }));
    return found.filter((one) => one !== null);
  }
}
