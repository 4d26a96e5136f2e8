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
  if (detail !== null && isComplete(detail)) return toDetail(detail, [], updatedAt);
  const own = await readDownloadables(host, asset.id, number);
  if (detail === null) return withdrawn(host, asset.id, own, updatedAt);
  if (own.kind === "files") {
    const known = { ...detail, unlinked: [], announced: 0 };
    return toDetail(known, own.files, updatedAt, own.quarantined);
  }
  if (own.kind === "locked" && detail.files.length === 0) {
    throw host.error("locked", `MyMiniFactory shows ${asset.id} with a padlock for this account`);
  }
  return toDetail(detail, [], updatedAt);
}

const NOTHING: AssetDetail = {
  files: [],
  quarantined: [],
  description: null,
  license: null,
  availability: "public",
};

function isComplete(detail: ObjectDetail): boolean {
  const linked = detail.files.filter((file) => file.role !== "zip").length;
  return linked > 0 && linked >= detail.announced && detail.unlinked.length === 0;
}

function toDetail(
  detail: ObjectDetail,
  more: readonly RemoteFile[],
  updatedAt: string | null,
  moreQuarantined: AssetDetail["quarantined"] = [],
): AssetDetail {
  const files = pickFiles([...detail.files, ...more]);
  return {
    files: [...files.map((file) => toAssetFile(dated(file, updatedAt))), ...detail.images],
    // The site's zip holds the files that have no link of their own.
    quarantined: [
      ...(files.some((file) => file.role === "zip")
        ? []
        : [...detail.unlinked, ...unlisted(detail)]),
      ...detail.quarantined,
      ...moreQuarantined,
    ],
    description: detail.description,
    license: detail.license,
    availability: "public",
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

// Nothing else tells that the site has made its zip anew.
function dated(file: RemoteFile, updatedAt: string | null): RemoteFile {
  return file.role === "zip" && file.date === null ? { ...file, date: updatedAt } : file;
}
