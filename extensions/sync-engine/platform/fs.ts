import { basename, dirname } from "node:path";
import { statfs } from "node:fs/promises";
import { classifyDiskError } from "./classify_thrown.ts";
import { type IsOnlineOnly, onlineOnlyTest } from "./placeholder.ts";
import { PositionedFile } from "./positioned_file.ts";
import type { DirEntry, FileInfo, Fs, FsFile } from "./ports.ts";
import { SyncError } from "./errors.ts";

export interface DiskFsOptions {
  /**
   * Mode of new files on POSIX; 0o600 for what nobody else may read.
   *
   * @default {0o666, less the umask}
   */
  readonly fileMode?: number;
  /** @default {Deno.build.os === "windows"} */
  readonly windows?: boolean;
  /** @default {the system's} */
  readonly isOnlineOnly?: IsOnlineOnly;
}

/**
 * The real disk.
 *
 * Relied upon: Deno (Rust's std) turns absolute Windows paths into verbatim `\\?\` ones where they pass
 * the 260 characters of MAX_PATH, and renames over an existing file on Windows as POSIX does.
 * Messages carry the path in double quotes, for the user; the log hashes quoted paths.
 */
export function createDiskFs(options: DiskFsOptions = {}): Fs {
  const { os } = Deno.build;
  const { fileMode, windows = os === "windows", isOnlineOnly = onlineOnlyTest(os) } = options;
  const mode = fileMode === undefined ? {} : { mode: fileMode };

  const fs: Fs = {
    async open(path, { write = false, truncate = false } = {}) {
      const flags = write ? { read: true, write, truncate, create: true, ...mode } : { read: true };
      const file = await attempt("open", path, () => Deno.open(path, flags), {
        windows: windows && write,
      });
      return named(path, new PositionedFile(file));
    },

    readText(path) {
      return attempt("read", path, () => orWhenAbsent(null, () => Deno.readTextFile(path)));
    },

    writeTextAtomic(path, text, { sync = false } = {}) {
      return attempt("write", path, async () => {
        const temporary = temporaryBeside(path);
        try {
          const file = await Deno.open(temporary, { write: true, createNew: true, ...mode });
          try {
            await writeAll(file, new TextEncoder().encode(text));
            if (sync) await file.sync();
          } finally {
            file.close();
          }
          await Deno.rename(temporary, path);
        } catch (error) {
          await Deno.remove(temporary).catch(() => {});
          throw error;
        }
        if (sync) await fs.syncDir(dirname(path));
      }, { windows });
    },

    rename(from, to) {
      return attempt("replace", to, () => Deno.rename(from, to), { windows });
    },

    link(from, to) {
      return attempt("link", to, () => Deno.link(from, to));
    },

    remove(path) {
      return attempt("remove", path, () => orWhenAbsent(undefined, () => Deno.remove(path)), {
        windows,
      });
    },

    mkdir(path) {
      return attempt("create folder", path, async () => {
        try {
          await Deno.mkdir(path, { recursive: true });
        } catch (cause) {
          if (!isNotFound(cause)) throw cause;
          // The way there is made too, so nothing can be missing but the place's leave.
          throw new SyncError(
            "permission",
            "The place does not take it or is not connected; choose another folder",
            { cause },
          );
        }
      });
    },

    stat(path) {
      return attempt("look at", path, () =>
        orWhenAbsent(null, async () => {
          const info = await Deno.lstat(path);
          const { size, mtime, isFile } = info;
          return {
            kind: kindOf(info),
            size,
            modifiedAt: mtime?.getTime() ?? 0,
            isOnlineOnly: isFile && isOnlineOnly(path, info),
          };
        }));
    },

    list(path) {
      return attempt("list", path, () => orWhenAbsent([], () => entriesOf(path)));
    },

    async syncDir(path) {
      if (windows) return;
      await attempt("flush folder", path, async () => {
        using directory = await Deno.open(path, { read: true });
        await directory.sync().catch(unlessUnsupported);
      });
    },

    freeSpace(path) {
      return attempt("measure free space of", path, async () => {
        for (let at = path;; at = dirname(at)) {
          try {
            const { bavail, bsize } = await statfs(at);
            return bavail * bsize;
          } catch (error) {
            if (!isAbsent(error) || dirname(at) === at) throw error;
          }
        }
      });
    },
  };
  return fs;
}

/** Runs one operation; what it throws becomes a `SyncError` that says what was tried on what. */
async function attempt<T>(
  action: string,
  path: string,
  operation: () => Promise<T>,
  { windows = false } = {},
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { failure, message } = classifyDiskError(error);
    // On Windows a scanner or viewer that has the file open looks like a missing right, and passes.
    const passing = windows && failure.kind === "permission";
    throw new SyncError(
      passing ? "diskFault" : failure,
      `Cannot ${action} "${quotable(path)}": ${lowerFirst(message)}`,
      { cause: error },
    );
  }
}

/** The log finds the path by its quotes, so it has none inside. */
function quotable(path: string): string {
  return path.replaceAll('"', "'");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function named(path: string, file: PositionedFile): FsFile {
  return {
    read: (into, at) => attempt("read", path, () => file.read(into, at)),
    write: (data, at) => attempt("write", path, () => file.write(data, at)),
    truncate: (size) => attempt("resize", path, () => file.truncate(size)),
    size: () => attempt("measure", path, () => file.size()),
    sync: () => attempt("flush", path, () => file.sync().catch(unlessUnsupported)),
    close: () => file.close(),
  };
}

/** Short, because the target's name may already be as long as a name can be. */
function temporaryBeside(path: string): string {
  return `${path.slice(0, path.length - basename(path).length)}.${
    crypto.randomUUID().slice(0, 13)
  }.tmp`;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}

async function entriesOf(path: string): Promise<DirEntry[]> {
  const entries: DirEntry[] = [];
  for await (const entry of Deno.readDir(path)) {
    entries.push({ name: entry.name, kind: kindOf(entry) });
  }
  return entries;
}

function kindOf(info: { isFile: boolean; isDirectory: boolean }): FileInfo["kind"] {
  if (info.isFile) return "file";
  return info.isDirectory ? "directory" : "other";
}

async function orWhenAbsent<T, U>(absent: U, operation: () => Promise<T>): Promise<T | U> {
  try {
    return await operation();
  } catch (error) {
    if (isAbsent(error)) return absent;
    throw error;
  }
}

/** Below a file there is nothing either: that is ENOTDIR. */
function isAbsent(error: unknown): boolean {
  return isNotFound(error) ||
    error instanceof Error && "code" in error && error.code === "ENOTDIR";
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof Deno.errors.NotFound || "code" in error && error.code === "ENOENT";
}

/** Network and FUSE file systems may know no flush: nothing better can be had there. */
function unlessUnsupported(error: unknown): void {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "EINVAL" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw error;
}
