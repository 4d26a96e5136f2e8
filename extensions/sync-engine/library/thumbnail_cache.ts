import { dirname, join } from "node:path";
import type { Fs } from "../platform/ports.ts";
import { readWhole } from "./read_whole.ts";

const CAPACITY = 512 * 1024 * 1024;

const KEY = /^[0-9a-f]{64}$/;

/**
 * Small pictures on disk, each in a file of its own that is named after its key. When they come to more than the
 * capacity, those go whose last use is longest ago; across restarts, which were written first.
 *
 * Nothing here is needed: what cannot be read is not there, and losing all of it costs only asking again.
 */
export class ThumbnailCache {
  readonly #fs: Fs;
  readonly #dir: string;
  readonly #capacity: number;
  /** Bytes of each picture, the longest unused first. Null until something is written. */
  #sizes: Promise<Map<string, number>> | null = null;
  #total = 0;

  /**
   * @param dir Absolute; made when it is first written to.
   * @param capacity Bytes of all pictures together.
   */
  constructor(fs: Fs, dir: string, capacity = CAPACITY) {
    this.#fs = fs;
    this.#dir = dir;
    this.#capacity = capacity;
  }

  /**
   * @param key 64 hexadecimal digits.
   * @returns Null when there is none.
   */
  async get(key: string): Promise<Uint8Array | null> {
    const bytes = await readWhole(this.#fs, this.#pathOf(key), this.#capacity);
    const sizes = await this.#sizes?.catch(() => null);
    const size = sizes?.get(key);
    if (sizes && size !== undefined) {
      // A Map iterates in insertion order.
      sizes.delete(key);
      sizes.set(key, size);
    }
    return bytes;
  }

  /**
   * Keeps a picture. What is larger than all of the cache is not kept.
   *
   * @throws {SyncError} `diskFull`, `permission`: it was not kept
   */
  async put(key: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.#capacity) return;
    const sizes = await (this.#sizes ??= this.#look());
    const path = this.#pathOf(key);
    await this.#fs.mkdir(dirname(path));
    await this.#writeWhole(path, bytes);
    this.#forget(sizes, key);
    sizes.set(key, bytes.length);
    this.#total += bytes.length;
    await this.#makeRoom(sizes);
  }

  async #makeRoom(sizes: Map<string, number>): Promise<void> {
    for (const key of sizes.keys()) {
      if (this.#total <= this.#capacity) return;
      this.#forget(sizes, key);
      await this.#fs.remove(this.#pathOf(key));
    }
  }

  #forget(sizes: Map<string, number>, key: string): void {
    this.#total -= sizes.get(key) ?? 0;
    sizes.delete(key);
  }

  /** So that a crash leaves no half of a picture under its name. */
  async #writeWhole(path: string, bytes: Uint8Array): Promise<void> {
    const temporary = `${path}.new`;
    try {
      const file = await this.#fs.open(temporary, { write: true });
      try {
        await file.write(bytes, 0);
        await file.truncate(bytes.length);
      } finally {
        file.close();
      }
      await this.#fs.rename(temporary, path);
    } catch (error) {
      await this.#fs.remove(temporary).catch(() => {});
      throw error;
    }
  }

  async #look(): Promise<Map<string, number>> {
    try {
      return await this.#list();
    } catch (error) {
      this.#sizes = null;
      throw error;
    }
  }

  /** What earlier runs left; removes what they left unfinished. */
  async #list(): Promise<Map<string, number>> {
    const found: { key: string; size: number; modifiedAt: number }[] = [];
    for (const folder of await this.#fs.list(this.#dir)) {
      if (folder.kind !== "directory") continue;
      for (const { name } of await this.#fs.list(join(this.#dir, folder.name))) {
        const path = join(this.#dir, folder.name, name);
        const info = await this.#fs.stat(path);
        if (info?.kind !== "file") continue;
        if (KEY.test(name)) found.push({ key: name, ...info });
        else if (name.endsWith(".new")) await this.#fs.remove(path);
      }
    }
    found.sort((a, b) => a.modifiedAt - b.modifiedAt);
    this.#total = found.reduce((sum, { size }) => sum + size, 0);
    return new Map(found.map(({ key, size }) => [key, size]));
  }

  #pathOf(key: string): string {
    return join(this.#dir, key.slice(0, 2), key);
  }
}
