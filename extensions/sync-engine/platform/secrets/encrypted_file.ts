import * as v from "valibot";
import { SyncError } from "../errors.ts";
import { createInTurn } from "../in_turn.ts";
import type { Fs, Secrets } from "../ports.ts";
import { accountOf } from "./account_of.ts";
import { createSealedBox } from "./sealed_box.ts";

const CONTENT = v.record(v.string(), v.string());
type Content = v.InferOutput<typeof CONTENT>;

export interface EncryptedFileOptions {
  /** A disk whose new files only their owner reads: `createDiskFs({ fileMode: 0o600 })`. */
  readonly fs: Fs;
  readonly path: string;
  /** The passphrase, at least 8 characters. White space around it does not count. */
  readonly key: string;
}

/**
 * Secrets in one encrypted file, for machines without a keychain. The file is read for every call, and
 * replaced whole and flushed for every change. A file that the key does not open is never replaced.
 */
export function createEncryptedFileSecrets({ fs, path, key }: EncryptedFileOptions): Secrets {
  const box = createSealedBox(key.trim());
  const inTurn = createInTurn();

  const read = async (): Promise<Content> => {
    const sealed = await fs.readText(path);
    if (sealed === null) return {};
    const text = await box.open(sealed);
    const content = v.safeParse(CONTENT, JSON.parse(text));
    if (content.success) return content.output;
    throw new SyncError("integrity", "The saved sign-ins are not understood: sign in again");
  };
  const write = async (content: Content): Promise<void> => {
    await fs.writeTextAtomic(path, await box.seal(JSON.stringify(content)), { sync: true });
  };

  return {
    get: (scope, name) =>
      inTurn(async () => {
        const account = accountOf(scope, name);
        const content = await read();
        return Object.hasOwn(content, account) ? content[account] ?? null : null;
      }),
    set: (scope, name, value) =>
      inTurn(async () => {
        const account = accountOf(scope, name);
        await write({ ...await read(), [account]: value });
      }),
    delete: (scope, name) =>
      inTurn(async () => {
        const account = accountOf(scope, name);
        const { [account]: removed, ...rest } = await read();
        if (removed === undefined) return;
        if (Object.keys(rest).length === 0) await fs.remove(path);
        else await write(rest);
      }),
  };
}
