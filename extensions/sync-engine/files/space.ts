import prettyBytes from "pretty-bytes";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Fs } from "../platform/ports.ts";

/** Options for {@linkcode requireSpace}. */
export interface RequireSpaceOptions {
  /**
   * Bytes that stay free for the database, the sidecars and everybody else. A fixed number: one percent of a large
   * drive would be tens of gigabytes that nobody needs.
   *
   * @default {268_435_456} 256 MiB
   */
  readonly reserve?: number;
}

/** So much is not used up before the next look: 4 GiB within a second. */
const AMPLE = 4 * 1024 ** 3;
const LOOK_MS = 1000;

/** Looks after the space on one volume for many files; where there is plenty, not for each of them. */
export class SpaceWatch {
  readonly #ports: { readonly fs: Fs; readonly clock: Clock };
  #free = 0;
  #seenAt = -Infinity;

  constructor(ports: { readonly fs: Fs; readonly clock: Clock }) {
    this.#ports = ports;
  }

  /** As {@linkcode requireSpace}. */
  async require(path: string, bytes: number): Promise<void> {
    const { fs, clock } = this.#ports;
    const now = clock.monotonic();
    if (now < this.#seenAt + LOOK_MS && this.#free - bytes > AMPLE) return;
    [this.#free, this.#seenAt] = [await requireSpace(fs, path, bytes), now];
  }
}

/**
 * Makes sure that `bytes` more fit on the volume that holds `path`.
 *
 * @param path Absolute; it need not exist yet.
 * @param bytes What is still to be written, 0 when the size is not known.
 * @returns How many are free.
 * @throws {SyncError} `diskFull` If there is less room than that and the reserve.
 */
export async function requireSpace(
  fs: Fs,
  path: string,
  bytes: number,
  options: RequireSpaceOptions = {},
): Promise<number> {
  const { reserve = 256 * 1024 * 1024 } = options;
  const free = await fs.freeSpace(path);
  const missing = bytes + reserve - free;
  if (missing <= 0) return free;
  throw new SyncError(
    "diskFull",
    `Cannot write to "${path}": ${prettyBytes(bytes)} are needed and ${
      prettyBytes(reserve)
    } stay in reserve, ` +
      `but only ${prettyBytes(free)} are free. Free ${prettyBytes(missing)} on that disk`,
  );
}
