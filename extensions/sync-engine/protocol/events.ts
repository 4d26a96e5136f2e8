/**
 * What the engine tells without being asked.
 *
 * @module
 */
import type { FrameError } from "./frames.ts";
import type { Settings } from "./methods.ts";
import type { EngineStatus } from "./results.ts";

/** How a scan of one provider's list went; see `library/tally.ts`. */
export interface ScanNews {
  readonly provider: string;
  readonly seen: number;
  readonly kept: number;
  readonly merged: number;
  readonly quarantined: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly incomplete: string | null;
}

/** A download that is under way. Bytes; `size` is null while it is not known. */
export interface TransferProgress {
  readonly fileId: string;
  readonly title: string;
  readonly name: string;
  readonly done: number;
  readonly size: number | null;
  /** Bytes a second, over the last few seconds. */
  readonly speed: number;
}

/** How a sync went, or would go when it was a dry run. */
export interface SyncSummary {
  readonly dryRun: boolean;
  /** Assets in the library. */
  readonly assets: number;
  /** Files that are on disk now, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Files fetched by this run, and their bytes. In a dry run: that would be. */
  readonly fetched: number;
  readonly fetchedBytes: number;
  /** Files set aside after their last attempt failed for good. */
  readonly failed: number;
  /** Files still in the queue. */
  readonly waiting: number;
  /** Files that had vanished from disk and were queued again. */
  readonly missing: number;
  readonly scans: readonly ScanNews[];
  /** What kept a provider from being synced, by provider. */
  readonly problems: readonly { readonly provider: string; readonly error: FrameError }[];
  /** Milliseconds. */
  readonly took: number;
}

/** How a verification went. */
export interface VerifySummary {
  readonly ok: number;
  readonly missing: number;
  readonly size: number;
  readonly hash: number;
  readonly unverified: number;
  readonly extra: number;
  /** Bytes read. */
  readonly bytes: number;
  /** Files queued to be fetched again. */
  readonly queued: number;
  /** Milliseconds. */
  readonly took: number;
}

/** What the engine tells without being asked. */
export interface Events {
  /** A scan moved on or ended (`done`). */
  readonly scan: ScanNews & { readonly done: boolean };
  /** Assets whose files were asked for. */
  readonly plan: {
    readonly provider: string;
    readonly looked: number;
    readonly locked: number;
    readonly gone: number;
    readonly failed: number;
    readonly quarantined: number;
    readonly enqueued: number;
    readonly done: boolean;
  };
  /** All running downloads, at most ten times a second. `waiting`: files still queued. */
  readonly progress: {
    readonly running: readonly TransferProgress[];
    readonly fetched: number;
    readonly fetchedBytes: number;
    readonly failed: number;
    readonly waiting: number;
    /** Bytes a second, of all together. */
    readonly speed: number;
  };
  readonly fileDone: {
    readonly fileId: string;
    readonly assetId: string;
    readonly path: string;
    readonly bytes: number;
  };
  readonly fileFailed: {
    readonly fileId: string;
    readonly assetId: string;
    readonly title: string;
    readonly name: string;
    readonly error: FrameError;
    /** Milliseconds since the Unix epoch, null when it is set aside. */
    readonly retryAt: number | null;
  };
  /** Nothing more goes on before `until`: of one provider, or at all. */
  readonly waiting: {
    /** Milliseconds since the Unix epoch. */
    readonly until: number;
    /** A failure kind, or `paced` when the next download has to wait for its turn. */
    readonly reason: string;
    readonly hint: string;
    /** Null when it concerns all, or none in particular. */
    readonly provider: string | null;
    /** Milliseconds from one download to the next, as the site allows; null when it does not limit them. */
    readonly everyMs: number | null;
  };
  /** One file of a verification that is not OK. `SIDECAR`: the model's `datapackage.json` is not right. */
  readonly verdict: {
    /** Null for files that are not of the library. */
    readonly fileId: string | null;
    readonly path: string;
    readonly verdict: "MISSING" | "SIZE" | "HASH" | "UNVERIFIED" | "EXTRA";
  };
  readonly verifyProgress: {
    readonly checked: number;
    readonly of: number;
    readonly bytes: number;
  };
  /** What would be fetched, in a dry run. */
  readonly wouldFetch: { readonly path: string; readonly size: number | null };
  /** The status is not what it was: what runs, the queue, the accounts. At most four times a second. */
  readonly statusChanged: EngineStatus;
  /** Assets changed, by `fileDone` or otherwise: ask again for what is shown. At most twice a second. */
  readonly libraryChanged: Readonly<Record<never, never>>;
  /** The queue's order or states changed otherwise than by downloads. At most twice a second. */
  readonly queueChanged: Readonly<Record<never, never>>;
  readonly settingsChanged: Settings;
  /** Another library was opened (demo entered or left): nothing that was asked before holds. */
  readonly engineChanged: Readonly<Record<never, never>>;
  /** How far the move to another root is. Bytes and files. */
  readonly rootProgress: {
    readonly files: number;
    readonly ofFiles: number;
    readonly bytes: number;
    readonly ofBytes: number;
  };
  readonly syncEnded: { readonly summary: SyncSummary } | { readonly error: FrameError };
  readonly rootChanged: { readonly root: string } | { readonly error: FrameError };
  readonly verifyEnded: { readonly summary: VerifySummary } | { readonly error: FrameError };
}

export type EventName = keyof Events;

/** Hears events; must not throw. */
export type Emit = <E extends EventName>(event: E, data: Events[E]) => void;
