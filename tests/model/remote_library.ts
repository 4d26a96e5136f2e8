import { createHash } from "node:crypto";
import { CHUNK_SIZE } from "../../extensions/sync-engine/downloads/chunk.ts";
import { content } from "../../extensions/sync-engine/downloads/testing/fake_site.ts";
import { SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import type { Asset, AssetFile } from "../../providers/sdk/mod.ts";

interface RemoteFile {
  readonly id: string;
  readonly name: string;
  revision: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What the site has: models of two files, a small one and one of two chunks. Contents are called by `<name>@<revision>`. */
export class RemoteLibrary {
  readonly #models: RemoteFile[][] = [];
  readonly #contents = new Map<string, string>();
  online = true;

  /** Adds a model; returns the names of its files. */
  add(): string[] {
    const n = this.#models.length + 1;
    const files = ["small", "large"].map((kind, i): RemoteFile => ({
      id: `file-${n * 10 + i}`,
      name: `${kind}${n}.stl`,
      revision: 0,
      bytes: new Uint8Array(),
    }));
    this.#models.push(files);
    for (const { name } of files) this.change(name);
    return files.map(({ name }) => name);
  }

  /** Gives a file another content; returns what that is called. */
  change(name: string): string {
    const file = this.#find(name);
    file.revision++;
    const seed = Number(file.id.slice(5)) * 100 + file.revision;
    const length = name.startsWith("small") ? 1_000 + seed : CHUNK_SIZE + 1_000 + seed;
    file.bytes = content(length, seed);
    const called = `${name}@${file.revision}`;
    this.#contents.set(hex(file.bytes), called);
    return called;
  }

  /** What a content is called. */
  contentOf(bytes: Uint8Array): string {
    return this.#contents.get(hex(bytes)) ?? "something else";
  }

  idOf(name: string): string {
    const n = this.#models.findIndex((files) => files.some((file) => file.name === name)) + 1;
    return `mmf:object-${n}/${this.#find(name).id}`;
  }

  requireOnline(): void {
    if (!this.online) throw new SyncError("retryable", "There is no network");
  }

  assets(): Asset[] {
    return this.#models.map((files, i) => ({
      id: `object-${i + 1}`,
      title: `Model ${i + 1}`,
      creator: "Somebody",
      updatedAt: null,
      thumbUrl: null,
      url: null,
      tags: [],
      sources: ["purchase"],
      releases: [],
      revision: files.map(({ revision }) => revision).join("."),
      ref: "{}",
    }));
  }

  filesOf(assetId: string): AssetFile[] {
    const files = this.#models[Number(assetId.slice("object-".length)) - 1] ?? [];
    return files.map(({ id, name, revision, bytes }) => ({
      id,
      kind: "model",
      name,
      size: bytes.length,
      revision: `${revision}`,
      sha256: null,
      ref: id,
    }));
  }

  /** Bytes by file id. */
  *bytes(): Iterable<[string, Uint8Array<ArrayBuffer>]> {
    for (const { id, bytes } of this.#models.flat()) yield [id, bytes];
  }

  #find(name: string): RemoteFile {
    const file = this.#models.flat().find((one) => one.name === name);
    if (!file) throw new Error(`There is no file ${name}`);
    return file;
  }
}

function hex(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
