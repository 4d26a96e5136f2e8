import { posix } from "node:path";
import { SyncError } from "../errors.ts";
import type { DirEntry, FileInfo, Fs, FsFile } from "../ports.ts";

/** One call of the port, as the fault hook sees it. */
export interface FsOperation {
  readonly name: keyof Fs | `file.${keyof FsFile}`;
  readonly path: string;
}

export interface MemoryFsOptions {
  /** Bytes that all files together may hold. @default {Infinity} */
  readonly capacity?: number;
  /** Called before each operation; what it throws, the operation throws. */
  readonly onOperation?: (operation: FsOperation) => void;
  /** Gives `modifiedAt`, in milliseconds since the Unix epoch. @default {() => 0} */
  readonly now?: () => number;
}

interface Node {
  /** At least `size` bytes; all zeros from there on, so that growing is cheap. */
  room: Uint8Array;
  size: number;
  modifiedAt: number;
  isOnlineOnly?: boolean;
}

function contentOf(node: Node): Uint8Array {
  return node.room.subarray(0, node.size);
}

/**
 * A disk in memory: POSIX paths, every file and directory in one map. `capacity` and `onOperation` may be
 * changed while it is in use.
 */
export class MemoryFs implements Fs {
  capacity: number;
  onOperation: ((operation: FsOperation) => void) | undefined;
  /** Files that are open. */
  handles = 0;
  readonly #now: () => number;
  /** Null is a directory. */
  readonly #tree = new Map<string, Node | null>([["/", null]]);

  constructor(options: MemoryFsOptions = {}) {
    this.capacity = options.capacity ?? Infinity;
    this.onOperation = options.onOperation;
    this.#now = options.now ?? (() => 0);
  }

