import { join } from "node:path";
import { SyncError } from "../errors.ts";
import { createDiskFs } from "../fs.ts";
import type { Fs, Secrets } from "../ports.ts";
import { createEncryptedFileSecrets } from "./encrypted_file.ts";
import { openKeychain } from "./keychain.ts";

export interface OpenSecretsOptions {
  /** The app's data directory; the encrypted file lies in it. */
  readonly dir: string;
  /** From `MMFSYNC_KEY` or `--key-file`. Given, the encrypted file is used and no keychain. */
  readonly key?: string | undefined;
  /** Keeps keychain entries of a profile, test or demo apart. @default {""} */
  readonly namespace?: string;
  /** @default {the disk, with new files that only their owner reads} */
  readonly fs?: Fs;
  /** @default {openKeychain} */
  readonly keychain?: (options: { namespace: string }) => Promise<Secrets>;
}

/**
 * Where this machine keeps credentials: the encrypted file when there is a key, else the keychain if
 * it proves to work.
 *
 * @throws {SyncError} `permission` when there is neither; the message tells how to set a key.
 */
export async function openSecrets(options: OpenSecretsOptions): Promise<Secrets> {
  const { dir, key, namespace = "", keychain = openKeychain } = options;
  if (key !== undefined) {
    const fs = options.fs ?? createDiskFs({ fileMode: 0o600 });
    await fs.mkdir(dir);
    return createEncryptedFileSecrets({ fs, path: join(dir, "secrets.json.enc"), key });
  }
  try {
    const secrets = await keychain({ namespace });
    await probe(secrets);
    return secrets;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SyncError(
      "permission",
      `${why}. Unlock the keychain, or keep sign-ins in an encrypted file: set MMFSYNC_KEY to a passphrase, or give --key-file`,
      { cause },
    );
  }
}

/** A keychain may be there and still be locked, read-only or forgetful. */
async function probe(secrets: Secrets): Promise<void> {
  // Two engines that start at once must not see each other's probe.
  const name = `probe-${crypto.randomUUID()}`;
  await secrets.set("mmfsync", name, name);
  const kept = await secrets.get("mmfsync", name);
  await secrets.delete("mmfsync", name);
  if (kept !== name) {
    throw new SyncError("permission", "The system's keychain forgets what it is given");
  }
}
