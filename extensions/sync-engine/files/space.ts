import prettyBytes from "pretty-bytes";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";

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

/**
 * Makes sure that `bytes` more fit on the volume that holds `path`.
 *
 * @param path Absolute; it need not exist yet.
 * @param bytes What is still to be written, 0 when the size is not known.
 * @throws {SyncError} `diskFull` If there is less room than that and the reserve.
 */
export async function requireSpace(
  fs: Fs,
  path: string,
  bytes: number,
  options: RequireSpaceOptions = {},
): Promise<void> {
  const { reserve = 256 * 1024 * 1024 } = options;
  const free = await fs.freeSpace(path);
  const missing = bytes + reserve - free;
  if (missing <= 0) return;
  throw new SyncError(
    "diskFull",
    `Cannot write to "${path}": ${prettyBytes(bytes)} are needed and ${
      prettyBytes(reserve)
    } stay in reserve, ` +
      `but only ${prettyBytes(free)} are free. Free ${prettyBytes(missing)} on that disk`,
  );
}
