import type { Fs } from "../platform/ports.ts";

/**
 * Renames a damaged file to `<name>.damaged` (`.damaged-2`, … where that is taken), so that nothing is ever
 * overwritten that somebody may still want to look at.
 *
 * @returns The new path.
 */
export async function keepAside(fs: Fs, path: string): Promise<string> {
  for (let n = 1;; n++) {
    const aside = n === 1 ? `${path}.damaged` : `${path}.damaged-${n}`;
    if (await fs.stat(aside)) continue;
    await fs.rename(path, aside);
    return aside;
  }
}
