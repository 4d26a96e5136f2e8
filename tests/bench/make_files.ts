import { createHash } from "node:crypto";
import { join } from "node:path";

/** A file that is served. */
export interface BenchFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Makes files of random bytes, which no layer below can compress away. */
export async function makeFiles(dir: string, count: number, size: number): Promise<BenchFile[]> {
  await Deno.mkdir(dir, { recursive: true });
  const block = new Uint8Array(Math.min(size, 65_536));
  const files: BenchFile[] = [];
  for (let n = 0; n < count; n++) {
    const name = `${n}.bin`;
    const path = join(dir, name);
    const hash = createHash("sha256");
    using file = await Deno.open(path, { write: true, create: true });
    for (let at = 0; at < size; at += block.length) {
      const bytes = crypto.getRandomValues(block).subarray(0, size - at);
      hash.update(bytes);
      await file.write(bytes);
    }
    files.push({ name, path, size, sha256: hash.digest("hex") });
  }
  return files;
}
