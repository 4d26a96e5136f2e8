/**
 * What the engine tells without being asked.
 *
 * @module
 */
import type { FrameError } from "./frames.ts";
import type { Settings } from "./methods.ts";
import type { Ambiguity, EngineStatus, RebuildSummary, RecognisedBy } from "./results.ts";

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

/** How a repair went. */
export interface RepairSummary {
  /** Files that were to be fetched again. */
  readonly queued: number;
  /** Those of them that are here now, that failed for good, and that are still to come. */
  readonly fetched: number;
  readonly failed: number;
  readonly waiting: number;
  /** Bytes of damaged files that were good and did not have to be fetched. */
  readonly reusedBytes: number;
  /** Files that somebody may have changed: what was there is kept in `.versions/`. */
  readonly keptAside: number;
  /** Sidecars that were written anew. */
  readonly sidecars: number;
  /** What kept files from being fetched. */
  readonly problems: readonly FrameError[];
  /** Of how many files how many were bad, where that was too much to believe: nothing was changed then. Else null. */
  readonly doubt: { readonly bad: number; readonly of: number } | null;
}

/** How a verification went. */
export interface VerifySummary {
  readonly ok: number;
  readonly missing: number;
  readonly size: number;
  readonly hash: number;
  readonly unverified: number;
  readonly extra: number;
  /** Sidecars that are damaged, missing or another program's. */
  readonly sidecars: number;
  /** Files that a stopped verification before this one had found right. */
  readonly earlier: number;
  /** Bytes read. */
  readonly bytes: number;
  /** Null when nothing was to be repaired. */
  readonly repair: RepairSummary | null;
  /** Milliseconds. */
  readonly took: number;
}

/** How looking for files went that the user has already. Each file that was looked at counts in one of the fields. */
export interface AdoptSummary {
  readonly dryRun: boolean;
  readonly looked: number;
  /** Taken over, or would be, and their bytes. */
  readonly adopted: number;
  readonly bytes: number;
  /** Of these, by what they were recognised. */
  readonly by: Readonly<Record<RecognisedBy, number>>;
  /** Those that the library has already. */
  readonly here: number;
  /** Could be several, or several could be it: the user has to choose. */
  readonly ambiguous: number;
  /** None of the library. */
  readonly unknown: number;
  /** Sidecars, partial files and the like, which are no files of a model. */
  readonly own: number;
  /** Could not be read or taken over. */
  readonly failed: number;
  /** Milliseconds. */
  readonly took: number;
}

/** How watching a folder went. */
export interface HandoverSummary {
  /** Files that were taken over, and their bytes. */
  readonly filed: number;
  readonly bytes: number;
  /** Files that could be several, or none for sure. */
  readonly unclear: number;
}

/** What the engine tells without being asked. */
export interface Events {
  /** A scan moved on or ended (`done`). */
  readonly scan: ScanNews & { readonly done: boolean };
  /** How far the window on a provider's site is: the user is at it, what was handed over is read, it is over. */
  readonly libraryWindow: {
    readonly provider: string;
    readonly phase: "waiting" | "reading" | "over";
  };
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
    /** A failure kind, `paced` when the next download has to wait for its turn, or `offline` without a network. */
    readonly reason: string;
    readonly hint: string;
    /** Null when it concerns all, or none in particular. */
    readonly provider: string | null;
    /** Milliseconds from one download to the next, as the site allows; null when it does not limit them. */
    readonly everyMs: number | null;
    /** Files of the provider that still need an address each, where it limits those; else null. */
    readonly links: number | null;
  };
  /** One file of a verification that is not OK. `SIDECAR`: the model's `datapackage.json` is not right. */
  readonly verdict: {
    /** Null for files that are not of the library. */
    readonly fileId: string | null;
    readonly path: string;
    readonly verdict: "MISSING" | "SIZE" | "HASH" | "UNVERIFIED" | "EXTRA" | "SIDECAR";
  };
  /** How far a verification is, at most four times a second. Files and bytes; `speed` in bytes a second. */
  readonly verifyProgress: {
    readonly checked: number;
    readonly of: number;
    readonly bytes: number;
    readonly ofBytes: number;
    readonly speed: number;
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
  /** A file was taken over, or would be in a dry run. */
  readonly adopted: {
    /** Absolute. */
    readonly from: string;
    readonly fileId: string;
    /** Below the root. */
    readonly path: string;
    readonly size: number;
    readonly by: RecognisedBy;
  };
  readonly adoptAmbiguous: Ambiguity;
  readonly adoptFailed: { readonly from: string; readonly error: FrameError };
  /** How far an adoption is: files found, then bytes read. */
  readonly adoptProgress: {
    readonly looked: number;
    readonly adopted: number;
    readonly bytes: number;
  };
  readonly adoptEnded: { readonly summary: AdoptSummary } | { readonly error: FrameError };
  readonly rebuildProgress: Omit<RebuildSummary, "took">;
  readonly rebuildEnded: { readonly summary: RebuildSummary } | { readonly error: FrameError };
  readonly syncEnded: { readonly summary: SyncSummary } | { readonly error: FrameError };
  readonly rootChanged: { readonly root: string } | { readonly error: FrameError };
  readonly verifyEnded: { readonly summary: VerifySummary } | { readonly error: FrameError };
}

export type EventName = keyof Events;

/** Hears events; must not throw. */
export type Emit = <E extends EventName>(event: E, data: Events[E]) => void;
