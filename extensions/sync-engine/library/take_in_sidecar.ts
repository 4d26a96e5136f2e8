import type { Sidecar, SidecarFile } from "../files/datapackage.ts";
import { pathKey } from "../files/fold_path.ts";
import type { FileUpsert, StoredFile } from "../store/files.ts";
import type { Store } from "../store/store.ts";

/** What a sidecar brought that the database did not have. */
export interface Counted {
  /** Files that are on disk, and their bytes. */
  files: number;
  bytes: number;
  /** Files that the user had removed. */
  removed: number;
}

/** What became of a sidecar. `odd`: its model has another folder, or its folder another model. */
export interface TakenIn extends Readonly<Counted> {
  readonly outcome: "added" | "known" | "odd";
}

/** Assets that no scan has seen since. */
const NO_SCAN = 0;

/**
 * Takes over what a sidecar knows and the database does not. Expects to run in a transaction.
 *
 * @param folder Of the model, below the root.
 * @param here Ids of the files that are in their place.
 */
export function takeIn(
  store: Store,
  folder: string,
  sidecar: Sidecar,
  here: ReadonlySet<string>,
): TakenIn {
  const counted = { files: 0, bytes: 0, removed: 0 };
  const { provider } = sidecar;
  const id = `${provider}:${sidecar.assetId}`;
  const known = store.assets.get(id);
  const owner = store.assets.folderOwner(pathKey(folder));
  if ((owner !== null && owner !== id) || (known?.folder ?? folder) !== folder) {
    return { ...counted, outcome: "odd" };
  }
  if (!known) addAsset(store, id, sidecar);
  if (owner === null) store.assets.setFolder(id, folder, pathKey(folder));
  const rows = addFiles(store, id, folder, sidecar);
  for (const file of sidecar.files) {
    const row = rows.get(`${id}/${file.id}`);
    if (!row || row.path !== `${folder}/${file.path}` || row.removed) continue;
    if (file.removed && row.sha256 === null) {
      store.removals.begin([row.id]);
      store.removals.end(row.id);
      counted.removed++;
    } else if (here.has(file.id) && isNews(row, file)) {
      const { sha256, size, revision, validator, downloadedAt } = file;
      if (sha256 === null || size === null || revision === null) continue;
      const at = downloadedAt ?? 0;
      store.files.markDownloaded(row.id, { sha256, size, validator, revision, at });
      counted.files++;
      counted.bytes += size;
    }
  }
  return { ...counted, outcome: known ? "known" : "added" };
}

/** The row was written after the sidecar, unless a backup took its place. */
function isNews({ downloadedAt }: StoredFile, file: SidecarFile): boolean {
  return downloadedAt === null || (file.downloadedAt ?? 0) > downloadedAt;
}

function addAsset(store: Store, id: string, sidecar: Sidecar): void {
  const { provider, title, creator, url, tags, revision, description, license, files } = sidecar;
  const listing = sidecar.listing ?? {
    ref: "",
    detailRevision: null,
    updatedAt: null,
    thumbUrl: null,
    sources: [],
    releases: [],
    availability: "public" as const,
    wanted: true,
  };
  const { wanted, detailRevision, availability, ...listed } = listing;
  store.assets.upsertMany(
    [{ ...listed, id, provider, title, creator: creator ?? "", url, tags, revision }],
    NO_SCAN,
    { wanted },
  );
  // Without all that is needed to fetch its files the model is looked at again.
  const isWhole = files.every((file) => file.listing !== undefined);
  store.assets.setDetail(id, {
    revision: isWhole ? detailRevision : null,
    description,
    license,
    availability,
  });
}

/** Adds the files that have no row yet; returns the rows of all. */
function addFiles(
  store: Store,
  assetId: string,
  folder: string,
  { provider, files }: Sidecar,
): ReadonlyMap<string, StoredFile> {
  const rows = () => new Map(store.files.byAsset(assetId).map((file) => [file.id, file]));
  const known = rows();
  const added = new Map<string, FileUpsert>();
  for (const file of files) {
    const id = `${assetId}/${file.id}`;
    const path = `${folder}/${file.path}`;
    const key = pathKey(path);
    if (known.has(id) || added.has(key) || store.pathTaken(key)) continue;
    added.set(key, {
      id,
      provider,
      kind: file.kind,
      name: file.name,
      path,
      pathKey: key,
      size: file.size,
      revision: file.listing?.revision ?? file.revision ?? "",
      ref: file.listing?.ref ?? "",
      expectedSha256: file.listing?.expectedSha256 ?? null,
    });
  }
  if (added.size === 0) return known;
  const all = [...known.values(), ...added.values()];
  store.files.upsertForAsset(assetId, all);
  const gone = new Set(files.filter((file) => file.listing?.listed === false).map(({ id }) => id));
  const isListed = ({ id }: FileUpsert) =>
    known.get(id)?.listed ?? !gone.has(id.slice(assetId.length + 1));
  // What is not in the second list is marked as not listed.
  store.files.upsertForAsset(assetId, all.filter(isListed));
  return rows();
}
