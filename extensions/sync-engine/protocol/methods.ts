/**
 * What can be asked of the engine: methods with the schemas of their parameters.
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

/** Downloads that are meant: all given conditions hold at once, none means all. */
export const JobSelectionSchema = v.strictObject({
  fileIds: v.exactOptional(v.pipe(v.array(Id), v.maxLength(10_000))),
  assetId: v.exactOptional(Id),
  provider: v.exactOptional(Id),
});
export type JobSelection = v.InferOutput<typeof JobSelectionSchema>;

/** Files that are meant: those of an asset, or some of them. */
export const FileSelectionSchema = v.strictObject({
  assetId: Id,
  /** @default all of the asset */
  fileIds: v.exactOptional(v.pipe(v.array(Id), v.maxLength(10_000))),
});
export type FileSelection = v.InferOutput<typeof FileSelectionSchema>;

/** Kilobytes (1,000 bytes) a second for all transfers together; null is unlimited. */
const Rate = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(10_000_000)));

/** Minutes since midnight, local time. */
const MinuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439));

/** A time of day with a bandwidth of its own. It reaches over midnight when it ends before it starts. */
export const BandwidthWindowSchema = v.strictObject({
  from: MinuteOfDay,
  to: MinuteOfDay,
  limit: Rate,
});
export type BandwidthWindow = v.InferOutput<typeof BandwidthWindowSchema>;

/** Languages of the front end; `system` follows the browser or the system. */
export const LANGUAGES = ["system", "en", "de", "fr", "es"] as const;

/** Settings that the user can change, each with its bounds. */
export const SettingsSchema = v.strictObject({
  /** Absolute path of the library root. */
  root: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  /** Transfers at once. */
  concurrency: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  /** Most connections for one file, where it is large and its server allows it. */
  connections: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8)),
  /** Whether assets that appear in the library are wanted. */
  newWanted: v.boolean(),
  /** Outside of all windows. */
  bandwidth: Rate,
  /** The first that holds the time of day decides. */
  bandwidthWindows: v.pipe(v.array(BandwidthWindowSchema), v.maxLength(24)),
  theme: v.picklist(["system", "light", "dark"]),
  language: v.picklist(LANGUAGES),
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
  /** Read the providers' lists. `false`: only fetch what is wanted and known. @default {true} */
  scan: v.exactOptional(v.boolean(), true),
  /** Look for files of wanted assets and fetch them. `false`: only read the lists. @default {true} */
  fetch: v.exactOptional(v.boolean(), true),
});
/** As a caller gives them. */
export type SyncParams = v.InferInput<typeof SyncParamsSchema>;

export const VerifyParamsSchema = v.strictObject({
  /** Queue what is bad or missing to be fetched again. @default {false} */
  repair: v.exactOptional(v.boolean(), false),
  /** Only the files of these assets. @default all */
  assetIds: v.exactOptional(v.pipe(v.array(Id), v.maxLength(10_000))),
});
export type VerifyParams = v.InferInput<typeof VerifyParamsSchema>;

