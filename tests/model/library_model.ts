/** What is known of a file without looking at the disk. */
export interface ModelFile {
  /** Contents that the site ever had, the newest last. */
  readonly versions: string[];
  /** Contents that were here once and were not removed: to be found at its place or in `.versions/`. */
  arrived: Set<string>;
  removed: boolean;
}

/** Contents by path below the root. */
export type Tree = ReadonlyMap<string, string>;

/** What a library has to be like, by what was done to it: as little of it as can be said without knowing how it works. */
export class LibraryModel {
  readonly files = new Map<string, ModelFile>();
  online = true;
  held = false;

  add(path: string, content: string): void {
    this.files.set(path, { versions: [content], arrived: new Set(), removed: false });
  }

  change(path: string, content: string): void {
    this.files.get(path)?.versions.push(content);
  }

  remove(path: string): void {
    const file = this.files.get(path);
    if (file) Object.assign(file, { removed: true, arrived: new Set() });
  }

  restore(path: string): void {
    const file = this.files.get(path);
    if (file) file.removed = false;
  }

  /**
   * What is wrong with what is here, null when nothing is.
   *
   * @param isSynced Whether all that can be had has to be here.
   */
  faultOf(here: Tree, kept: readonly string[], isSynced: boolean): string | null {
    for (const path of here.keys()) if (!this.files.has(path)) return `${path} is nobody's`;
    for (const [path, { versions, arrived, removed }] of this.files) {
      const found = here.get(path);
      if (found !== undefined && !versions.includes(found)) return `${path} is wrong`;
      if (removed && found !== undefined) return `${path} was removed and is here`;
      if (isSynced && !removed && found !== versions.at(-1)) return `${path} is not here`;
      if (found !== undefined) arrived.add(found);
      const lost = [...arrived].filter((one) => one !== found && !kept.includes(one));
      if (lost.length > 0) return `a version of ${path} was lost`;
    }
    return null;
  }
}
