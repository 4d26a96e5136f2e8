import { resolve } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";

/**
 * The password of a server, from `--password-file` or `MMFSYNC_PASSWORD`; null when there is none.
 *
 * @throws {SyncError} `badInput` when the file is not there or empty.
 */
export async function readPassword(
  fs: Pick<Fs, "readText">,
  { passwordFile, password, cwd }: {
    readonly passwordFile: string | undefined;
    readonly password: string | undefined;
    readonly cwd: string;
  },
): Promise<string | null> {
  if (passwordFile === undefined) return password ? password : null;
  const path = resolve(cwd, passwordFile);
  const text = (await fs.readText(path))?.trim();
  if (!text) {
    const what = text === undefined ? "does not exist" : "is empty";
    throw new SyncError("badInput", `The password file "${path}" ${what}: put a password in it`);
  }
  return text;
}
