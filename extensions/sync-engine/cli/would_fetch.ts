import type { Events } from "../protocol.ts";
import { count, printable, size } from "./wording.ts";

interface Model {
  readonly title: string;
  files: number;
  bytes: number;
  /** Files whose size the site does not tell. */
  unknown: number;
}

/** What a dry run would fetch, model by model. */
export class WouldFetch {
  readonly #models = new Map<string, Model>();

  add({ path, size }: Events["wouldFetch"]): void {
    // <Provider>/<Creator>/<Model>/…
    const folder = path.split("/").slice(0, 3);
    const key = folder.join("/");
    const model = this.#models.get(key) ??
      { title: folder.at(-1) ?? path, files: 0, bytes: 0, unknown: 0 };
    model.files++;
    if (size === null) model.unknown++;
    else model.bytes += size;
    this.#models.set(key, model);
  }

  /** One line for each model; what was told is forgotten. */
  take(): string[] {
    const lines = [...this.#models.values()].map(lineOf);
    this.#models.clear();
    return lines;
  }
}

function lineOf({ title, files, bytes, unknown }: Model): string {
  const sizes = unknown === files
    ? "size unknown"
    : `${size(bytes)}${unknown === 0 ? "" : " as far as known"}`;
  return `${printable(title)}: ${count(files, "file")}, ${sizes}`;
}
