/**
 * A downloadable file as either source of the site describes it.
 *
 * @module
 */

import type { AssetFile } from "../sdk/mod.ts";
import { SITE, siteUrl } from "./site.ts";

/** `archive`: made by the creator; `part`: one file; `zip`: made by the site of all parts. */
export type Role = "archive" | "part" | "zip";

export interface RemoteFile {
  /** `archive-33`, `file-64938` or `object-200-zip`. */
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  /** Bytes, null when not told. */
  readonly size: number | null;
  /** ISO 8601, null when not told. */
  readonly date: string | null;
  /** Address to mint a download from. */
  readonly link: string;
}

/** Address that mints the download of the model's archive, part (by name or id) or whole zip. */
export function downloadLink(
  object: string,
  query: { readonly archive_id: string } | { readonly downloadfile: string } | null,
): string {
  const search = query === null ? "" : `?${new URLSearchParams({ ...query })}`;
  return `${SITE}/download/${object}${search}`;
}

/** What a minting address stands for; null when it is none of the site. */
export function readLink(
  raw: string,
): { readonly link: string; readonly role: Role; readonly archive: string | null } | null {
  const url = siteUrl(raw);
  if (url === null) return null;
  const archive = url.searchParams.get("archive_id");
  const whole = url.origin === SITE && url.search === "" &&
    /^\/download\/[^/]+\/?$/.test(url.pathname);
  return {
    link: url.href,
    role: archive !== null ? "archive" : whole ? "zip" : "part",
    archive,
  };
}

/** Id of the zip that the site makes of all parts. */
export function zipId(object: string): string {
  return `object-${object}-zip`;
}

/**
 * Picks files so that no content comes twice. The creator's archives hold the meshes, so beside them only other parts
 * (instructions, pictures) are taken; the site's zip holds everything and is taken when there is nothing else.
 */
export function pickFiles(files: readonly RemoteFile[]): RemoteFile[] {
  const unique = [...new Map(files.toReversed().map((file) => [file.id, file])).values()]
    .toReversed();
  const archives = unique.some((file) => file.role === "archive");
  const picked = unique.filter((file) =>
    file.role === "archive" || (file.role === "part" && !(archives && isMesh(file.name)))
  );
  return picked.length > 0 ? picked : unique;
}

/** As the core takes it. The name stays out of the revision: a renamed file is the same content. */
export function toAssetFile(file: RemoteFile): AssetFile {
  return {
    id: file.id,
    kind: "model",
    name: file.name,
    size: file.size,
    revision: `${file.size ?? "?"}@${file.date ?? "?"}`,
    sha256: null,
    ref: file.link,
  };
}

function isMesh(name: string): boolean {
  return /\.(?:stl|obj|3mf|step|stp|ply|amf|lys|lyt|chitubox|ctb|blend|fbx|glb)$/i.test(name);
}
