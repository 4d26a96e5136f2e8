/**
 * What the engine asks of the world. The composition root (`engine.ts`) gives each domain the ports
 * that it needs; tests give fakes. Nothing else in the engine touches time, chance, disk or network.
 *
 * @module
 */

/** Time. `now` is wall time, for people and for dates; `monotonic` never jumps, for measuring. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back. */
  monotonic(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Chance. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

/** What `Fs.stat` and `Fs.list` tell about an entry. */
export interface FileInfo {
  readonly kind: "file" | "directory" | "other";
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the Unix epoch, 0 where the file system does not say. */
  readonly modifiedAt: number;
  /** A cloud drive keeps its bytes elsewhere: reading would fetch them all. */
  readonly isOnlineOnly: boolean;
}

/** A named entry of a directory. Symbolic links are "other" and are never followed. */
export interface DirEntry {
  readonly name: string;
  readonly kind: FileInfo["kind"];
}

/** An open file. Offsets and sizes are bytes. */
export interface FsFile {
  /** Fills `into` from offset `at` as far as the file reaches; returns the bytes read, 0 at its end. */
  read(into: Uint8Array, at: number): Promise<number>;
  /** Writes all of `data` at offset `at`. `data` must not change until the promise resolves. */
  write(data: Uint8Array, at: number): Promise<void>;
  truncate(size: number): Promise<void>;
  size(): Promise<number>;
  /** Flushes the file's bytes to stable storage (fsync). */
  sync(): Promise<void>;
  close(): void;
}

/**
 * The file system. Paths are absolute, in the platform's own form. Failures throw `SyncError`
 * (`diskFull`, `permission`, `retryable`, …), never a raw system error.
 */
export interface Fs {
  /**
   * Opens for reading, or for reading and writing, creating the file when `write` is set, and emptying it when
   * `truncate` is set, too.
   */
  open(path: string, options?: { write?: boolean; truncate?: boolean }): Promise<FsFile>;
  /** Whole text of a small file, or null when there is none. */
  readText(path: string): Promise<string | null>;
  /** Replaces a file's text atomically: temporary file beside it, optional flush, rename. */
  writeTextAtomic(path: string, text: string, options?: { sync?: boolean }): Promise<void>;
  /** Renames within one volume, replacing what is at `to`. */
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name on its volume. Fails where something stands, and where the volume knows no links. */
  link(from: string, to: string): Promise<void>;
  /** Removes a file or an empty directory; absent is fine. */
  remove(path: string): Promise<void>;
  /** Creates a directory and its parents; existing is fine. */
  mkdir(path: string): Promise<void>;
  /** Null when nothing is there. Does not follow symbolic links. */
  stat(path: string): Promise<FileInfo | null>;
  /** Entries of a directory, none when it is absent. */
  list(path: string): Promise<DirEntry[]>;
  /** Flushes a directory's entries where the platform can (no-op on Windows). */
  syncDir(path: string): Promise<void>;
  /** Bytes free to this user on the volume that holds `path` or its nearest existing parent. */
  freeSpace(path: string): Promise<number>;
}

/** One HTTP request as it goes out: redirects are never followed, nothing is retried. */
export interface HttpRequest {
  readonly url: string;
  /** @default {"GET"} */
  readonly method?: "GET" | "HEAD" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /**
   * Whether it shares its connection with no other request that is under way, as HTTP/2 does: what limits a
   * connection then limits this request only.
   *
   * @default {false}
   */
  readonly ownConnection?: boolean;
}

/** An answer whose body has not been read. Whoever gets it reads or cancels the body. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
}

/** The network. Transport failures throw `SyncError`; any status is an answer, not a failure. */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}

/** Where credentials live: the OS keychain or the encrypted file. `scope` is a provider id. */
export interface Secrets {
  get(scope: string, name: string): Promise<string | null>;
  /** Creates or replaces, atomically. */
  set(scope: string, name: string, value: string): Promise<void>;
  /** Absent is fine. */
  delete(scope: string, name: string): Promise<void>;
}

/**
 * Structured log. Fields named `title`, `creator`, `name`, `path`, `file`, `asset` and `account` are written as
 * salted hashes; fields that look like credentials are left out.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;
