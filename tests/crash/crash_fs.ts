import { posix } from "node:path";
import type {
  DirEntry,
  FileInfo,
  Fs,
  FsFile,
} from "../../extensions/sync-engine/platform/ports.ts";
import { MemoryFs } from "../../extensions/sync-engine/platform/testing/memory_fs.ts";

/** What becomes of a change that was not flushed. `spoilt`: its bytes arrive as others. */
export type Fate = "applied" | "dropped" | "spoilt";

/** A file's bytes, whatever its names are. */
interface Inode {
  /** As last flushed. */
  stable: Uint8Array;
  /** What was done to the bytes since then, in order. */
  pending: (Write | Resize)[];
  /** When it was last changed, set when it loses its name. */
  modifiedAt?: number;
}

interface Write {
  readonly at: number;
  readonly bytes: Uint8Array;
}

interface Resize {
  readonly size: number;
}

/** Names of files; null is a directory. */
type Names = Map<string, Inode | null>;

/** A change of names that may be lost until one of these directories is flushed. */
interface Renaming {
  readonly directories: readonly string[];
  readonly apply: (names: Names) => void;
}

/**
 * A disk that remembers what was not flushed, so that a power cut can be played: each write and each change of a name
 * since its last flush is applied, dropped or, where it has bytes, spoilt, on its own. It is harsher than journalling file
 * systems, except that a directory is as stable as what was flushed below it, and a rename is never half done.
 */
export class CrashFs implements Fs {
  readonly #live: MemoryFs;
  readonly #names: Names = new Map();
  readonly #stable: Names = new Map();
  #renamings: Renaming[] = [];

