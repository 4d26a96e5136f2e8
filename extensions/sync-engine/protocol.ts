/**
 * The contract between the engine and whoever drives it: methods with their parameters, and events.
 * Frames are JSON texts: `{id, method, params}` is answered by `{id, result}` or `{id, error}`; events
 * are `{event, data}`. Lists are paged; the whole library is never sent.
 *
 * @module
 */
import * as v from "valibot";

/** Most rows of a page. */
export const MAX_PAGE = 500;

const Text = v.pipe(v.string(), v.maxLength(1000));
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Page = {
  offset: v.exactOptional(Count, 0),
  limit: v.exactOptional(v.pipe(Count, v.maxValue(MAX_PAGE)), 100),
};

/** Which assets. All given conditions hold at once. */
export const AssetFilterSchema = v.strictObject({
  /** Words or beginnings of words of title, creator or tags. */
  search: v.exactOptional(Text),
  provider: v.exactOptional(Id),
  creator: v.exactOptional(Text),
  source: v.exactOptional(Text),
  availability: v.exactOptional(v.picklist(["public", "withdrawn", "locked", "gone"])),
  wanted: v.exactOptional(v.boolean()),
  notDownloaded: v.exactOptional(v.boolean()),
  hasUpdates: v.exactOptional(v.boolean()),
});
export type AssetFilter = v.InferOutput<typeof AssetFilterSchema>;

/** Settings that the user can change, each with its bounds. */
export const SettingsSchema = v.strictObject({
  /** Absolute path of the library root. */
  root: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  /** Transfers at once. */
  concurrency: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  /** Whether assets that appear in the library are wanted. */
  newWanted: v.boolean(),
});
export type Settings = v.InferOutput<typeof SettingsSchema>;

export const SyncParamsSchema = v.strictObject({
  /** Only these providers. @default all that are enabled */
  providers: v.exactOptional(v.array(Id)),
  /** Say what would be fetched, change nothing. @default {false} */
  dryRun: v.exactOptional(v.boolean(), false),
  /** Ask for the files of every wanted asset, changed or not. @default {false} */
  full: v.exactOptional(v.boolean(), false),
  /** Believe it when more than half of a library, or of what is on disk, is gone. @default {false} */
  acceptRemovals: v.exactOptional(v.boolean(), false),
});
/** As a caller gives them. */
export type SyncParams = v.InferInput<typeof SyncParamsSchema>;

export const VerifyParamsSchema = v.strictObject({
  /** Queue what is bad or missing to be fetched again. @default {false} */
  repair: v.exactOptional(v.boolean(), false),
});
export type VerifyParams = v.InferInput<typeof VerifyParamsSchema>;

/** Parameters of each method. */
export const METHODS = {
  "engine.status": v.strictObject({}),
  "library.query": v.strictObject({
    filter: v.exactOptional(AssetFilterSchema, {}),
    sort: v.exactOptional(
      v.picklist(["title", "creator", "provider", "updated", "added", "synced"]),
      "title",
    ),
    descending: v.exactOptional(v.boolean(), false),
    ...Page,
  }),
  /** What the sites listed and nobody understood. */
  "library.quarantine": v.strictObject({
    /** @default all */
    provider: v.exactOptional(Id),
    ...Page,
  }),
  "library.setWanted": v.strictObject({
    /** These assets, or all that match a filter. */
    which: v.union([v.array(Id), AssetFilterSchema]),
    wanted: v.boolean(),
  }),
  "sync.start": SyncParamsSchema,
  "sync.stop": v.strictObject({}),
  "verify.start": VerifyParamsSchema,
  "downloads.list": v.strictObject(Page),
  "history.list": v.strictObject({
    outcome: v.exactOptional(v.picklist(["succeeded", "failed", "removed"])),
    provider: v.exactOptional(Id),
    ...Page,
  }),
  "settings.get": v.strictObject({}),
  "settings.set": v.partial(SettingsSchema),
  "plugins.list": v.strictObject({}),
  "plugins.setEnabled": v.strictObject({ id: Id, enabled: v.boolean() }),
  "accounts.login": v.strictObject({
    provider: Id,
    /** Id of one of the manifest's auth schemes. */
    scheme: Id,
    secret: v.pipe(v.string(), v.minLength(1), v.maxLength(16_384)),
  }),
  "accounts.logout": v.strictObject({ provider: Id }),
  "doctor.run": v.strictObject({}),
} as const;

export type Method = keyof typeof METHODS;

/** Parameters of a method after validation. */
export type Params<M extends Method> = v.InferOutput<(typeof METHODS)[M]>;

/** What a frame to the engine looks like. */
export const RequestSchema = v.strictObject({
  id: v.union([v.pipe(v.string(), v.minLength(1), v.maxLength(100)), v.number()]),
  method: v.string(),
  params: v.exactOptional(v.unknown(), {}),
});

/** The error of a frame. */
export interface FrameError {
  /** A failure kind of the closed union. */
  readonly code: string;
  readonly message: string;
  /** What the user can do. */
  readonly hint?: string;
  /** Milliseconds. */
  readonly retryAfter?: number;
}

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
  };
  readonly fileDone: { readonly fileId: string; readonly path: string; readonly bytes: number };
  readonly fileFailed: {
    readonly fileId: string;
    readonly title: string;
    readonly name: string;
    readonly error: FrameError;
    /** Milliseconds since the Unix epoch, null when it is set aside. */
    readonly retryAt: number | null;
  };
  /** Nothing goes on before `until` (milliseconds since the Unix epoch). */
  readonly waiting: { readonly until: number; readonly reason: string; readonly hint: string };
  /** One file of a verification that is not OK. */
  readonly verdict: {
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
  readonly syncEnded: { readonly summary: SyncSummary } | { readonly error: FrameError };
  readonly verifyEnded: { readonly summary: VerifySummary } | { readonly error: FrameError };
}

export type EventName = keyof Events;

/** Hears events; must not throw. */
export type Emit = <E extends EventName>(event: E, data: Events[E]) => void;
