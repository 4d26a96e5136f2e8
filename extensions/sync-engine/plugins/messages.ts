/**
 * Everything that comes out of a plugin, checked. The results are fresh plain objects with known
 * fields of bounded size: nothing a plugin sends reaches the engine by reference or by surprise.
 *
 * @module
 */

import * as v from "valibot";
import type * as sdk from "../../../providers/sdk/mod.ts";

const LONGEST_URL = 8192;

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const named = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest));
const list = <T extends v.GenericSchema>(item: T, longest: number) =>
  v.pipe(v.array(item), v.maxLength(longest), v.readonly());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** `<kind>-<n>`: becomes part of rows and file names, so nothing else is let in. */
const stableId = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9]{0,19}-[A-Za-z0-9_-]{1,120}$/, "Expected an id such as object-200"),
);

const httpsUrl = v.pipe(
  v.string(),
  v.maxLength(LONGEST_URL),
  v.check((url) => URL.parse(url)?.protocol === "https:", "Expected an https address"),
);

const isoDate = v.pipe(
  v.string(),
  v.maxLength(40),
  v.check(
    (date) => /^\d{4}-\d{2}-\d{2}/.test(date) && !Number.isNaN(Date.parse(date)),
    "Expected an ISO 8601 date",
  ),
);

const account = v.pipe(v.object({ id: named(200), name: text(200) }), v.readonly());

const asset = v.pipe(
  v.object({
    id: stableId,
    title: text(2000),
    creator: v.nullable(text(500)),
    updatedAt: v.nullable(isoDate),
    thumbUrl: v.nullable(httpsUrl),
    url: v.nullable(httpsUrl),
    tags: list(text(200), 500),
    sources: list(text(200), 100),
    releases: list(text(500), 1000),
    revision: text(1000),
    ref: text(16_384),
  }),
  v.readonly(),
);

const release = v.pipe(
  v.object({
    id: named(500),
    kind: v.picklist(["release", "bundle"]),
    label: named(500),
    isNamed: v.boolean(),
    owner: v.nullable(text(500)),
    month: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/, "Expected YYYY-MM"))),
  }),
  v.readonly(),
);

const quarantined = v.pipe(v.object({ item: text(500), reason: text(2000) }), v.readonly());

const libraryPage = v.pipe(
  v.object({
    seen: count,
    assets: list(asset, 100_000),
    merged: count,
    quarantined: list(quarantined, 100_000),
    releases: v.exactOptional(list(release, 100_000)),
    next: v.nullable(text(8192)),
  }),
  v.readonly(),
  v.check(
    (page) => page.seen === page.assets.length + page.merged + page.quarantined.length,
    (issue) => {
      const { seen, assets, merged, quarantined } = issue.input;
      return `The site listed ${seen} items, but ${assets.length} assets, ${merged} merged and ` +
        `${quarantined.length} quarantined came of it`;
    },
  ),
);

const assetFile = v.pipe(
  v.object({
    id: stableId,
    kind: v.picklist(["model", "image"]),
    name: named(1000),
    size: v.nullable(count),
    revision: text(1000),
    sha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "Expected lower-case hex"))),
    ref: text(16_384),
  }),
  v.readonly(),
);

const assetDetail = v.pipe(
  v.object({
    files: list(assetFile, 20_000),
    quarantined: list(quarantined, 20_000),
    description: v.nullable(text(200_000)),
    license: v.nullable(text(2000)),
    availability: v.picklist(["public", "withdrawn"]),
    thumbUrl: v.exactOptional(httpsUrl),
  }),
  v.readonly(),
);

const lease = v.pipe(v.object({ url: httpsUrl, expiresAt: v.nullable(count) }), v.readonly());

/** What each method of a provider answers. */
export const RESULTS = {
  authenticate: account,
  libraryPage,
  fileMeta: assetDetail,
  downloadUrl: lease,
  importLibrary: libraryPage,
} as const;

/** A request that a plugin asks the core to send. */
export const hostRequest = v.pipe(
  v.object({
    url: named(LONGEST_URL),
    method: v.exactOptional(v.picklist(["GET", "POST"])),
    headers: v.exactOptional(v.pipe(
      v.record(named(100), text(8192)),
      v.maxEntries(50),
      v.readonly(),
    )),
    body: v.exactOptional(text(1024 * 1024)),
    redirect: v.exactOptional(v.picklist(["follow", "manual"])),
  }),
  v.readonly(),
);

export const providerErrorCode = v.picklist([
  "needsAuth",
  "locked",
  "gone",
  "retryable",
  "throttled",
  "challenged",
  "badResponse",
  "badInput",
]);

/** Number of a call or of a host request; they never come near the bound. */
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What the worker of a plugin may say. */
export const workerMessage = v.variant("t", [
  v.object({ t: v.literal("pong"), n: number }),
  v.object({ t: v.literal("done"), id: number, result: v.unknown() }),
  v.object({
    t: v.literal("fail"),
    id: number,
    /** The plugin built it with `host.error()`. */
    code: v.nullable(providerErrorCode),
    /** The plugin let the failure of this host request through. */
    host: v.nullable(number),
    message: v.string(),
  }),
  v.object({ t: v.literal("request"), id: number, call: number, request: v.unknown() }),
  v.object({
    t: v.literal("log"),
    level: v.picklist(["debug", "info", "warn", "error"]),
    message: v.string(),
  }),
]);

/** Fails to compile when a schema and the SDK's type drift apart. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;
const proofs: [
  Same<v.InferOutput<typeof account>, sdk.Account>,
  Same<v.InferOutput<typeof asset>, sdk.Asset>,
  Same<v.InferOutput<typeof quarantined>, sdk.Quarantined>,
  Same<v.InferOutput<typeof release>, sdk.Release>,
  Same<v.InferOutput<typeof libraryPage>, sdk.LibraryPage>,
  Same<v.InferOutput<typeof assetFile>, sdk.AssetFile>,
  Same<v.InferOutput<typeof assetDetail>, sdk.AssetDetail>,
  Same<v.InferOutput<typeof lease>, sdk.Lease>,
  Same<v.InferOutput<typeof hostRequest>, sdk.HostRequest>,
  Same<v.InferOutput<typeof providerErrorCode>, sdk.ProviderErrorCode>,
] = [true, true, true, true, true, true, true, true, true, true];
void proofs;
