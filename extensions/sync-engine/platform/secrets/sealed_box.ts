import { Buffer } from "node:buffer";
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from "node:crypto";
import * as v from "valibot";
import { SyncError } from "../errors.ts";

/**
 * Version 1: scrypt with N = 2^15, r = 8, p = 1 (32 MiB, about 0.1 s) gives 64 bytes, of which the first
 * half encrypts with AES-256-GCM and the second proves the key; the header is authenticated too.
 */
const VERSION = 1;
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const TAG_BYTES = 16;

const HEADER = v.object({ format: v.literal("mmfsync-secrets"), version: v.number() });
const BOX = v.object({
  ...HEADER.entries,
  salt: v.string(),
  nonce: v.string(),
  /** Tells a wrong key from a damaged box. */
  proof: v.string(),
  data: v.string(),
  /** SHA-256 of all the above: damage by accident is told as such before any key is tried. */
  sum: v.string(),
});
type Box = v.InferOutput<typeof BOX>;

/** Seals texts with a passphrase and opens them again; remembers the key that it derived last. */
export interface SealedBox {
  /** A new salt and nonce each time. */
  seal(text: string): Promise<string>;
  /**
   * @throws {SyncError} `badInput` for another passphrase or a newer format, `integrity` for a box that
   * was changed.
   */
  open(box: string): Promise<string>;
}

/** @param passphrase At least 8 characters. */
export function createSealedBox(passphrase: string): SealedBox {
  if (passphrase.length < 8) {
    throw new SyncError(
      "badInput",
      `The key has ${passphrase.length} characters: give one of at least 8 in MMFSYNC_KEY or --key-file`,
    );
  }
  let last: { readonly salt: string; readonly keys: Keys } | undefined;
  const keysOf = async (salt: string): Promise<Keys> => {
    if (last?.salt !== salt) last = { salt, keys: await deriveKeys(passphrase, salt) };
    return last.keys;
  };

  return {
    async seal(text) {
      const salt = randomBytes(16).toString("base64");
      const nonce = randomBytes(12);
      const { encryption, proof } = await keysOf(salt);
      const head = {
        format: "mmfsync-secrets" as const,
        version: VERSION,
        salt,
        nonce: nonce.toString("base64"),
        proof: proofOf(proof, salt),
      };
      const cipher = createCipheriv("aes-256-gcm", encryption, nonce);
      cipher.setAAD(aadOf(head));
      const data = Buffer.concat([
        cipher.update(text, "utf8"),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      const box = { ...head, data: data.toString("base64") };
      return JSON.stringify({ ...box, sum: sumOf(box) });
    },

    async open(text) {
      const box = parseBox(text);
      const { encryption, proof } = await keysOf(box.salt);
      if (!equal(box.proof, proofOf(proof, box.salt))) {
        throw new SyncError(
          "badInput",
          "The key does not open the saved sign-ins: give the one that they were saved with in MMFSYNC_KEY or --key-file",
        );
      }
      try {
        const data = Buffer.from(box.data, "base64");
        const nonce = Buffer.from(box.nonce, "base64");
        const options = { authTagLength: TAG_BYTES };
        const decipher = createDecipheriv("aes-256-gcm", encryption, nonce, options);
        decipher.setAAD(aadOf(box));
        decipher.setAuthTag(data.subarray(-TAG_BYTES));
        const plain = decipher.update(data.subarray(0, -TAG_BYTES));
        return Buffer.concat([plain, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw damaged(cause);
      }
    },
  };
}

interface Keys {
  readonly encryption: Uint8Array;
  readonly proof: Uint8Array;
}

function deriveKeys(passphrase: string, salt: string): Promise<Keys> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize("NFC"), Buffer.from(salt, "base64"), 64, SCRYPT, (error, keys) => {
      if (error) reject(error);
      else resolve({ encryption: keys.subarray(0, 32), proof: keys.subarray(32) });
    });
  });
}

function parseBox(text: string): Box {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw damaged(cause);
  }
  const header = v.safeParse(HEADER, raw);
  if (header.success && header.output.version > VERSION) {
    throw new SyncError(
      "badInput",
      `The saved sign-ins have format ${header.output.version}, which a newer version wrote: update the app`,
    );
  }
  const box = v.safeParse(BOX, raw);
  if (!box.success || box.output.version !== VERSION) throw damaged();
  const { sum, ...rest } = box.output;
  if (!equal(sum, sumOf(rest))) throw damaged();
  return box.output;
}

function damaged(cause?: unknown): SyncError {
  return new SyncError(
    "integrity",
    "The saved sign-ins are damaged or were changed: delete the file and sign in again",
    { cause },
  );
}

function aadOf({ format, version, salt, nonce, proof }: Omit<Box, "data" | "sum">): Uint8Array {
  return Buffer.from(JSON.stringify([format, version, salt, nonce, proof]));
}

function proofOf(key: Uint8Array, salt: string): string {
  return createHmac("sha256", key).update(`mmfsync ${salt}`).digest("base64");
}

function sumOf({ format, version, salt, nonce, proof, data }: Omit<Box, "sum">): string {
  const all = JSON.stringify([format, version, salt, nonce, proof, data]);
  return createHash("sha256").update(all).digest("base64");
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
