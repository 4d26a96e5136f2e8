import type { AssetUpsert } from "../asset.ts";
import type { FileUpsert } from "../files.ts";

/** An asset `mmf:object-<n>` with everything that a test does not care about. */
export function makeAsset(n: number, change: Partial<AssetUpsert> = {}): AssetUpsert {
  return {
    id: `mmf:object-${n}`,
    provider: "mmf",
    title: `Model ${n}`,
    creator: "Somebody",
    updatedAt: "2026-01-01T00:00:00Z",
    thumbUrl: null,
    url: null,
    tags: [],
    sources: ["purchase"],
    releases: [],
    revision: "1",
    ref: `{"n":${n}}`,
    ...change,
  };
}

/** File `<n>` of an asset. */
export function makeFile(assetId: string, n: number, change: Partial<FileUpsert> = {}): FileUpsert {
  const id = `${assetId}/file-${n}`;
  return {
    id,
    provider: assetId.split(":")[0] ?? "",
    kind: "model",
    name: `part-${n}.stl`,
    path: `MMF/Somebody/${id}.stl`,
    pathKey: `mmf/somebody/${id}.stl`,
    size: 1_000,
    revision: "1",
    ref: "{}",
    expectedSha256: null,
    ...change,
  };
}

/** What a finished download of `bytes` bytes reports. */
export function makeResult(revision = "1", bytes = 1_000) {
  return { sha256: "ab".repeat(32), size: bytes, validator: '"etag"', revision, at: 5_000 };
}
