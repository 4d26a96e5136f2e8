import type { Clock, Fs, FsFile, Http } from "../platform/ports.ts";
import type { SpaceWatch } from "../files/space.ts";
import type { Lease } from "./shared_lease.ts";
import type { Share } from "./throttle.ts";

/** What is known of a partial file, and where news of it are written down. */
export interface PartRecord {
  readonly validator: string | null;
  readonly size: number | null;
  /** Hashes by chunk number. */
  readonly chunks: ReadonlyMap<number, Uint8Array>;
  /** Forgets all chunks: the file starts over with this length and validator. */
  begin(size: number | null, validator: string | null): void;
  /** Called when a chunk's bytes were handed to the file system. */
  addChunk(n: number, hash: Uint8Array): void;
}

/**
 * Called after each block, and first with what was there already: bytes that are on disk, the whole length (null while
 * it is not known), bytes that arrived just now.
 */
export type OnProgress = (done: number, size: number | null, arrived: number) => void;

/** One file to transfer. */
export interface TransferRequest {
  readonly lease: Lease;
  /** Absolute path of the partial file. */
  readonly partPath: string;
  /** Makes its folder; called where there is none. */
  readonly makeFolder: () => Promise<void>;
  /** The file's name, for comparing what arrives with what it promises. */
  readonly name: string;
  /** Bytes as the site's JSON claims; a hint, not a promise. */
  readonly claimedSize: number | null;
  readonly part: PartRecord;
  readonly allowsUrl: (url: URL) => boolean;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** A partial file that is whole. */
export interface Transferred {
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly validator: string | null;
}

/** The same, as a transfer leaves it. */
export interface TransferredFile extends Transferred {
  /** Open, not yet on stable storage. */
  readonly file: FsFile;
}

/** The ports that a transfer needs. */
export interface TransferPorts {
  readonly http: Http;
  readonly fs: Fs;
  readonly clock: Clock;
  /** Looks after the room on the disk. @default one of its own */
  readonly space?: Pick<SpaceWatch, "require">;
  /** Shares the bandwidth. @default no limit */
  readonly throttle?: Share;
  /** Most connections for one large file, from 1. @default 1 */
  readonly connections?: () => number;
}
