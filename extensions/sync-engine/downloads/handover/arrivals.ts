import { join } from "node:path";
import type { Fs } from "../../platform/ports.ts";
import type { Owned } from "../adoption/look_around.ts";

/** What browsers call a download until it is finished. */
const UNFINISHED = /\.(?:part|partial|crdownload|download|opdownload|tmp)$/i;

/** Finds files that have come into a folder and grow no more. Folders in it are not looked into. */
export class Arrivals {
  readonly #fs: Pick<Fs, "list" | "stat">;
  readonly #folder: string;
  /** Size and time of what was there at the last look, by name. */
  #before = new Map<string, string>();
  /** The same of what was told already. */
  #told = new Map<string, string>();

  /** @param folder Absolute. */
  constructor(fs: Pick<Fs, "list" | "stat">, folder: string) {
    this.#fs = fs;
    this.#folder = folder;
  }

  /** Has everything told again. */
  forget(): void {
    this.#told.clear();
  }

  /** Has one file told again. */
  forgetOne(name: string): void {
    this.#told.delete(name);
  }

  /** Files that are as they were at the last look, each told once. */
  async settled(): Promise<Owned[]> {
    const entries = await this.#fs.list(this.#folder);
    const names = new Set(entries.map(({ name }) => name));
    const now = new Map<string, string>();
    const settled: Owned[] = [];
    for (const { name, kind } of entries) {
      if (kind !== "file" || name.startsWith(".") || UNFINISHED.test(name)) continue;
      // Firefox puts an empty file in the place until the one beside it is whole.
      if (names.has(`${name}.part`)) continue;
      const path = join(this.#folder, name);
      const info = await this.#fs.stat(path);
      if (info?.kind !== "file" || info.size === 0) continue;
      const state = `${info.size} ${info.modifiedAt}`;
      now.set(name, state);
      if (this.#before.get(name) !== state || this.#told.get(name) === state) continue;
      this.#told.set(name, state);
      settled.push({ path, name, size: info.size });
    }
    this.#before = now;
    return settled;
  }
}