  /** Bytes in all files. */
  get used(): number {
    let sum = 0;
    for (const node of new Set(this.#tree.values())) sum += node?.size ?? 0;
    return sum;
  }

  /** Says that a file was last changed then, in milliseconds since the Unix epoch. */
  touch(path: string, modifiedAt: number): void {
    const node = this.#tree.get(path);
    if (node) node.modifiedAt = modifiedAt;
  }

  /** Has a cloud drive keep the bytes of a file elsewhere: reading it fails from now on. */
  putOnline(path: string): void {
    const node = this.#tree.get(path);
    if (node) node.isOnlineOnly = true;
  }

  /** Every file's path with its bytes, sorted by path: the whole state, to compare with. */
  files(): ReadonlyMap<string, Uint8Array> {
    const files = [...this.#tree].flatMap(([path, node]) =>
      node ? [[path, contentOf(node).slice()] as const] : []
    );
    return new Map(files.sort(([a], [b]) => a < b ? -1 : 1));
  }

  // deno-lint-ignore require-await -- a refusal must reject, not throw
  async open(path: string, { write = false, truncate = false } = {}): Promise<FsFile> {
    this.#begin("open", path);
    let node = this.#tree.get(path);
    if (node === null) throw refuse("permission", "open", path, "it is a folder");
    if (node === undefined) {
      if (!write) throw refuse("diskFault", "open", path, "the file or folder is not there");
      this.#needParent("open", path);
      node = { room: new Uint8Array(), size: 0, modifiedAt: this.#now() };
      this.#tree.set(path, node);
    }
    if (write && truncate) {
      Object.assign(node, { room: new Uint8Array(), size: 0, modifiedAt: this.#now() });
    }
    return this.#handle(path, node, write);
  }

  // deno-lint-ignore require-await -- see above
  async readText(path: string): Promise<string | null> {
    this.#begin("readText", path);
    const node = this.#tree.get(path);
    if (node === null) throw refuse("permission", "read", path, "it is a folder");
    return node ? new TextDecoder().decode(contentOf(node)) : null;
  }

  // deno-lint-ignore require-await -- see above
  async writeTextAtomic(path: string, text: string): Promise<void> {
    this.#begin("writeTextAtomic", path);
    this.#needParent("write", path);
    if (this.#tree.get(path) === null) throw refuse("permission", "write", path, "it is a folder");
    const bytes = new TextEncoder().encode(text);
    // The old text stays until the new one is whole, so both need room at once.
    if (this.used + bytes.length > this.capacity) throw full(path);
    this.#tree.set(path, { room: bytes, size: bytes.length, modifiedAt: this.#now() });
  }

  // deno-lint-ignore require-await -- see above
  async rename(from: string, to: string): Promise<void> {
    this.#begin("rename", from);
    const node = this.#tree.get(from);
    if (node === undefined) {
      throw refuse("diskFault", "replace", to, "the file or folder is not there");
    }
    this.#needParent("replace", to);
    const target = this.#tree.get(to);
    const blocked = target !== undefined && (node === null) !== (target === null);
    if (blocked || (target === null && this.#childrenOf(to).length > 0)) {
      throw refuse("permission", "replace", to, "something of another kind is in the way");
    }
    for (const [path, moved] of [...this.#tree]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.#tree.delete(path);
      this.#tree.set(to + path.slice(from.length), moved);
    }
  }

  // deno-lint-ignore require-await -- see above
  async link(from: string, to: string): Promise<void> {
    this.#begin("link", from);
    const node = this.#tree.get(from);
    if (!node) throw refuse("permission", "link", to, "there is no such file");
    if (this.#tree.has(to)) throw refuse("permission", "link", to, "something is there");
    this.#needParent("link", to);
    this.#tree.set(to, node);
  }

  // deno-lint-ignore require-await -- see above
  async remove(path: string): Promise<void> {
    this.#begin("remove", path);
    if (this.#childrenOf(path).length > 0) {
      throw refuse("permission", "remove", path, "the folder is not empty");
    }
    this.#tree.delete(path);
  }

  // deno-lint-ignore require-await -- see above
  async mkdir(path: string): Promise<void> {
    this.#begin("mkdir", path);
    const missing: string[] = [];
    for (let at = path; this.#tree.get(at) !== null; at = posix.dirname(at)) {
      if (this.#tree.has(at)) {
        throw refuse("permission", "create folder", path, "a file is in the way");
      }
      missing.push(at);
    }
    for (const at of missing.reverse()) this.#tree.set(at, null);
  }

  // deno-lint-ignore require-await -- see above
  async stat(path: string): Promise<FileInfo | null> {
    this.#begin("stat", path);
    const node = this.#tree.get(path);
    if (node === undefined) return null;
    if (node === null) return { kind: "directory", size: 0, modifiedAt: 0, isOnlineOnly: false };
    const { size, modifiedAt, isOnlineOnly = false } = node;
    return { kind: "file", size, modifiedAt, isOnlineOnly };
  }

  // deno-lint-ignore require-await -- see above
  async list(path: string): Promise<DirEntry[]> {
    this.#begin("list", path);
    return this.#childrenOf(path).map((child) => ({
      name: posix.basename(child),
      kind: this.#tree.get(child) === null ? "directory" : "file",
    }));
  }

  // deno-lint-ignore require-await -- see above
  async syncDir(path: string): Promise<void> {
    this.#begin("syncDir", path);
    if (this.#tree.get(path) !== null) {
      throw refuse("diskFault", "flush folder", path, "the file or folder is not there");
    }
  }

  // deno-lint-ignore require-await -- see above
  async freeSpace(path: string): Promise<number> {
    this.#begin("freeSpace", path);
    return Math.max(0, Math.min(this.capacity, Number.MAX_SAFE_INTEGER) - this.used);
  }

  #handle(path: string, node: Node, writable: boolean): FsFile {
    let open = true;
    this.handles++;
    const begin = (name: keyof FsFile, writes = false) => {
      this.#begin(`file.${name}`, path);
      if (!open) throw refuse("bug", name, path, "something closed was used");
      if (writes && !writable) throw refuse("bug", name, path, "it was opened for reading only");
    };
    const resize = (size: number) => {
      if (size > node.size && this.used - node.size + size > this.capacity) throw full(path);
      if (size > node.room.length) {
        const room = new Uint8Array(Math.max(size, 2 * node.room.length));
        room.set(contentOf(node));
        node.room = room;
      }
      node.room.fill(0, size, Math.max(size, node.size));
      node.size = size;
    };
    return {
      // deno-lint-ignore require-await -- see above
      read: async (into, at) => {
        begin("read");
        const part = contentOf(node).subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      // deno-lint-ignore require-await -- see above
      write: async (data, at) => {
        begin("write", true);
        if (at + data.length > node.size) resize(at + data.length);
        node.room.set(data, at);
        node.modifiedAt = this.#now();
      },
      // deno-lint-ignore require-await -- see above
      truncate: async (size) => {
        begin("truncate", true);
        resize(size);
        node.modifiedAt = this.#now();
      },
      // deno-lint-ignore require-await -- see above
      size: async () => {
        begin("size");
        return node.size;
      },
      // deno-lint-ignore require-await -- see above
      sync: async () => begin("sync"),
      close: () => {
        if (open) this.handles--;
        open = false;
      },
    };
  }

  #begin(name: FsOperation["name"], path: string): void {
    this.onOperation?.({ name, path });
  }

  #needParent(action: string, path: string): void {
    if (this.#tree.get(posix.dirname(path)) !== null) {
      throw refuse("diskFault", action, path, "the file or folder is not there");
    }
  }

  #childrenOf(path: string): string[] {
    return [...this.#tree.keys()].filter((one) => one !== "/" && posix.dirname(one) === path);
  }
}

function refuse(
  kind: "permission" | "diskFault" | "bug",
  action: string,
  path: string,
  why: string,
): SyncError {
  return new SyncError(kind, `Cannot ${action} "${path}": ${why}`);
}

function full(path: string): SyncError {
  return new SyncError("diskFull", `Cannot write "${path}": the disk is full`);
}
