import { expect, test } from "vitest";
import { CHUNK_HASH_BYTES, ChunkHash, hasHash } from "./chunk_hash.ts";

const bytes = new TextEncoder().encode("Nobody inspects the spammish repetition");

test("ChunkHash is XXH64, as its authors publish it", () => {
  // The sanity check of the specification, for no bytes, and the example of its reference tool.
  expect(new ChunkHash().digest().toHex()).toBe("ef46db3751d8e999");
  expect(new ChunkHash().update(bytes).digest().toHex()).toBe("fbcea83c8a378bf1");
});

test("ChunkHash does not mind in which pieces the bytes come", () => {
  const hash = new ChunkHash();
  for (let i = 0; i < bytes.length; i += 7) hash.update(bytes.subarray(i, i + 7));
  expect(hash.digest()).toEqual(new ChunkHash().update(bytes).digest());
});

test("hasHash() notices a single bit, and a hash of another kind", () => {
  const hash = new ChunkHash().update(bytes).digest();
  expect(hash).toHaveLength(CHUNK_HASH_BYTES);
  expect(hasHash(bytes, hash)).toBe(true);
  const spoilt = bytes.slice();
  spoilt[20] = (spoilt[20] ?? 0) ^ 1;
  expect(hasHash(spoilt, hash)).toBe(false);
  expect(hasHash(bytes, new Uint8Array([...hash, 0]))).toBe(false);
});
