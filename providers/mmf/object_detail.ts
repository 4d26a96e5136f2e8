/**
 * `/api/v2/objects/{id}`: what the documented interface tells of one model.
 *
 * @module
 */

import * as v from "valibot";

import type { AssetFile, Host, Quarantined } from "../sdk/mod.ts";
import { readImages } from "./images.ts";
import { bytes, clip, date, id, label, list, read, text, verbatim } from "./lenient.ts";
import { flatText, plainText } from "./plain_text.ts";
import { downloadLink, readLink, type RemoteFile, zipId } from "./remote_file.ts";
import { getJson } from "./site.ts";
import { stableId } from "./stable_id.ts";

export interface ObjectDetail {
  /** Files that can be downloaded; the site's zip last, when there is one. */
  readonly files: readonly RemoteFile[];
  /** Files that are listed without a way to download them. */
  readonly unlinked: readonly Quarantined[];
  /** How many files the site says there are. */
  readonly announced: number;
  /** How many it then listed. */
  readonly listed: number;
  readonly images: readonly AssetFile[];
  /** The primary picture in small. */
  readonly thumbUrl: string | null;
  /** Files and pictures that were not understood. */
  readonly quarantined: readonly Quarantined[];
  readonly description: string | null;
  readonly license: string | null;
}

const Detail = v.object({
  id: v.optional(id),
  name: v.optional(label),
  description: v.optional(text),
  description_html: v.optional(text),
  license: v.optional(label),
  images: v.optional(list, []),
  files: v.optional(v.unknown()),
  archive_download_url: v.optional(text),
});

const FileList = v.object({ total_count: v.optional(bytes), items: v.optional(list, []) });

const File = v.object({
  id: v.optional(id),
  filename: v.optional(verbatim),
  size: v.optional(bytes),
  created_at: v.optional(date),
  updated_at: v.optional(date),
  download_url: v.optional(text),
});

const FILES_PER_CALL = 100;

/**
 * Asks for the model with the number `object`; null when the site does not show it (withdrawn or private).
 *
 * @throws `needsAuth` when signed out
 */
export async function readObject(host: Host, object: string): Promise<ObjectDetail | null> {
  const answer = await getJson(host, `/api/v2/objects/${object}`);
  if (answer.kind === "missing" || answer.kind === "forbidden") return null;
  if (answer.kind !== "json") {
    throw host.error("needsAuth", "MyMiniFactory no longer accepts the sign-in. Sign in again");
  }
  const detail = read(Detail, answer.value);
  // Anything with neither id nor files is some other answer, not a model without files.
  if (detail === null || (!detail.id && detail.files === undefined)) {
    throw host.error("badResponse", `MyMiniFactory answered no model for object ${object}`);
  }
  const first = readFileList(detail.files);
  const items = first.announced > first.items.length
    ? await allFiles(host, object, first)
    : first.items;
  const files = readFiles(items, object);
  const { images, quarantined, thumbUrl } = readImages(detail.images);
  const zip = zipOf(detail.archive_download_url ?? null, detail.name ?? null, object);
  return {
    files: zip === null ? files.linked : [...files.linked, zip],
    unlinked: files.unlinked,
    announced: first.announced,
    listed: items.length,
    images,
    thumbUrl,
    quarantined: [...files.quarantined, ...quarantined],
    description: describe(detail.description_html ?? "", detail.description ?? ""),
    license: detail.license ?? null,
  };
}

function describe(html: string, flat: string): string | null {
  const description = plainText(html) ?? flatText(flat);
  return description === null ? null : clip(description, 100_000);
}

interface FilePage {
  readonly items: readonly unknown[];
  readonly announced: number;
}

function readFileList(value: unknown): FilePage {
  const bare = Array.isArray(value);
  const parsed = read(FileList, bare ? { items: value } : value);
  if (parsed === null) return { items: [], announced: 0 };
  const { items } = parsed;
  return { items, announced: parsed.total_count ?? items.length };
}

// The nested list may be cut off. What the site does past the last page is not known, so an empty page and one that
// brings nothing new both end it.
async function allFiles(host: Host, object: string, first: FilePage): Promise<unknown[]> {
  const found = new Map<string, unknown>(first.items.map((item) => [JSON.stringify(item), item]));
  const pages = Math.min(Math.ceil(first.announced / FILES_PER_CALL), 100);
  const seen = new Map<string, unknown>();
  for (let page = 1; page <= pages; page++) {
    const path = `/api/v2/objects/${object}/files?page=${page}&per_page=${FILES_PER_CALL}`;
    const answer = await getJson(host, path);
    if (answer.kind !== "json") {
      throw host.error("badResponse", `MyMiniFactory does not list all files of object ${object}`);
    }
    const before = seen.size;
    for (const item of readFileList(answer.value).items) seen.set(JSON.stringify(item), item);
    if (seen.size === before || seen.size >= first.announced) break;
  }
  return [...(seen.size >= found.size ? seen : found).values()];
}

function readFiles(items: readonly unknown[], object: string): {
  linked: RemoteFile[];
  unlinked: Quarantined[];
  quarantined: Quarantined[];
} {
  const linked: RemoteFile[] = [];
  const unlinked: Quarantined[] = [];
  const quarantined: Quarantined[] = [];
  items.forEach((value, index) => {
    const file = read(File, value);
    const { id: number = null, filename = null, size = null } = file ?? {};
    const item = clip(filename ?? (number === null ? `file ${index + 1}` : `file-${number}`), 500);
    if (file === null) {
      quarantined.push({ item, reason: "This file is not described" });
      return;
    }
    const raw = file.download_url ?? null;
    if (raw === null) {
      unlinked.push({ item, reason: "MyMiniFactory lists this file without a way to download it" });
      return;
    }
    const target = readLink(raw);
    if (target === null) {
      quarantined.push({
        item,
        reason: `This file is not kept by MyMiniFactory: ${clip(raw, 500)}`,
      });
      return;
    }
    const fileId = target.archive !== null
      ? stableId("archive", v.parse(id, target.archive), target.archive)
      : target.role === "zip"
      ? zipId(object)
      : stableId("file", number, filename ?? target.link);
    linked.push({
      id: fileId,
      role: target.role,
      name: clip(filename ?? fileId, 1000),
      size,
      date: file.updated_at ?? file.created_at ?? null,
      link: target.link,
    });
  });
  return { linked: tellApart(linked, object), unlinked, quarantined };
}

// Parts are addressed by name, which two parts of one model may share; the site takes their ids too.
function tellApart(files: readonly RemoteFile[], object: string): RemoteFile[] {
  const ids = Map.groupBy(files, (file) => file.link);
  return files.map((file) => {
    const number = /^file-(\d+)$/.exec(file.id)?.[1];
    const shared = new Set(ids.get(file.link)?.map(({ id }) => id)).size > 1;
    const isNamed = new URL(file.link).searchParams.has("downloadfile");
    return shared && isNamed && number !== undefined
      ? { ...file, link: downloadLink(object, { downloadfile: number }) }
      : file;
  });
}

function zipOf(raw: string | null, name: string | null, object: string): RemoteFile | null {
  const target = raw === null ? null : readLink(raw);
  if (target === null) return null;
  const title = name ?? `object-${object}`;
  return {
    id: zipId(object),
    role: "zip",
    name: `${title}.zip`,
    size: null,
    date: null,
    link: target.link,
  };
}
