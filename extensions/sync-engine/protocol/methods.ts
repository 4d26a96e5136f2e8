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

/** What the filter of the library tells apart by how the site gives a model. */
export const ACCESSES = ["public", "withdrawn", "locked", "gone", "vanished", "empty"] as const;
export type Access = (typeof ACCESSES)[number];

/** Which assets. All given conditions hold at once. */
export const AssetFilterSchema = v.strictObject({
  /** Words or beginnings of words of title, creator or tags. */
  search: v.exactOptional(Text),
  provider: v.exactOptional(Id),
  creator: v.exactOptional(Text),
  source: v.exactOptional(Text),
  /** Key or name of a release. */
  release: v.exactOptional(Text),
  /** Key or name of a bundle. */
  bundle: v.exactOptional(Text),
  /** `vanished`: listed, but not there, and not `locked` then. `empty`: given, but without files. */
  availability: v.exactOptional(v.picklist(ACCESSES)),
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

/** How much is verified each night, and when; null for not at all. Windows are those of `BandwidthWindowSchema`. */
export const NightlyVerifySchema = v.nullable(v.strictObject({
  /** 10⁹ bytes a night. */
  gigabytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  from: MinuteOfDay,
  to: MinuteOfDay,
}));

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
  /** What was not looked at for longest is read again while the app runs. */
  nightlyVerify: NightlyVerifySchema,
  /** Where the browser comes back to after a sign-in: part of the address that is registered with the site. */
  signInPort: v.pipe(v.number(), v.integer(), v.minValue(1024), v.maxValue(65_535)),
  /** Where the user's browser saves to: files that a site keeps from the app are taken over from there; null for off. */
  watchFolder: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
  /** Whether they are moved out of that folder rather than copied. */
  watchMove: v.boolean(),
  theme: v.picklist(["system", "light", "dark"]),
  /** Whether what ends while nobody looks is told by the system. */
  notifications: v.boolean(),
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

/** Which of the files are verified; see `verification/subset.ts`. What was found bad before always is. */
export const SubsetSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("share"),
    percent: v.pipe(v.number(), v.gtValue(0), v.maxValue(100)),
  }),
  v.strictObject({ kind: v.literal("size"), bytes: v.pipe(Count, v.minValue(1)) }),
  v.pipe(
    v.strictObject({
      kind: v.literal("part"),
      n: v.pipe(Count, v.minValue(1)),
      of: v.pipe(Count, v.minValue(1), v.maxValue(10_000)),
    }),
    v.check(({ n, of }) => n <= of, "There is no such part"),
  ),
  v.strictObject({ kind: v.literal("bad") }),
]);
export type Subset = v.InferOutput<typeof SubsetSchema>;

export const VerifyParamsSchema = v.strictObject({
  /** Fetch what is bad or missing again, and write damaged sidecars anew. @default {false} */
  repair: v.exactOptional(v.boolean(), false),
  /** Only the files of these assets. @default all */
  assetIds: v.exactOptional(v.pipe(v.array(Id), v.maxLength(10_000))),
  /** @default all */
  subset: v.exactOptional(SubsetSchema),
  /** Begins with those that were not looked at for longest. @default {false} */
  oldest: v.exactOptional(v.boolean(), false),
  /** Only files that were not looked at for so many milliseconds. @default all */
  olderThan: v.exactOptional(Count),
  /** Begins anew where a stopped verification would be gone on with. @default {false} */
  restart: v.exactOptional(v.boolean(), false),
  /** Repair although so much is bad that something else may be wrong. @default {false} */
  acceptBad: v.exactOptional(v.boolean(), false),
});
/** As a caller gives them. */
export type VerifyParams = v.InferInput<typeof VerifyParamsSchema>;

