import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { LOGIN_PAGE } from "../http/pages.ts";
import { html, json, jsonText, type Reply } from "../http/reply.ts";
import { hash } from "../random.ts";
import { refusal, type Viewer } from "./access.ts";
import { imageUrl } from "./image_url.ts";
import { isoDate } from "./iso_date.ts";
import { metadata } from "./metadata.ts";
import { type Listing, previewRows } from "./previews.ts";
import { galleryOf, isArchive, type SimFile, type SimObject } from "./sim_object.ts";
import { slugOf } from "./slug.ts";
import type { SiteState } from "./world.ts";

/** Answers `/api/data-library/*`, which knows the session cookie only. */
export class DataLibrary {
  readonly #state: SiteState;
  #previews: { revision: number; text: Uint8Array; gzipped: Uint8Array | null } | null = null;
  #listing: Listing | null = null;

  constructor(state: SiteState) {
    this.#state = state;
  }

  /** What `objectPreviews` holds now. */
  listing(): Listing {
    this.#text();
    return this.#listing ?? { rows: 0, objects: 0, bundles: 0, repeated: 0, malformed: 0 };
  }

  answer(viewer: Viewer, url: URL): Reply {
    const path = url.pathname.slice("/api/data-library/".length);
    if (viewer !== "session") {
      return path === "user-data"
        ? json(401, { error: "access_denied", error_description: "Not logged in" })
        : html(200, LOGIN_PAGE);
    }
    const downloadables = /^myObjects\/object-(\d+)\/downloadables$/.exec(path);
    if (downloadables) return this.#downloadables(Number(downloadables[1]));
    switch (path) {
      case "user-data":
        return json(200, { id: 4_242, username: "Sample Collector" });
      case "objectPreviews": {
        const previews = this.#text();
        const gzipped = () => previews.gzipped ??= gzipSync(previews.text, { level: 1 });
        return { ...jsonText(200, previews.text), gzipped };
      }
      case "objects":
        return this.#objects(url);
    }
    return metadata(this.#state, path, url) ?? json(404, { error: "not_found" });
  }

  #text() {
    if (this.#previews?.revision !== this.#state.revision) {
      const { rows, listing } = previewRows(this.#state);
      const text = encodeRows(rows);
      this.#previews = { revision: this.#state.revision, text, gzipped: null };
      this.#listing = listing;
    }
    return this.#previews;
  }

  #objects(url: URL): Reply {
    const found: unknown[] = [];
    for (const id of url.searchParams.getAll("ids[]")) {
      const object = this.#state.find(Number(id));
      // Unknown ids are left out, not answered with an error.
      if (object && object.access !== "revoked" && object.access !== "deleted") {
        found.push(objectSummary(object));
      }
    }
    return json(200, found);
  }

  #downloadables(objectId: number): Reply {
    const object = this.#state.find(objectId);
    if (!object || object.access === "deleted") {
      return json(404, { error: "not_found", error_description: "Object Not Found" });
    }
    if (object.access === "locked" || object.access === "revoked") {
      return refusal(object);
    }
    const seed = this.#state.settings.seed;
    return json(200, {
      archives: object.files.filter(isArchive).map((file) => ({
        id: file.isWholeZip ? null : file.id,
        name: file.name,
        size: sizeIn(seed, file),
        updatedAt: isoDate(file.updatedAt),
      })),
      parts: object.files.filter((file) => !isArchive(file)).map((file) => ({
        id: file.id,
        name: file.name,
        size: sizeIn(seed, file),
        updatedAt: isoDate(file.updatedAt),
      })),
    });
  }
}

function sizeIn(seed: number, file: SimFile): number | string {
  const size = file.size + file.listedError;
  return hash(seed, "downloadable", file.id) % 3 === 0 ? `${size}` : size;
}

function objectSummary(object: SimObject) {
  const isHidden = object.access === "withdrawn";
  const images = galleryOf(object).map((image) => ({
    url: imageUrl(image, 720),
    thumbnailUrl: imageUrl(image, 230),
  }));
  return {
    id: `object-${object.id}`,
    originalId: object.id,
    name: object.title,
    url: `${slugOf(object.title)}-${object.id}`,
    creator: object.creator && { username: object.creator.username, name: object.creator.name },
    previewUrl: images[0]?.url ?? null,
    images,
    ...(object.pdfOnly ? { hasPdf: true } : {}),
    ...(isHidden ? { status: "private" } : {}),
  };
}

/** Joins the rows to a list; in pieces, since one text of a big library would take much memory. */
function encodeRows(rows: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  const pieces = [encoder.encode("[")];
  for (let at = 0; at < rows.length; at += 1_000) {
    pieces.push(encoder.encode((at === 0 ? "" : ",") + rows.slice(at, at + 1_000).join(",")));
  }
  pieces.push(encoder.encode("]"));
  return Buffer.concat(pieces);
}
