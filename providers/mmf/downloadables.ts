/**
 * `/api/data-library/myObjects/{id}/downloadables`: the files of one owned model, also when it is no longer public.
 *
 * @module
 */

import * as v from "valibot";

import type { Host, Quarantined } from "../sdk/mod.ts";
import { bytes, clip, date, id, label, list, read, verbatim } from "./lenient.ts";
import { downloadLink, type RemoteFile, zipId } from "./remote_file.ts";
import { getJson } from "./site.ts";
import { stableId } from "./stable_id.ts";

/**
 * - `locked`: owned, but the site does not open it to this account (it shows a padlock)
 * - `signedOut`: the page for visitors came instead; an access token alone gets it always
 */
export type Downloadables =
  | {
    readonly kind: "files";
    readonly files: readonly RemoteFile[];
    readonly quarantined: readonly Quarantined[];
  }
  | { readonly kind: "locked" | "missing" | "signedOut" };

const Answer = v.object({ archives: v.optional(list, []), parts: v.optional(list, []) });

const Item = v.object({
  id: v.optional(label),
  name: v.optional(verbatim),
  size: v.optional(bytes),
  updatedAt: v.optional(date),
});

/** UTF-16 units; no file system takes more than a quarter of it. */
const LONGEST_NAME = 1000;

/** Asks for the files of `asset` (`object-200`), which `object` (`200`) names in download addresses. */
export async function readDownloadables(
  host: Host,
  asset: string,
  object: string,
): Promise<Downloadables> {
  const answer = await getJson(host, `/api/data-library/myObjects/${asset}/downloadables`);
  switch (answer.kind) {
    // Not "signed out": a browser that is signed in gets the same for a locked model.
    case "unauthorised":
    case "forbidden":
      return { kind: "locked" };
    case "missing":
      return { kind: "missing" };
    case "loginPage":
      return { kind: "signedOut" };
    case "json": {
      const lists = read(Answer, answer.value);
      if (lists === null || Array.isArray(answer.value)) {
        throw host.error("badResponse", `MyMiniFactory answered no file list for ${asset}`);
      }
      return { kind: "files", ...parseDownloadables(lists, object) };
    }
  }
}

function parseDownloadables(
  answer: v.InferOutput<typeof Answer>,
  object: string,
): { files: RemoteFile[]; quarantined: Quarantined[] } {
  const files: RemoteFile[] = [];
  const quarantined: Quarantined[] = [];
  answer.archives.forEach((value, index) => {
    const item = read(Item, value);
    if (item === null) {
      quarantined.push({ item: `archive ${index + 1}`, reason: "This archive is not described" });
      return;
    }
    const { id: archive, name, size = null, updatedAt = null } = item;
    const ids = archive
      ? {
        id: stableId("archive", v.parse(id, archive), archive),
        role: "archive" as const,
        link: downloadLink(object, { archive_id: archive }),
      }
      : { id: zipId(object), role: "zip" as const, link: downloadLink(object, null) };
    files.push({
      ...ids,
      name: clip(name ?? `${ids.id}.zip`, LONGEST_NAME),
      size,
      date: updatedAt,
    });
  });

  const parts = answer.parts.map((value) => read(Item, value));
  const nameCounts = new Map<string, number>();
  for (const part of parts) {
    const name = part?.name;
    if (name) nameCounts.set(name, (nameCounts.get(name) ?? 0) + 1);
  }
  parts.forEach((part, index) => {
    const { id: number = null, name = null, size = null, updatedAt = null } = part ?? {};
    // The site takes a part's name or id. The name is the better known way, unless two parts share it.
    const isGoodName = name !== null && nameCounts.get(name) === 1 && name.length <= LONGEST_NAME;
    const key = isGoodName ? name : number;
    if (key === null) {
      quarantined.push({
        item: `part ${index + 1}`,
        reason: "This file has neither an id nor a name of its own to download it by",
      });
      return;
    }
    files.push({
      id: stableId("file", v.parse(id, number), number ?? key),
      role: "part",
      name: clip(name ?? `file-${key}`, LONGEST_NAME),
      size,
      date: updatedAt,
      link: downloadLink(object, { downloadfile: key }),
    });
  });
  return { files, quarantined };
}
