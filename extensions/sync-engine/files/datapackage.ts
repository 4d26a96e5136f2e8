import * as v from "valibot";
import { mediaType } from "./media_type.ts";
import { isRelativePath } from "./resolve_in_root.ts";

/** Name of the sidecar in each model folder. */
export const SIDECAR_NAME = "datapackage.json";

const FORMAT = 1;

/** What is known of a file, for the sidecar. */
export interface SidecarFile {
  /** The provider's id of the file: `archive-33`. */
  readonly id: string;
  readonly kind: "model" | "image";
  /** As the site names it. */
  readonly name: string;
  /** Below the model folder, '/'-separated: `files/dragon.stl`. */
  readonly path: string;
  /** Of the file on disk, lower-case hex; null until it is there. */
  readonly sha256: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** Strong ETag or Last-Modified of the download. */
  readonly validator: string | null;
  /** The provider's change signal of what is on disk. */
  readonly revision: string | null;
  /** Milliseconds since the Unix epoch. */
  readonly downloadedAt: number | null;
  /** By the user: never fetched again by itself. @default {false} */
  readonly removed?: boolean;
  /** As the site lists it now; absent in what older versions wrote. */
  readonly listing?: FileListing | undefined;
}

/** What the site said of a file when it was last looked at. */
export interface FileListing {
  /** The provider's change signal. */
  readonly revision: string;
  /** Opaque to the core. */
  readonly ref: string;
  /** Lower-case hex, where the site gives one. */
  readonly expectedSha256: string | null;
  /** Whether the site still listed it. */
  readonly listed: boolean;
}

/** What the site said of an asset when it was last listed, and what the user chose. */
export interface AssetListing {
  /** Opaque to the core. */
  readonly ref: string;
  /** The revision whose files are known, null when nobody looked yet. */
  readonly detailRevision: string | null;
  /** ISO 8601, as the site gives it. */
  readonly updatedAt: string | null;
  readonly thumbUrl: string | null;
  readonly sources: readonly string[];
  readonly releases: readonly string[];
  readonly availability: "public" | "withdrawn" | "locked" | "gone";
  readonly wanted: boolean;
}

/** All that a model's sidecar says: enough to rebuild its rows from disk. */
export interface Sidecar {
  /** Id of the provider: `mmf`. */
  readonly provider: string;
  /** The provider's id of the asset: `object-200`. */
  readonly assetId: string;
  /** The provider's change signal of the asset. */
  readonly revision: string;
  readonly title: string;
  readonly creator: string | null;
  readonly description: string | null;
  /** The page of the model on the site. */
  readonly url: string | null;
  readonly license: string | null;
  readonly tags: readonly string[];
  /** Path of the preview image below the model folder. */
  readonly image: string | null;
  readonly files: readonly SidecarFile[];
  /** Absent in what older versions wrote. */
  readonly listing?: AssetListing | undefined;
}

/** A JSON object of unknown content. */
export type Document = Readonly<Record<string, unknown>>;

/** What a text turned out to be. `ours` has our block, `foreign` is another program's data package. */
export type ParsedSidecar =
  | { readonly state: "ours"; readonly sidecar: Sidecar; readonly document: Document }
  | { readonly state: "foreign"; readonly document: Document }
  | { readonly state: "damaged"; readonly reason: string };

/** The SPDX ids that models come with. */
const SPDX =
  /^(?:CC0-1\.0|CC-BY(?:-NC)?(?:-SA|-ND)?-[1-4]\.\d|MIT|Apache-2\.0|BSD-[23]-Clause|[AL]?GPL-[23]\.\d-(?:only|or-later))$/;

const Text = v.fallback(v.nullable(v.string()), null);
const Count = v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));
const Below = v.pipe(v.string(), v.check(isRelativePath, "Path leaves the model folder"));
const Sha256 = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)));
const Time = v.nullable(v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), "Not a date"),
  v.transform((text) => Date.parse(text)),
));

const Texts = v.array(v.string());

/** What is not understood of these is asked of the site again. */
const FileListingSchema = v.object({
  revision: v.string(),
  ref: v.string(),
  expectedSha256: Sha256,
  listed: v.boolean(),
});
const AssetListingSchema = v.object({
  ref: v.string(),
  detailRevision: v.nullable(v.string()),
  updatedAt: v.nullable(v.string()),
  thumbUrl: v.nullable(v.string()),
  sources: Texts,
  releases: Texts,
  availability: v.picklist(["public", "withdrawn", "locked", "gone"]),
  wanted: v.boolean(),
});