  /** @param live Where everything happens; what is there already is stable. */
  constructor(live: MemoryFs) {
    this.#live = live;
    for (const [path, bytes] of live.files()) {
      const inode: Inode = { stable: bytes, pending: [] };
      for (const names of [this.#names, this.#stable]) {
        makeParents(names, path);
        names.set(path, inode);
      }
    }
  }

  /** The disk as the next start finds it. */
  async cut(fateOf: () => Fate): Promise<MemoryFs> {
    const names = new Map(this.#stable);
    for (const { apply } of this.#renamings) if (fateOf() !== "dropped") apply(names);
    const contents = new Map<Inode, Uint8Array>();
    const after = new MemoryFs();
    for (const [path, inode] of [...names].sort(([a], [b]) => a < b ? -1 : 1)) {
      await after.mkdir(inode ? posix.dirname(path) : path);
      if (!inode) continue;
      const bytes = contents.get(inode) ?? contentAfter(inode, fateOf);
      contents.set(inode, bytes);
      const file = await after.open(path, { write: true });
      await file.write(bytes, 0);
      file.close();
      after.touch(path, await this.#modifiedAt(inode));
    }
    return after;
  }

  async open(path: string, { write = false, truncate = false } = {}): Promise<FsFile> {
    const file = await this.#live.open(path, { write });
    let inode = this.#names.get(path);
    if (!inode) {
      inode = { stable: new Uint8Array(), pending: [] };
      const made = inode;
      this.#rename([path], (names) => names.set(path, made));
    }
    const opened = watched(file, inode, () => this.#keepParents(path));
    if (write && truncate) await opened.truncate(0);
    return opened;
  }

  readText(path: string): Promise<string | null> {
    return this.#live.readText(path);
  }

  async writeTextAtomic(path: string, text: string, { sync = false } = {}): Promise<void> {
    await this.#live.writeTextAtomic(path, text);
    const bytes = new TextEncoder().encode(text);
    const inode: Inode = sync
      ? { stable: bytes, pending: [] }
      : { stable: new Uint8Array(), pending: [{ at: 0, bytes }] };
    this.#rename([path], (names) => names.set(path, inode));
    if (sync) this.#keepNames(posix.dirname(path));
  }

  async rename(from: string, to: string): Promise<void> {
    const replaced = this.#names.get(to);
    if (replaced) replaced.modifiedAt = await this.#modifiedAt(replaced);
    await this.#live.rename(from, to);
    this.#rename([from, to], (names) => {
      for (const [path, inode] of [...names]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        names.delete(path);
        names.set(to + path.slice(from.length), inode);
      }
    });
  }

  async link(from: string, to: string): Promise<void> {
    await this.#live.link(from, to);
    const inode = this.#names.get(from);
    if (inode) this.#rename([to], (names) => names.set(to, inode));
  }

  async remove(path: string): Promise<void> {
    const removed = this.#names.get(path);
    if (removed) removed.modifiedAt = await this.#modifiedAt(removed);
    await this.#live.remove(path);
    if (this.#names.has(path)) this.#rename([path], (names) => names.delete(path));
  }

  async mkdir(path: string): Promise<void> {
    await this.#live.mkdir(path);
    if (!this.#names.has(path)) this.#rename([path], (names) => makeParents(names, `${path}/-`));
  }

  stat(path: string): Promise<FileInfo | null> {
    return this.#live.stat(path);
  }

  list(path: string): Promise<DirEntry[]> {
    return this.#live.list(path);
  }

  async syncDir(path: string): Promise<void> {
    await this.#live.syncDir(path);
    this.#keepNames(path);
  }

  freeSpace(path: string): Promise<number> {
    return this.#live.freeSpace(path);
  }

  #rename(paths: readonly string[], change: (names: Names) => void): void {
    change(this.#names);
    const directories = paths.map((path) => posix.dirname(path));
    // Without its directory a name is nowhere: what it depends on was lost.
    const apply = (names: Names) => {
      const before = new Map(names);
      change(names);
      for (const path of names.keys()) {
        if (before.has(path) || names.get(posix.dirname(path)) === null || path === "/") continue;
        if (names.get(path) !== null) names.delete(path);
      }
    };
    this.#renamings.push({ directories, apply });
  }

  #keepNames(directory: string): void {
    this.#keepParents(`${directory}/-`);
    this.#renamings = this.#renamings.filter(({ directories, apply }) => {
      if (!directories.includes(directory)) return true;
      apply(this.#stable);
      return false;
    });
  }

  #keepParents(path: string): void {
    makeParents(this.#stable, path);
  }

  /** Looks without being counted as an operation. */
  async #modifiedAt(inode: Inode): Promise<number> {
    const [path] = [...this.#names].find(([, one]) => one === inode) ?? [];
    if (path === undefined) return inode.modifiedAt ?? 0;
    const { onOperation } = this.#live;
    this.#live.onOperation = undefined;
    const looking = this.#live.stat(path);
    this.#live.onOperation = onOperation;
    return (await looking)?.modifiedAt ?? 0;
  }
}

function watched(file: FsFile, inode: Inode, keepParents: () => void): FsFile {
  return {
    read: (into, at) => file.read(into, at),
    async write(data, at) {
      await file.write(data, at);
      inode.pending.push({ at, bytes: data.slice() });
    },
    async truncate(size) {
      await file.truncate(size);
      inode.pending.push({ size });
    },
    size: () => file.size(),
    async sync() {
      const count = inode.pending.length;
      await file.sync();
      inode.stable = replay(inode.stable, inode.pending.splice(0, count));
      keepParents();
    },
    close: () => file.close(),
  };
}

function contentAfter({ stable, pending }: Inode, fateOf: () => Fate): Uint8Array {
  const survived = pending.flatMap((change) => {
    const fate = fateOf();
    if (fate === "dropped") return [];
    if (fate === "applied" || "size" in change) return [change];
    return [{ at: change.at, bytes: change.bytes.map((byte) => byte ^ 0x5a) }];
  });
  return replay(stable, survived);
}

function replay(before: Uint8Array, changes: readonly (Write | Resize)[]): Uint8Array {
  let size = before.length;
  let room = size;
  for (const change of changes) {
    size = "size" in change ? change.size : Math.max(size, change.at + change.bytes.length);
    room = Math.max(room, size);
  }
  const bytes = new Uint8Array(room);
  bytes.set(before);
  for (const change of changes) {
    if ("size" in change) bytes.fill(0, change.size);
    else bytes.set(change.bytes, change.at);
  }
  return bytes.subarray(0, size);
}

function makeParents(names: Names, path: string): void {
  for (let at = posix.dirname(path);; at = posix.dirname(at)) {
    names.set(at, null);
    if (at === "/") return;
  }
}
