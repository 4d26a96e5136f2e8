import { writeSidecar } from "../files/sidecar.ts";
import type { Fs } from "../platform/ports.ts";
import type { Store } from "../store/store.ts";

/** What is new about a file that just got its final name. */
export interface Arrival {
  readonly sha256: string;
  readonly size: number;
  readonly validator: string | null;
  readonly job: { readonly file: { readonly revision: string } };
}

/** Options for {@linkcode writeAssetSidecar}. */
export interface AssetSidecarOptions {
  readonly fs: Fs;
  readonly store: Store;
  /** Absolute path of the library root. */
  readonly root: string;
  readonly assetId: string;
  /** Files that are on disk but not yet recorded so, by id. */
  readonly arrived: ReadonlyMap<string, Arrival>;
  /** Milliseconds since the Unix epoch: when they arrived. */
  readonly at: number;
}

/** What is known of a file that is not on disk. */
const NOTHING = {
  sha256: null,
  downloadedSize: null,
  validator: null,
  downloadedRevision: null,
  downloadedAt: null,
};

/** Writes the sidecar of a model from its rows and from what has just arrived. */
export async function writeAssetSidecar(
  { fs, store, root, assetId, arrived, at }: AssetSidecarOptions,
): Promise<void> {
  const asset = store.assets.get(assetId);
  if (!asset || asset.folder === null) return;
  const { folder, provider } = asset;
  const files = store.files.byAsset(assetId).map((row) => {
    const file = row.removed ? { ...row, ...NOTHING } : row;
    const arrival = arrived.get(file.id);
    return {
      id: file.id.slice(assetId.length + 1),
      kind: file.kind,
      name: file.name,
      path: file.path.slice(folder.length + 1),
      sha256: arrival?.sha256 ?? file.sha256,
      size: arrival?.size ?? file.downloadedSize ?? file.size,
      validator: arrival ? arrival.validator : file.validator,
      revision: arrival?.job.file.revision ?? file.downloadedRevision,
      downloadedAt: arrival ? at : file.downloadedAt,
      removed: file.removed,
      listing: {
        revision: file.revision,
        ref: file.ref,
        expectedSha256: file.expectedSha256,
        listed: file.listed,
      },
    };
  });
  await writeSidecar(fs, root, folder, {
    provider,
    assetId: assetId.slice(provider.length + 1),
    revision: asset.revision,
    title: asset.title,
    creator: asset.creator || null,
    description: asset.description,
    url: asset.url,
    license: asset.license,
    tags: asset.tags,
    image: files.find(({ kind, sha256 }) => kind === "image" && sha256 !== null)?.path ?? null,
    files,
    listing: {
      ref: asset.ref,
      detailRevision: asset.detailRevision,
      updatedAt: asset.updatedAt,
      thumbUrl: asset.thumbUrl,
      sources: asset.sources,
      releases: asset.releases,
      availability: asset.availability,
      wanted: asset.wanted,
    },
  });
}
