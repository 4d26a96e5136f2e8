/**
 * What a provider implements and what it is given. A provider is a single-file ES module without imports
 * (these types vanish when it is built); it runs without any permission, and `Host` is all it can reach.
 *
 * @module
 */

/** The `api_version` that this SDK describes. */
export type ApiVersion = 1;

/** A provider: the default export of its module. */
export interface Provider {
  /** Says whose account the stored credential opens. Fails with `needsAuth` when it opens none. */
  authenticate(host: Host): Promise<Account>;
  /**
   * One page of what the account owns; `cursor` is null for the first, then the previous page's `next`.
   *
   * @param named Ids of releases that need not be asked about any more: what they are called is known.
   */
  libraryPage(
    host: Host,
    cursor: string | null,
    named?: readonly string[],
  ): Promise<LibraryPage>;
  /** The files and images of one asset. */
  fileMeta(host: Host, asset: AssetRef): Promise<AssetDetail>;
  /** A download address, asked for just before it is used. */
  downloadUrl(host: Host, file: FileRef): Promise<Lease>;
  /**
   * Reads a library that the user has saved in their own browser, for sites that show it there only. The manifest then
   * has a table `[import]`. It computes only: `host.request` is refused. The documents come with the first call, whose
   * `cursor` is null; the calls for later pages go to the same provider without them. Fails with `badInput` when the
   * documents are something else, and says what to do.
   */
  importLibrary?(
    host: Host,
    documents: readonly SavedDocument[],
    cursor: string | null,
  ): Promise<LibraryPage>;
}

/** A text that the user's browser has got from the site. */
export interface SavedDocument {
  /** What the user knows it by: a file name. */
  readonly name: string;
  /** The address that answered it, where that is known: on a host of the manifest. */
  readonly url: string | null;
  readonly text: string;
}

/** The signed-in account. */
export interface Account {
  readonly id: string;
  readonly name: string;
}

/** `id` as the provider gave it (`object-200`), and whatever it stored in `ref`. */
export interface AssetRef {
  readonly id: string;
  readonly ref: string;
}

/** `id` as the provider gave it, and whatever it stored in `ref`. */
export interface FileRef {
  readonly id: string;
  readonly ref: string;
}

/** A model (or bundle) in the library. */
export interface Asset {
  /** `<kind>-<n>`, unique and stable within the provider: `object-200`. */
  readonly id: string;
  readonly title: string;
  readonly creator: string | null;
  /** ISO 8601, or null. */
  readonly updatedAt: string | null;
  readonly thumbUrl: string | null;
  /** The page of the model on the site. */
  readonly url: string | null;
  readonly tags: readonly string[];
  /** How the user came to own it, in the provider's words in lower case: `purchase`, `tribe`, … */
  readonly sources: readonly string[];
  /** Ids of what it came in: releases, pledges, bundles. What they are called, `LibraryPage.releases` tells. */
  readonly releases: readonly string[];
  /** Changes whenever the files may have changed: the core asks for `fileMeta` again when it does. */
  readonly revision: string;
  /** Opaque; handed back in `AssetRef`. */
  readonly ref: string;
}

/** What models come in: a month of a tribe, a pledge, a bundle. */
export interface Release {
  /** As `Asset.releases` names it. */
  readonly id: string;
  readonly kind: "release" | "bundle";
  readonly label: string;
  /**
   * Whether the site calls it so, or has said that it has no name for it. A name that was made up from the id never takes
   * the place of such a one.
   */
  readonly isNamed: boolean;
  /** Whose it is, null when nobody knows. */
  readonly owner: string | null;
  /** `YYYY-MM` where it is of a month, else null. */
  readonly month: string | null;
}

/** An item that could not be understood, and why. It is shown to the user, never dropped in silence. */
export interface Quarantined {
  /** What names the item: an id where it has one, else its position. */
  readonly item: string;
  readonly reason: string;
}

/** Invariant, checked by the core: `seen === assets.length + merged + quarantined.length`. */
export interface LibraryPage {
  /** Items that the site listed for this page. */
  readonly seen: number;
  readonly assets: readonly Asset[];
  /** Items that repeated another and were merged into it. */
  readonly merged: number;
  readonly quarantined: readonly Quarantined[];
  /** What is known of the releases that the assets name. One that is not here is called by its id. */
  readonly releases?: readonly Release[];
  /** Cursor of the next page, null after the last. */
  readonly next: string | null;
}

/** A file of an asset. */
export interface AssetFile {
  /** Unique and stable within the asset: `archive-33`, `file-64938`, `image-157187`. */
  readonly id: string;
  readonly kind: "model" | "image";
  /** As the site names it; never trusted as a path. */
  readonly name: string;
  /** Bytes, null when the site does not say. */
  readonly size: number | null;
  /** Changes when the content does: size, dates, archive id as the site gives them. */
  readonly revision: string;
  /** Lower-case hex, where the site gives one. */
  readonly sha256: string | null;
  /** Opaque; handed back in `FileRef`. */
  readonly ref: string;
}

/** What `fileMeta` answers. An asset without files is normal. */
export interface AssetDetail {
  readonly files: readonly AssetFile[];
  /** Files that could not be understood, and why. */
  readonly quarantined: readonly Quarantined[];
  /** Plain text, null when the site gives none. */
  readonly description: string | null;
  readonly license: string | null;
  /** `withdrawn`: no longer public, still downloadable for its owner. */
  readonly availability: "public" | "withdrawn";
  /** A small picture, for assets whose list gave none. Absent when there is none here either. */
  readonly thumbUrl?: string;
}

/** A download address. It must be on a host of the manifest; the core fetches it without credentials. */
export interface Lease {
  readonly url: string;
  /** Milliseconds since the Unix epoch, null when not known. */
  readonly expiresAt: number | null;
}

/** All that a provider can do besides computing. */
export interface Host {
  /**
   * Sends a request to a host of the manifest. The core attaches the credential, paces, retries what is
   * worth it, caps the size and polices redirects. Any status comes back as an answer except those that the core
   * acts on itself: throttling and bot checks reject with `HostError`.
   */
  request(request: HostRequest): Promise<HostResponse>;
  log(level: "debug" | "info" | "warn" | "error", message: string): void;
  /** Builds an error that the core understands; throw it. */
  error(code: ProviderErrorCode, message: string): Error;
}

export interface HostRequest {
  readonly url: string;
  /** @default {"GET"} */
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `manual` hands back the 3xx answer with its `location`. @default {"follow"} */
  readonly redirect?: "follow" | "manual";
}

export interface HostResponse {
  readonly status: number;
  /** Address of the answer after redirects. */
  readonly url: string;
  /** Names in lower case; no `set-cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * - `needsAuth`: the sign-in is missing or dead
 * - `locked`: owned, but not open to this account
 * - `gone`: no longer there
 * - `retryable`: a hiccup of the site
 * - `throttled`: the site asks for a pause in a way that the core cannot see; it pauses the provider
 * - `challenged`: a check for robots that the core cannot see; it pauses the provider for longer
 * - `badResponse`: the site answered something that this provider does not understand
 * - `badInput`: the user gave something that is of no use, and the message says what to do
 */
export type ProviderErrorCode =
  | "needsAuth"
  | "locked"
  | "gone"
  | "retryable"
  | "throttled"
  | "challenged"
  | "badResponse"
  | "badInput";