/** Parameters of each method. What each answers stands in {@linkcode Results}. */
export const METHODS = {
  "engine.hello": v.strictObject({}),
  "engine.status": v.strictObject({}),
  /** Ends the engine after it has saved what it has. */
  "engine.shutdown": v.strictObject({}),

  "library.query": v.strictObject({
    filter: v.exactOptional(AssetFilterSchema, {}),
    sort: v.exactOptional(
      v.picklist(["title", "creator", "provider", "updated", "added", "synced"]),
      "title",
    ),
    descending: v.exactOptional(v.boolean(), false),
    ...Page,
  }),
  "library.summary": v.strictObject({ filter: v.exactOptional(AssetFilterSchema, {}) }),
  /** What can be filtered by. */
  "library.facets": v.strictObject({}),
  /** Creators by name, with their sums. */
  "library.creators": v.strictObject({
    provider: v.exactOptional(Id),
    /** Part of the name. */
    search: v.exactOptional(Text),
    ...Page,
  }),
  "library.asset": v.strictObject({ id: Id }),
  /** What the sites listed and nobody understood. */
  "library.quarantine": v.strictObject({
    /** @default all */
    provider: v.exactOptional(Id),
    ...Page,
  }),
  "library.setWanted": v.strictObject({
    /** These assets, or all that match a filter. */
    which: v.union([v.pipe(v.array(Id), v.maxLength(10_000)), AssetFilterSchema]),
    wanted: v.boolean(),
  }),
  /** Takes a `library.setWanted` back. */
  "library.undoWanted": v.strictObject({ undo: Id }),

  /** Fetches anew, whatever is there; what is there is kept in `.versions/`. */
  "files.refetch": FileSelectionSchema,
  /** Deletes from disk and never fetches again by itself. */
  "files.remove": FileSelectionSchema,
  /** Takes a removal back: the files are wanted again. */
  "files.restore": FileSelectionSchema,
  /** Opens the folder in the system's file manager. */
  "files.reveal": v.strictObject({ assetId: Id, fileId: v.exactOptional(Id) }),

  "sync.start": SyncParamsSchema,
  "sync.stop": v.strictObject({}),
  "verify.start": VerifyParamsSchema,

  "downloads.list": v.strictObject({
    state: v.exactOptional(v.picklist(["queued", "running", "paused", "failed"])),
    provider: v.exactOptional(Id),
    ...Page,
  }),
  /** The speed of the last five minutes, one sample a second. */
  "downloads.speed": v.strictObject({}),
  /** Without a condition the whole queue is held, and what joins it later too. */
  "downloads.pause": JobSelectionSchema,
  "downloads.resume": JobSelectionSchema,
  /** Takes out of the queue and forgets the partial file; the models' `wanted` stays as it is. */
  "downloads.cancel": JobSelectionSchema,
  /** Another try for what failed, at once. */
  "downloads.retry": JobSelectionSchema,
  "downloads.move": v.strictObject({
    ...JobSelectionSchema.entries,
    to: v.picklist(["front", "back", "up", "down"]),
  }),

  "history.list": v.strictObject({
    outcome: v.exactOptional(v.picklist(["succeeded", "failed", "removed"])),
    provider: v.exactOptional(Id),
    ...Page,
  }),
  "history.clear": v.strictObject({}),

  "settings.get": v.strictObject({}),
  "settings.set": v.partial(SettingsSchema),
  /** What a folder would be as library root. Changes nothing. */
  "root.check": v.strictObject({ path: SettingsSchema.entries.root }),
  /**
   * Another library root. `move` takes the files along; `adopt` uses the library that is there already, or an empty
   * folder to which everything is fetched anew.
   */
  "root.change": v.strictObject({
    path: SettingsSchema.entries.root,
    how: v.picklist(["move", "adopt"]),
  }),
  "autoLaunch.get": v.strictObject({}),
  "autoLaunch.set": v.strictObject({ enabled: v.boolean() }),

  "plugins.list": v.strictObject({}),
  "plugins.setEnabled": v.strictObject({ id: Id, enabled: v.boolean() }),

  "accounts.list": v.strictObject({}),
  "accounts.login": v.strictObject({
    provider: Id,
    /** Id of one of the manifest's auth schemes. */
    scheme: Id,
    secret: v.pipe(v.string(), v.minLength(1), v.maxLength(16_384)),
  }),
  "accounts.cancelLogin": v.strictObject({}),
  "accounts.logout": v.strictObject({ provider: Id }),

  /** Opens the made-up library of a simulated site instead of the user's own. */
  "demo.enter": v.strictObject({}),
  /** Back to the user's own library. */
  "demo.leave": v.strictObject({}),

  "doctor.run": v.strictObject({}),
  /** The newest lines of the log. */
  "log.tail": v.strictObject({
    lines: v.exactOptional(v.pipe(Count, v.minValue(1), v.maxValue(1000)), 200),
  }),
  /** Writes status, findings and log into one file, without names or secrets. */
  "diagnostics.export": v.strictObject({}),
  /** Opens an `https:` address in the system's browser. */
  "links.open": v.strictObject({ url: v.pipe(v.string(), v.url(), v.maxLength(4096)) }),
} as const;

export type Method = keyof typeof METHODS;

/** Parameters of a method after validation. */
export type Params<M extends Method> = v.InferOutput<(typeof METHODS)[M]>;

/** Parameters of a method as a caller gives them. */
export type Asked<M extends Method> = v.InferInput<(typeof METHODS)[M]>;