const Block = v.object({
  format: v.literal(FORMAT),
  provider: v.string(),
  assetId: v.string(),
  revision: v.string(),
  creator: v.nullable(v.string()),
  license: v.nullable(v.string()),
  files: v.array(v.object({
    id: v.string(),
    kind: v.picklist(["model", "image"]),
    name: v.string(),
    path: Below,
    sha256: Sha256,
    size: Count,
    validator: v.nullable(v.string()),
    revision: v.nullable(v.string()),
    downloadedAt: Time,
    removed: v.exactOptional(v.boolean()),
    listing: v.fallback(v.optional(FileListingSchema), undefined),
  })),
  listing: v.fallback(v.optional(AssetListingSchema), undefined),
});

/** The Frictionless fields that we take back; somebody else may have edited them, so oddities fall back. */
const Descriptor = v.object({
  title: v.fallback(v.string(), ""),
  description: Text,
  homepage: Text,
  image: v.fallback(v.nullable(Below), null),
  keywords: v.fallback(v.array(v.string()), []),
});

const AnyObject = v.record(v.string(), v.unknown());

/** Reads the text of a `datapackage.json`, whoever wrote it. */
export function parseSidecar(text: string): ParsedSidecar {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return { state: "damaged", reason: "It is not JSON" };
  }
  if (!v.is(AnyObject, json) || Array.isArray(json)) {
    return { state: "damaged", reason: "It is not a JSON object" };
  }
  if (json.mmfsync === undefined) return { state: "foreign", document: json };
  const block = v.safeParse(Block, json.mmfsync);
  if (!block.success) {
    const [issue] = block.issues;
    return {
      state: "damaged",
      reason: `Its mmfsync block is not understood at "${
        v.getDotPath(issue) ?? ""
      }": ${issue.message}`,
    };
  }
  const { title, description, homepage, image, keywords } = v.parse(Descriptor, {
    title: json.title,
    description: json.description ?? null,
    homepage: json.homepage ?? null,
    image: json.image ?? null,
    keywords: json.keywords,
  });
  const { format: _, ...ours } = block.output;
  const sidecar = { ...ours, title, description, url: homepage, image, tags: keywords };
  return { state: "ours", sidecar, document: json };
}

/**
 * The text of a `datapackage.json` (Frictionless Data Package, with the fields that Manyfold reads:
 * `app/deserializers/data_package/` in its source), our own block included.
 *
 * @param previous What stands there now: fields that are not ours are carried over, in the document and in its
 * resources, and so are resources that we never wrote.
 */
export function formatSidecar(sidecar: Sidecar, previous: ParsedSidecar | null = null): string {
  const { title, creator, description, url, license, tags, image, ...block } = sidecar;
  const document: Record<string, unknown> = {
    ...(previous && previous.state !== "damaged" ? previous.document : {}),
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: slug(`${sidecar.provider}-${sidecar.assetId}`),
    title,
    description: description ?? undefined,
    homepage: url ?? undefined,
    image: image ?? undefined,
    keywords: tags.length > 0 ? tags : undefined,
    licenses: license === null ? undefined : [licenseOf(license, url)],
    contributors: creator === null ? undefined : [{ title: creator, roles: ["creator"] }],
    resources: resourcesOf(sidecar, previous),
    mmfsync: {
      format: FORMAT,
      ...block,
      creator,
      license,
      files: sidecar.files.map((file) => ({ ...file, downloadedAt: isoOf(file.downloadedAt) })),
    },
  };
  return JSON.stringify(document, null, 2) + "\n";
}

function resourcesOf(sidecar: Sidecar, previous: ParsedSidecar | null): unknown[] {
  const before = previous && previous.state !== "damaged" ? previous.document.resources : [];
  const known = new Map<string, Document>();
  for (const resource of Array.isArray(before) ? before : []) {
    if (v.is(AnyObject, resource) && typeof resource.path === "string") {
      known.set(resource.path, resource);
    }
  }
  const names = new Set<string>();
  const ours = sidecar.files
    .filter((file) => file.sha256 !== null && !file.removed)
    .map((file) => ({
      ...known.get(file.path),
      name: unique(slug(file.path), names),
      title: file.name,
      path: file.path,
      mediatype: mediaType(file.path) ?? undefined,
      bytes: file.size ?? undefined,
      hash: `sha256:${file.sha256}`,
    }));
  const written = previous?.state === "ours" ? previous.sidecar.files : [];
  for (const { path } of [...written, ...sidecar.files]) known.delete(path);
  return [...ours, ...known.values()];
}

/** Manyfold refuses a model whose license name is no SPDX id, so whatever is none goes elsewhere. */
function licenseOf(license: string, url: string | null): Document {
  return SPDX.test(license) ? { name: license } : { title: license, path: url ?? undefined };
}

/** Frictionless names are lower-case ASCII without spaces. */
function slug(text: string): string {
  const ascii = text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  return ascii.replace(/[^a-z0-9._]+/g, "-").replace(/^[-.]+|[-.]+$/g, "") || "unnamed";
}

function unique(name: string, names: Set<string>): string {
  let free = name;
  for (let n = 2; names.has(free); n++) free = `${name}-${n}`;
  names.add(free);
  return free;
}

function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
