import type { Asset } from "../store/asset.ts";
import type { Store } from "../store/store.ts";
import { fileState } from "./file_state.ts";

/** `json`: one document, a model a line. `csv`: RFC 4180, a file a line, UTF-8. */
export type ExportFormat = "json" | "csv";

/** What a piece of an export brings. */
export interface ExportPiece {
  readonly text: string;
  readonly assets: number;
  readonly files: number;
}

/**
 * All that is known of the library, piece by piece: a library of any size takes no memory. Neither credentials nor what
 * only providers understand is in it.
 *
 * @param at Milliseconds since the Unix epoch.
 */
export function* exportLibrary(
  store: Store,
  format: ExportFormat,
  at: number,
): Generator<ExportPiece> {
  yield* format === "json" ? asJson(store, at) : asCsv(store);
}

interface ExportedFile {
  readonly id: string;
  readonly kind: "model" | "image";
  readonly name: string;
  readonly path: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly state: string;
  readonly listed: boolean;
  readonly recognisedBy: string | null;
  readonly downloadedAt: string | null;
}

function* asJson(store: Store, at: number): Generator<ExportPiece> {
  const head = { format: 1, app: "mmfsync", exportedAt: isoOf(at) };
  yield { text: `${JSON.stringify(head).slice(0, -1)},"assets":[`, assets: 0, files: 0 };
  let separator = "\n";
  for (const asset of store.assets.all()) {
    const files = filesOf(store, asset.id);
    const text = separator + JSON.stringify({ ...assetOf(asset), files });
    separator = ",\n";
    yield { text, assets: 1, files: files.length };
  }
  yield { text: "\n]}\n", assets: 0, files: 0 };
}

const ASSET_COLUMNS = [
  "id",
  "provider",
  "title",
  "creator",
  "url",
  "license",
  "tags",
  "sources",
  "releases",
  "updatedAt",
  "wanted",
  "availability",
  "folder",
  "addedAt",
  "syncedAt",
  "description",
] as const;

const FILE_COLUMNS = [
  "id",
  "kind",
  "name",
  "path",
  "size",
  "sha256",
  "state",
  "listed",
  "recognisedBy",
  "downloadedAt",
] as const;

function* asCsv(store: Store): Generator<ExportPiece> {
  const names = [
    ...ASSET_COLUMNS.map((column) => `asset.${column}`),
    ...FILE_COLUMNS.map((column) => `file.${column}`),
  ];
  yield { text: line(names), assets: 0, files: 0 };
  for (const asset of store.assets.all()) {
    const exported = assetOf(asset);
    const columns = ASSET_COLUMNS.map((column) => exported[column]);
    const files = filesOf(store, asset.id);
    const text = files.length === 0
      ? line([...columns, ...FILE_COLUMNS.map(() => null)])
      : files.map((file) => line([...columns, ...FILE_COLUMNS.map((column) => file[column])]))
        .join("");
    yield { text, assets: 1, files: files.length };
  }
}

function assetOf({ ref: _ref, seenScan: _scan, thumbUrl: _thumb, ...asset }: Asset) {
  return { ...asset, addedAt: isoOf(asset.addedAt), syncedAt: isoOf(asset.syncedAt) };
}

function filesOf(store: Store, assetId: string): ExportedFile[] {
  return store.files.byAsset(assetId).map((file) => ({
    id: file.id,
    kind: file.kind,
    name: file.name,
    path: file.path,
    size: file.downloadedSize ?? file.size,
    sha256: file.sha256,
    state: fileState(file),
    listed: file.listed,
    recognisedBy: store.recognitions.get(file.id),
    downloadedAt: isoOf(file.downloadedAt),
  }));
}

type Value = string | number | boolean | null | readonly string[];

function line(values: readonly Value[]): string {
  return `${values.map(field).join(",")}\r\n`;
}

function field(value: Value): string {
  const text = typeof value === "object" ? value?.join("; ") ?? "" : String(value);
  // Spreadsheets take what begins like this for a formula, and titles come from strangers.
  const harmless = typeof value !== "number" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
