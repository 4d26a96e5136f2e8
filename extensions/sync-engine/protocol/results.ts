/**
 * What the methods answer. Trusted by the front end: both sides come from one build.
 *
 * @module
 */
import type { FrameError } from "./frames.ts";
import type { Settings } from "./methods.ts";

/** A page, and how many rows there are on all pages. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** `gone`: the last complete scan no longer listed it. */
export type Availability = "public" | "withdrawn" | "locked" | "gone";

/** A model or bundle of the library. Times are milliseconds since the Unix epoch, sizes bytes. */
export interface AssetRow {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  /** Empty when the site does not say. */
  readonly creator: string;
  /** ISO 8601, as the site gives it. */
  readonly updatedAt: string | null;
  readonly thumbUrl: string | null;
  /** The page of the model on the site. */
  readonly url: string | null;
  readonly tags: readonly string[];
  readonly sources: readonly string[];
  readonly releases: readonly string[];
  readonly revision: string;
  readonly license: string | null;
  readonly wanted: boolean;
  /** The revision whose files are known, null before the first look. */
  readonly detailRevision: string | null;
  readonly availability: Availability;
  /** Of what is locked: `gone` when the site lists it but says that there is no such model any more. */
  readonly denied: "locked" | "gone" | null;
  /** Below the root, `/`-separated; null until one was given. */
  readonly folder: string | null;
  readonly addedAt: number;
  /** When all its files were last known to be here. */
  readonly syncedAt: number | null;
  readonly seenScan: number;
  /** Files that the user removed do not count. */
  readonly files: number;
  readonly filesHere: number;
  readonly bytes: number;
  readonly bytesHere: number;
  /** The site has something newer than what is here. */
  readonly hasUpdates: boolean;
}

/** A file of an asset. */
export interface AssetFileRow {
  readonly id: string;
  readonly kind: "model" | "image";
  readonly name: string;
  /** Below the root, `/`-separated. */
  readonly path: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly downloadedAt: number | null;
  /** When its bytes were last read again, and what that told; null when they never were. */
  readonly verifiedAt: number | null;
  readonly verdict: "OK" | "MISSING" | "SIZE" | "HASH" | "UNVERIFIED" | null;
  /** Of the newest revision, or of an older one that is still here. */
  readonly state: "here" | "outdated" | "absent" | "removed";
  /** Whether the site still lists it. */
  readonly listed: boolean;
  /** Set when it was not downloaded but found on the disk. */
  readonly recognisedBy: RecognisedBy | null;
  /** Its place in the queue, null when it has none. */
  readonly job: Pick<JobRow, "state" | "reason" | "message"> | null;
}

