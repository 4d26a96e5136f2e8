import type { App } from "../app/app.ts";
import { classifyThrown } from "../platform/classify.ts";
import { methodNotAllowed, plain } from "./answer.ts";
import { type ByteRange, parseByteRange } from "./byte_range.ts";
import type { Incoming } from "./incoming.ts";
import { newSecret } from "./sessions.ts";
import type { Uploads } from "./uploads.ts";

/** Bytes read at once. */
const BLOCK = 256 * 1024;

/** Images that a browser only ever draws. Anything else is handed out as bytes without a meaning. */
const IMAGES: ReadonlySet<string> = new Set([
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/webp",
]);

/** Whatever the file is: if it is opened as a page, it can do nothing. */
const SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'";

/**
 * Pictures and files of the library, for whoever knows the way: it carries a key that only front ends are told. Ids are
 * looked up in the library; no path of a request reaches the disk. What is to be imported comes in the same way.
 */
export class Media {
  readonly #app: Pick<App, "engine">;
  readonly #uploads: Pick<Uploads, "answer">;
  /** Begin of all paths here; a key that lasts as long as the process is in it. */
  readonly base = `/media/${newSecret()}/`;

  constructor(app: Pick<App, "engine">, uploads: Pick<Uploads, "answer">) {
    this.#app = app;
    this.#uploads = uploads;
  }

  /** Null for paths that are not of here. */
  async answer(request: Incoming): Promise<Response | null> {
    if (!request.path.startsWith(this.base)) return null;
    const [kind, id, ...more] = request.path.slice(this.base.length).split("/").map(decoded);
    if (kind === "import" && id && more.length === 1) {
      return await this.#uploads.answer(request, id, more[0] ?? "");
    }
    if (!id || more.length > 0) return plain(404, "There is nothing here.");
    if (request.method !== "GET" && request.method !== "HEAD") {
      return methodNotAllowed("GET", "HEAD");
    }
    if (kind === "thumb") return await this.#thumbnail(request, id);
    if (kind === "file") return await this.#file(request, id);
    return plain(404, "There is nothing here.");
  }

  async #thumbnail(request: Incoming, assetId: string): Promise<Response> {
    const engine = await this.#app.engine();
    const thumbnail = await engine.thumbnails.get(assetId, request.signal);
    if (!thumbnail) return plain(404, "There is no picture.");
    const { bytes, type, tag } = thumbnail;
    const headers = {
      "content-type": type,
      "content-security-policy": SANDBOX,
      "cache-control": "private, no-cache",
      etag: `"${tag}"`,
    };
    if (request.header("if-none-match") === headers.etag) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(bytes.slice(), {
      headers: { ...headers, "content-length": String(bytes.length) },
    });
  }

  async #file(request: Incoming, fileId: string): Promise<Response> {
    const engine = await this.#app.engine();
    const opened = await engine.files.open(fileId).catch(nullIfGone);
    if (!opened) return plain(404, "The file is not on the disk.");
    const { file, size, name, mediaType } = opened;
    const type = mediaType !== null && IMAGES.has(mediaType)
      ? mediaType
      : "application/octet-stream";
    const headers: Record<string, string> = {
      "content-type": type,
      "content-security-policy": SANDBOX,
      "cache-control": "private, no-cache",
      "accept-ranges": "bytes",
      ...(IMAGES.has(type) ? {} : { "content-disposition": attachment(name) }),
    };
    const range = parseByteRange(request.header("range"), size);
    if (range === "unsatisfiable") {
      file.close();
      return plain(416, "The file is shorter.", { "content-range": `bytes */${size}` });
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    headers["content-length"] = String(end - start + 1);
    if (range) headers["content-range"] = `bytes ${start}-${end}/${size}`;
    return new Response(bodyOf(file, { start, end }), { status: range ? 206 : 200, headers });
  }
}

function nullIfGone(error: unknown): null {
  const { kind } = classifyThrown(error);
  if (kind === "gone" || kind === "badInput") return null;
  throw error;
}

/** Null for what is no URI encoding. */
function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** RFC 6266: the name in ASCII for old readers, and whole. */
function attachment(name: string): string {
  const ascii = name.replace(/[^\w .()-]/g, "_");
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`;
}

/** An open file that can be read anywhere. */
interface Readable {
  read(into: Uint8Array, at: number): Promise<number>;
  close(): void;
}

/** Reads no faster than it is asked to, and closes the file at the end or when nobody reads on. */
function bodyOf(
  file: Readable,
  { start, end }: ByteRange,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = start;
  return new ReadableStream({
    async pull(controller) {
      const block = new Uint8Array(Math.min(BLOCK, end + 1 - at));
      const read = block.length === 0 ? 0 : await file.read(block, at);
      at += read;
      if (read > 0) controller.enqueue(block.subarray(0, read));
      if (at <= end && read > 0) return;
      file.close();
      // A file that became shorter: cut the answer, so that it does not pass for whole.
      if (at <= end) controller.error(new Error("The file is shorter than it was"));
      else controller.close();
    },
    cancel: () => file.close(),
  }, { highWaterMark: 0 });
}
