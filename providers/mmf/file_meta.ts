import type { AssetDetail, AssetRef, Host } from "../sdk/mod.ts";
import { readRef } from "./asset_ref.ts";
import { type Downloadables, readDownloadables } from "./downloadables.ts";
import { type ObjectDetail, readObject } from "./object_detail.ts";
import { pickFiles, type RemoteFile, toAssetFile } from "./remote_file.ts";

/**
 * The files and pictures of an asset, from the documented interface where that suffices, else from the site library too.
 *
 * A bundle has no files of its own: the models in it are assets, and carry them.
 *
 * @throws `needsAuth`, `locked`, `gone`, and what the host throws
 */
export async function fileMeta(host: Host, asset: AssetRef): Promise<AssetDetail> {
  if (asset.id.startsWith("bundle-")) return NOTHING;
  const { number, updatedAt } = readRef(asset);
  if (!/^object-\d+$/.test(asset.id) || number === "") {
    throw host.error("badResponse", `MyMiniFactory has no files for "${asset.id}"`);
  }
  const detail = await readObject(host, number);
  if (detail !== null && isLinked(detail) && hasSizes(detail)) {
    return toDetail(detail, detail.files, updatedAt);
  }
  const own = await readDownloadables(host, asset.id, number);
  if (detail === null) return withdrawn(host, asset.id, own, updatedAt);
  if (own.kind === "files") {
    const files = detail.files.map((file) => fillIn(file, own.files));
    if (isLinked(detail)) return toDetail(detail, files, updatedAt);
    const known = {
      ...detail,
      unlinked: [],
      announced: 0,
      quarantined: [...detail.quarantined, ...own.quarantined],
    };
    return toDetail(known, [...files, ...own.files], updatedAt);
  }
  // The site offers its zip of a locked model all the same.
  if (own.kind === "locked" && partsOf(detail).length === 0) {
    throw host.error("locked", `MyMiniFactory shows ${asset.id} with a padlock for this account`);
  }
  return toDetail(detail, detail.files, updatedAt);
}

const NOTHING: AssetDetail = {
  files: [],
  quarantined: [],
  description: null,
  license: null,
  availability: "public",
};

function partsOf(detail: ObjectDetail): RemoteFile[] {
  return detail.files.filter((file) => file.role !== "zip");
}

function isLinked(detail: ObjectDetail): boolean {
  const parts = partsOf(detail).length;
  return parts > 0 && parts >= detail.announced && detail.unlinked.length === 0;
}

// API v2 leaves some sizes out. They are worth a call: without one a file's only sign of change is its model's date.
function hasSizes(detail: ObjectDetail): boolean {
  return partsOf(detail).every((file) => file.size !== null);
}

function fillIn(file: RemoteFile, others: readonly RemoteFile[]): RemoteFile {
  const same = others.find((other) => other.id === file.id);
  return { ...file, size: file.size ?? same?.size ?? null, date: file.date ?? same?.date ?? null };
}

function toDetail(
  detail: ObjectDetail,
  candidates: readonly RemoteFile[],
  updatedAt: string | null,
): AssetDetail {
  const files = pickFiles(candidates);
  // The site's zip holds the files that have no link of their own.
  const hasZip = files.some((file) => file.role === "zip");
  return {
    files: [...files.map((file) => toAssetFile(dated(file, updatedAt))), ...detail.images],
    quarantined: [
      ...(hasZip ? [] : [...detail.unlinked, ...unlisted(detail)]),
      ...detail.quarantined,
    ],
    description: detail.description,
    license: detail.license,
    availability: "public",
    ...(detail.thumbUrl === null ? {} : { thumbUrl: detail.thumbUrl }),
  };
}

// The site announces a number of files; what it then did not list must not vanish in silence.
function unlisted(detail: ObjectDetail): AssetDetail["quarantined"] {
  const missing = detail.announced - detail.listed;
  return missing <= 0 ? [] : [{
    item: `${missing} files`,
    reason: `MyMiniFactory announces ${detail.announced} files but lists ${detail.listed}`,
  }];
}

function withdrawn(
  host: Host,
  id: string,
  own: Downloadables,
  updatedAt: string | null,
): AssetDetail {
  switch (own.kind) {
    case "files":
      return {
        files: pickFiles(own.files).map((file) => toAssetFile(dated(file, updatedAt))),
        quarantined: own.quarantined,
        description: null,
        license: null,
        availability: "withdrawn",
      };
    case "locked":
      throw host.error(
        "locked",
        `${id} is no longer public, and MyMiniFactory shows it with a padlock for this account`,
      );
    case "missing":
      throw host.error("gone", `MyMiniFactory no longer has ${id}`);
    case "signedOut":
      // API v2 took the credential just now, so the sign-in lives; it is a token, which the site library ignores.
      // "needsAuth" would stop every other model with it.
      throw host.error(
        "locked",
        `${id} is no longer public: only a sign-in on the website still opens it, not an access token`,
      );
  }
}

// A file without a date and a size (as the site's zip) would never seem to change: the model's own date tells then.
// Parts have a size mostly, and a date in one of the two sources only: it is left out, or each model would seem new on
// the day that it is withdrawn.
function dated(file: RemoteFile, updatedAt: string | null): RemoteFile {
  if (file.role === "part" && file.size !== null) return { ...file, date: null };
  return file.size === null && file.date === null ? { ...file, date: updatedAt } : file;
}
