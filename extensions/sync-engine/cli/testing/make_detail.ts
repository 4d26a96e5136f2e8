import type { AssetDetail, AssetFileRow } from "../../protocol.ts";

/** A file of the model that {@linkcode makeDetail} makes. */
export function makeFileRow(change: Partial<AssetFileRow> = {}): AssetFileRow {
  return {
    id: "mmf:object-1/archive-1",
    kind: "model",
    name: "dragon.stl",
    path: "MyMiniFactory/Somebody/Dragon/files/dragon.stl",
    size: 1_500_000,
    sha256: "ab".repeat(32),
    downloadedAt: 1_000,
    verifiedAt: null,
    verdict: null,
    state: "here",
    listed: true,
    recognisedBy: null,
    job: null,
    ...change,
  };
}

/** A model with everything that a test does not care about. */
export function makeDetail(change: Partial<AssetDetail> = {}): AssetDetail {
  return {
    id: "mmf:object-1",
    provider: "mmf",
    title: "Dragon",
    creator: "Somebody",
    updatedAt: null,
    thumbUrl: null,
    url: "https://www.myminifactory.com/object/1",
    tags: ["red", "large"],
    sources: ["purchase"],
    releases: [],
    revision: "1",
    license: null,
    wanted: true,
    detailRevision: "1",
    availability: "public",
    denied: null,
    folder: "MyMiniFactory/Somebody/Dragon",
    addedAt: 1_000,
    syncedAt: null,
    seenScan: 1,
    files: 1,
    filesHere: 1,
    bytes: 1_500_000,
    bytesHere: 1_500_000,
    hasUpdates: false,
    description: "A dragon.\nPrint it slowly.",
    denial: null,
    fileRows: [makeFileRow()],
    ...change,
  };
}
