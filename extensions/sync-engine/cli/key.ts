import { resolve } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";

/**
 * The passphrase of the encrypted secrets file, from `--key-file` or `MMFSYNC_KEY`; null for the keychain.
 *
 * @throws {SyncError} `badInput` when the file is not there or empty.
 */
export async function readKey(
  fs: Fs,
  { keyFile, key, cwd }: { keyFile: string | undefined; key: string | undefined; cwd: string },
): Promise<string | null> {
  if (keyFile === undefined) return key ? key : null;
  const path = resolve(cwd, keyFile);
  const text = (await fs.readText(path))?.trim();
  if (!text) {
    const what = text === undefined ? "does not exist" : "is empty";
    throw new SyncError("badInput", `The key file "${path}" ${what}: put a passphrase in it`);
  }
  return text;
}