export const AdoptParamsSchema = v.strictObject({
  /** Folder to look through, absolute; links are not followed. */
  folder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  /** `link` and `move` copy where the other disk allows neither. `move` deletes the originals. @default {"copy"} */
  how: v.exactOptional(v.picklist(["copy", "link", "move"]), "copy"),
  /** Read the lists of the sites first, so that all files of the library are known. Not in a dry run. @default {true} */
  look: v.exactOptional(v.boolean(), true),
  /** Say what would be adopted, change nothing. @default {false} */
  dryRun: v.exactOptional(v.boolean(), false),
  /** Only these, whatever they look like: what the user chose where it was not clear. Paths below the folder, absolute or not. */
  choices: v.exactOptional(
    v.pipe(
      v.array(v.strictObject({ path: v.pipe(v.string(), v.maxLength(4096)), fileId: Id })),
      v.maxLength(10_000),
    ),
  ),
});
/** As a caller gives them. */
export type AdoptParams = v.InferInput<typeof AdoptParamsSchema>;

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
  /** Releases or bundles that models came in, with their sums. */
  "library.releases": v.strictObject({
    kind: v.exactOptional(v.picklist(["release", "bundle"]), "release"),
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

  /** Takes in a list that the user has saved in their own browser, and what belongs to it. */
  "library.import": v.strictObject({
    provider: Id,
    /** Sent before to `import/` below `Hello.mediaBase`. */
    documents: v.pipe(
      v.array(v.strictObject({
        upload: Id,
        name: Text,
        /** Milliseconds since the Unix epoch, null when nobody knows. */
        savedAt: v.nullable(Count),
      })),
      v.minLength(1),
      v.maxLength(100),
    ),
    /** Believe the list even when most of the library is missing in it. @default {false} */
    acceptRemovals: v.exactOptional(v.boolean(), false),
  }),
  /**
   * Opens a window of the app on the site, where the user signs in and hands the list over. Answers when it was read, or
   * with null when the window was closed without it; `libraryWindow` tells how far it is.
   */
  "library.window": v.strictObject({ provider: Id }),
  /** Closes that window. */
  "library.closeWindow": v.strictObject({}),
  /** Reads into the database what the model folders say of themselves; `rebuildEnded` tells how it went. */
  "library.rebuild": v.strictObject({}),
  /** Writes all models and files into one file. */
  "library.export": v.strictObject({ format: v.picklist(["json", "csv"]) }),

  /** Takes over files that the user has already instead of fetching them; `adoptEnded` tells how it went. */
  "adoption.start": AdoptParamsSchema,

  /** What was replaced and kept, newest first. */
  "versions.list": v.strictObject({
    /** @default all */
    assetId: v.exactOptional(Id),
    ...Page,
  }),
  /** Deletes versions. All given conditions hold at once, none means all. */
  "versions.drop": v.strictObject({
    assetId: v.exactOptional(Id),
    /** Names as `versions.list` tells them; only with `assetId`. */
    versions: v.exactOptional(v.pipe(v.array(Id), v.maxLength(10_000))),
    /** Only those that came to the disk longer ago, in days. */
    olderThan: v.exactOptional(v.pipe(Count, v.maxValue(36_500))),
  }),
  /** Puts a version back in its place; what is there now becomes a version. */
  "versions.restore": v.strictObject({ assetId: Id, version: Id }),

  /** Fetches anew, whatever is there; what is there is kept in `.versions/`. */
  "files.refetch": FileSelectionSchema,
  /** Deletes from disk and never fetches again by itself. */
  "files.remove": FileSelectionSchema,
  /** Unpacks zip archives beside themselves; without `fileIds` all of the model. */
  "files.unpack": FileSelectionSchema,
  /** Takes a removal back: the files are wanted again. */
  "files.restore": FileSelectionSchema,
  /** Opens the folder in the system's file manager. */
  "files.reveal": v.strictObject({ assetId: Id, fileId: v.exactOptional(Id) }),

  "sync.start": SyncParamsSchema,
  "sync.stop": v.strictObject({}),
  "verify.start": VerifyParamsSchema,
  /** How it stands with the truth of what is on disk. */
  "verify.overview": v.strictObject({}),
  /** What verifications found wrong and was not mended since, by path. */
  "verify.findings": v.strictObject({
    verdict: v.exactOptional(
      v.picklist(["MISSING", "SIZE", "HASH", "UNVERIFIED", "EXTRA", "SIDECAR"]),
    ),
    ...Page,
  }),

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
  /** There may be a network again: looks at once, where there was none. */
  "downloads.lookNow": v.strictObject({}),

  /** What sites keep from the app and would give to the user's own browser. */
  "handover.list": v.strictObject({ ...Page }),

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
  /** The app that signs in through the browser. */
  "accounts.app": v.strictObject({ provider: Id, scheme: Id }),
  /** An app without a secret signs in by the implicit flow. An id of null forgets the app. */
  "accounts.setApp": v.strictObject({
    provider: Id,
    scheme: Id,
    clientId: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500))),
    clientSecret: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000))),
  }),
  /** Starts a sign-in in the browser; it goes on while `accounts.authorized` is asked for its end. */
  "accounts.authorize": v.strictObject({ provider: Id, scheme: Id }),
  /** The address at which the browser ended, where it runs on another computer and cannot come back by itself. */
  "accounts.returned": v.strictObject({
    address: v.pipe(v.string(), v.trim(), v.url(), v.maxLength(16_384)),
  }),
  /** Answers when the user has come back from the browser. */
  "accounts.authorized": v.strictObject({ provider: Id }),
  "accounts.cancelLogin": v.strictObject({}),
  "accounts.logout": v.strictObject({ provider: Id }),
  /** Asks the site whether its sign-ins are still good. */
  "accounts.check": v.strictObject({ provider: Id }),

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