/** Why a site gives nothing of a model that it lists. `gone`: it says that there is no such model any more. */
export interface Denial {
  readonly kind: "locked" | "gone";
  /** In English, without a full stop. */
  readonly message: string;
  /** When it said so last, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** An asset with all that is known. */
export interface AssetDetail extends AssetRow {
  readonly description: string | null;
  /** Null where the site gives the files, or was not asked yet. */
  readonly denial: Denial | null;
  readonly fileRows: readonly AssetFileRow[];
}

/** Totals over assets. */
export interface AssetSummary {
  readonly assets: number;
  readonly files: number;
  readonly filesHere: number;
  readonly bytes: number;
  readonly bytesHere: number;
  readonly wanted: number;
  /** Wanted assets of which something is not here, and how much that is. */
  readonly wantedNotHere: {
    readonly assets: number;
    readonly files: number;
    readonly bytes: number;
  };
}

/** A creator of the library, with sums over the assets. */
export interface CreatorRow {
  readonly provider: string;
  /** Empty for assets whose site does not say. */
  readonly creator: string;
  readonly assets: number;
  readonly wanted: number;
  readonly filesHere: number;
  readonly bytesHere: number;
}

/** A value of a filter and how many assets have it. */
export interface Facet {
  readonly value: string;
  readonly assets: number;
}

export type JobState = "queued" | "running" | "paused" | "failed";

/** A file that is still to be fetched, or one that failed for good. */
export interface JobRow {
  readonly fileId: string;
  readonly provider: string;
  readonly state: JobState;
  /** Lower goes first. */
  readonly position: number;
  readonly attempts: number;
  /** Not to be started earlier; milliseconds since the Unix epoch. */
  readonly notBefore: number;
  /** Failure kind of the last attempt, its message, and what the user can do. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly hint: string | null;
  readonly name: string;
  readonly path: string;
  readonly size: number | null;
  readonly assetId: string;
  readonly title: string;
}

/** A file that its site keeps from the app and would give to the user's own browser. */
export interface HandoverRow {
  readonly fileId: string;
  readonly provider: string;
  /** `refused`: this very file; else all of the site, for long. */
  readonly cause: "refused" | "throttled" | "challenged";
  readonly assetId: string;
  readonly title: string;
  readonly name: string;
  readonly size: number | null;
  /** The page of the model. */
  readonly page: string | null;
  /** Where a browser in which the user is signed in gets the file; null when it has no address of its own. */
  readonly address: string | null;
}

/** What became of a file, and when. It outlives the file. */
export interface HistoryRow {
  readonly id: number;
  readonly at: number;
  readonly provider: string;
  readonly fileId: string;
  /** Null when the asset is not known any more. */
  readonly assetId: string | null;
  readonly title: string;
  readonly name: string;
  readonly outcome: "succeeded" | "failed" | "removed";
  readonly bytes: number;
  readonly reason: string | null;
  readonly message: string | null;
  readonly hint: string | null;
}

/** Something that verifications found wrong. */
export interface VerifyFinding {
  readonly verdict: "MISSING" | "SIZE" | "HASH" | "UNVERIFIED" | "EXTRA" | "SIDECAR";
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Below the root, `/`-separated. One finding a path. */
  readonly path: string;
  /** Null for what is no file of the library. */
  readonly fileId: string | null;
  readonly assetId: string | null;
  readonly title: string | null;
  /** Bytes that it should have, null when unknown. */
  readonly size: number | null;
  /** Its place in the queue, null when it has none. */
  readonly job: JobState | null;
}

/** How it stands with the truth of what is on disk. Times are milliseconds since the Unix epoch. */
export interface VerifyOverview {
  /** Findings by verdict. */
  readonly counts: Readonly<Record<VerifyFinding["verdict"], number>>;
  /** The last verification of the whole library that came to its end, null when none did. */
  readonly last: { readonly at: number; readonly files: number; readonly bytes: number } | null;
  /** One that was stopped and would be gone on with, null when there is none. */
  readonly unfinished: { readonly startedAt: number } | null;
  /** What the last night brought, null before the first. */
  readonly night: {
    readonly at: number;
    readonly files: number;
    readonly bytes: number;
    readonly bad: number;
  } | null;
}

/** A release or bundle that models came in. */
export interface ReleaseRow {
  readonly provider: string;
  /** As a filter takes it. */
  readonly key: string;
  readonly label: string;
  /** Whose it is; empty when nobody knows. */
  readonly owner: string;
  /** `YYYY-MM`. */
  readonly month: string | null;
  readonly assets: number;
}

/** How an import went. Always `rows === assets + merged + quarantined`. */
export interface ImportSummary {
  /** Entries of the saved list. */
  readonly rows: number;
  readonly assets: number;
  /** Entries that repeated another. */
  readonly merged: number;
  /** Entries that nobody understood. */
  readonly quarantined: number;
  /** Of the assets. Always `added + updated + unchanged === assets`. */
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Known ones that are gone now. */
  readonly removed: number;
  /** Why nothing was marked as gone, null when the list counts as complete. */
  readonly incomplete: string | null;
}

/** An item of a site's list that was set aside. */
export interface QuarantineRow {
  readonly provider: string;
  readonly item: string;
  readonly reason: string;
}

/** How it stands with a provider. */
export interface ProviderStatus {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Name of the account, null when signed out. */
  readonly account: string | null;
  /** Milliseconds since the Unix epoch, null when never. */
  readonly lastScan: number | null;
  /** Where the user's browser shows the list, for sites of which a saved list can be imported; else null. */
  readonly importUrl: string | null;
  /** Whether the app can open a window on the site in which the user hands the list over. */
  readonly hasWindow: boolean;
  /** The silence that the site has asked for, null when there is none. */
  readonly pause: SitePause | null;
}

/** A silence that a site asked for. */
export interface SitePause {
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
  /** `challenged`: the site wants to see a person first. */
  readonly reason: "throttled" | "challenged";
}

/** What the engine is and has, at a glance. */
export interface EngineStatus {
  readonly root: string;
  readonly busy: "sync" | "verify" | "move" | "adopt" | "rebuild" | "import" | null;
  /** The user holds the whole queue. */
  readonly paused: boolean;
  readonly library: AssetSummary;
  readonly queue: Readonly<Record<JobState, number>>;
  /** Files on disk of which the last verification said something else than OK. */
  readonly damaged: number;
  readonly providers: readonly ProviderStatus[];
  /** How a damaged or lost database was replaced when the app was opened, null when it was fine. */
  readonly recovered: Recovery | null;
  /** No request finds a way out; null with a network. */
  readonly offline: {
    /** When the next one is tried; milliseconds since the Unix epoch. */
    readonly lookAt: number;
  } | null;
}

/** How a database that was damaged or lost was replaced. */
export interface Recovery {
  /** Where the damaged one is now; null when it was gone. */
  readonly aside: string | null;
  /** When the backup was made that took its place (milliseconds since the Unix epoch); null when none could be used. */
  readonly backupAt: number | null;
  /** What the model folders brought back; null until the library's folder is there. */
  readonly rebuilt: RebuildSummary | null;
}

/** What was read back from the model folders. */
export interface RebuildSummary {
  /** Model folders that say of what model they are. */
  readonly folders: number;
  /** Models that the database did not have. */
  readonly added: number;
  readonly known: number;
  /** Folders that are damaged, or a second one of the same model. */
  readonly odd: number;
  /** Folders that are described by other programs alone. */
  readonly foreign: number;
  /** Files that count as here again, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Files that were removed by the user. */
  readonly removed: number;
  /** Milliseconds. */
  readonly took: number;
}

/** By what a file was recognised as one of the library: `name` is its size and name, `chosen` the user's word. */
export type RecognisedBy = "sidecar" | "sha256" | "name" | "chosen";

/** Files on disk, and the files of the library that they could be. */
export interface Ambiguity {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Bytes. */
  readonly size: number;
  readonly files: readonly {
    readonly fileId: string;
    readonly title: string;
    readonly name: string;
    /** Below the root. */
    readonly path: string;
  }[];
}

/** A version of a file that another one replaced. */
export interface VersionRow {
  readonly assetId: string;
  readonly title: string;
  /** Its name in `.versions/`, unique in its model. */
  readonly version: string;
  /** The file that it was one of; null when that is not known any more. */
  readonly fileId: string | null;
  /** Of that file, as the site names it; else what can be told from the version's name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** When it came to the disk; milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Whom the front end talks to. */
export interface Hello {
  readonly version: string;
  readonly os: "linux" | "darwin" | "windows";
  /** Whether this is the made-up library of a simulated site. */
  readonly demo: boolean;
  /**
   * Where images and files are read from: `<mediaBase>thumb/<asset id>` and `<mediaBase>file/<file id>`, the ids
   * URI-encoded. Absolute, or a path on the page's own origin; null where nothing can be read.
   */
  readonly mediaBase: string | null;
  /** Whether folders and links can be opened on the computer that the user sits at. */
  readonly canReveal: boolean;
  readonly canAutoLaunch: boolean;
}

/** What a person enters to sign in. */
export interface AuthSchemeRow {
  readonly id: string;
  /** `browser`: the user signs in on the site and enters nothing here but the app that it is done for. */
  readonly kind: "secret" | "browser";
  readonly label: string;
  /** Steps, in order; plain sentences. */
  readonly steps: readonly string[];
  /** The address to start at; null when there is none. */
  readonly url: string | null;
  /** What it opens and what not. */
  readonly can: readonly string[];
  readonly cannot: readonly string[];
}

/** What became of an archive that was to be unpacked. */
export interface UnpackedFolder {
  /** Its name. */
  readonly archive: string;
  /** Absolute path of what it was unpacked to. */
  readonly folder: string;
  /** It had been unpacked before; then nothing was done. */
  readonly wasHere: boolean;
  readonly files: number;
  readonly bytes: number;
  /** Entries that were left out: paths that lead elsewhere, links, what takes a password. */
  readonly skipped: readonly {
    readonly name: string;
    readonly reason: "leadsOut" | "link" | "encrypted";
  }[];
}

/** That a sign-in was found to be good. What the site does not tell is null. Times are milliseconds since the Unix epoch. */
export interface SignInCheck {
  readonly at: number;
  /** Whose it is, as the sign-in server calls them: mostly an e-mail address. */
  readonly username: string | null;
  /** What it opens. */
  readonly scopes: readonly string[] | null;
  /** When it ends for good, renewed or not. */
  readonly until: number | null;
}

/** What came of asking whether a sign-in is still good. `unknown`: nobody answered. */
export interface CheckedSignIn {
  readonly scheme: string;
  readonly outcome: "good" | "ended" | "unknown";
  /** Null unless it is good. */
  readonly check: SignInCheck | null;
  /** Why it is unknown, else null. */
  readonly problem: FrameError | null;
}

/** One way in which an account is signed in. */
export interface SignInRow {
  readonly scheme: string;
  /** Milliseconds since the Unix epoch, null when nobody knows. */
  readonly expiresAt: number | null;
  /** Whether it is renewed by itself. */
  readonly renews: boolean;
  /** Whether the site has refused it since. */
  readonly ended: boolean;
  /** Null before it was first checked. */
  readonly check: SignInCheck | null;
}

/** The app that the user has registered with a site, for signing in through the browser. */
export interface RegisteredApp {
  /** What is to be registered as return address, letter by letter. */
  readonly redirectUri: string;
  /** Null before one was entered. */
  readonly clientId: string | null;
  readonly hasSecret: boolean;
}

/** A sign-in that waits for the user in the browser. */
export interface PendingSignIn {
  readonly url: string;
  /** Milliseconds since the Unix epoch when it is given up. */
  readonly until: number;
}

/** A provider that one can sign in to. */
export interface AccountRow extends ProviderStatus {
  readonly schemes: readonly AuthSchemeRow[];
  readonly signIns: readonly SignInRow[];
  /** Milliseconds since the Unix epoch, null when signed out. */
  readonly signedInAt: number | null;
}

export interface PluginRow {
  readonly id: string;
  readonly name: string;
  /** Empty when the manifest cannot be read. */
  readonly version: string;
  readonly state: "built-in" | "unsigned" | "invalid";
  /** Why it is invalid, else null. */
  readonly reason: string | null;
  readonly enabled: boolean;
  /** All that it may reach. */
  readonly hosts: readonly string[];
  /** What it may do besides, in plain words. */
  readonly permissions: readonly string[];
}

/** What a folder would be as library root. */
export interface RootCheck {
  /** Absolute, as it would be used. */
  readonly path: string;
  readonly exists: boolean;
  readonly writable: boolean;
  /** Holds a library: `own` is the one of this profile. */
  readonly library: "own" | "other" | null;
  readonly empty: boolean;
  /** Bytes, null when unknown. */
  readonly free: number | null;
  /** Why it cannot be used, null when it can. */
  readonly problem: string | null;
}

/** One thing that the doctor looked at. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly text: string;
}

interface Changed {
  readonly changed: number;
}

interface Started {
  readonly started: true;
}

/** What each method answers. */
export interface Results {
  "engine.hello": Hello;
  "engine.status": EngineStatus;
  "engine.shutdown": null;
  "library.query": Page<AssetRow>;
  "library.summary": AssetSummary;
  "library.facets": {
    readonly providers: readonly Facet[];
    readonly sources: readonly Facet[];
    readonly availabilities: readonly Facet[];
  };
  "library.creators": Page<CreatorRow>;
  "library.releases": Page<ReleaseRow>;
  "library.asset": AssetDetail;
  "library.quarantine": Page<QuarantineRow>;
  /** `undo` takes it back, null when nothing changed. */
  "library.setWanted": { readonly changed: number; readonly undo: string | null };
  "library.undoWanted": Changed;
  "library.import": ImportSummary;
  "library.window": ImportSummary | null;
  "library.closeWindow": null;
  "library.rebuild": Started;
  "library.export": {
    /** Absolute. */
    readonly path: string;
    readonly assets: number;
    readonly files: number;
  };
  "adoption.start": Started;
  "versions.list": Page<VersionRow> & { readonly bytes: number };
  "versions.drop": { readonly dropped: number; readonly bytes: number };
  "versions.restore": { readonly path: string };
  "files.refetch": { readonly queued: number };
  "files.remove": { readonly removed: number; readonly bytes: number };
  "files.unpack": { readonly folders: readonly UnpackedFolder[] };
  "files.restore": { readonly restored: number };
  "files.reveal": null;
  "sync.start": Started;
  "sync.stop": null;
  "verify.start": Started;
  "verify.overview": VerifyOverview;
  "verify.findings": Page<VerifyFinding>;
  "downloads.list": Page<JobRow>;
  "downloads.speed": { readonly samples: readonly number[] };
  "downloads.pause": Changed;
  "downloads.resume": Changed;
  "downloads.cancel": Changed;
  "downloads.retry": Changed;
  "downloads.move": Changed;
  "downloads.lookNow": null;
  "handover.list": Page<HandoverRow> & {
    /** What arrived in the watched folder and could be several files. */
    readonly unclear: readonly Ambiguity[];
    /** Why the folder is not watched: it is not there, or is in the library. */
    readonly problem: "missing" | "inLibrary" | null;
    /** Where browsers save to mostly, absolute. */
    readonly suggestion: string;
  };
  "history.list": Page<HistoryRow>;
  "history.clear": Changed;
  "settings.get": Settings;
  "settings.set": Settings;
  "root.check": RootCheck;
  "root.change": Started;
  "autoLaunch.get": { readonly available: boolean; readonly enabled: boolean };
  "autoLaunch.set": { readonly available: boolean; readonly enabled: boolean };
  "plugins.list": readonly PluginRow[];
  "plugins.setEnabled": readonly PluginRow[];
  "accounts.list": readonly AccountRow[];
  "accounts.login": { readonly id: string; readonly name: string };
  "accounts.app": RegisteredApp;
  "accounts.setApp": RegisteredApp;
  "accounts.authorize": PendingSignIn;
  "accounts.returned": null;
  "accounts.authorized": { readonly id: string; readonly name: string };
  "accounts.cancelLogin": null;
  "accounts.logout": null;
  /** One for each way in which the provider is signed in to. */
  "accounts.check": readonly CheckedSignIn[];
  "demo.enter": null;
  "demo.leave": null;
  "doctor.run": { readonly ok: boolean; readonly findings: readonly Finding[] };
  "log.tail": { readonly lines: readonly string[] };
  "diagnostics.export": { readonly path: string };
  "links.open": null;
}
