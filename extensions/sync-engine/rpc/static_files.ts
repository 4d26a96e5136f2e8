import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Fs } from "../platform/ports.ts";
import { methodNotAllowed, plain } from "./answer.ts";
import type { Incoming } from "./incoming.ts";

const TYPES: ReadonlyMap<string, string> = new Map([
  ["css", "text/css; charset=utf-8"],
  ["html", "text/html; charset=utf-8"],
  ["ico", "image/x-icon"],
  ["js", "text/javascript; charset=utf-8"],
  ["json", "application/json"],
  ["png", "image/png"],
  ["svg", "image/svg+xml"],
  ["txt", "text/plain; charset=utf-8"],
  ["wasm", "application/wasm"],
  ["webp", "image/webp"],
  ["woff2", "font/woff2"],
]);

const NOT_BUILT = "The user interface was not built. Run `npm run build`, then start this again.";

interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The built front end, read once: no path of a request ever reaches the disk. Files whose names begin with a dot, and
 * types that a page has no use for, are left out.
 */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, StaticFile>;

  private constructor(files: ReadonlyMap<string, StaticFile>) {
    this.#files = files;
  }

  /** @param dir Absolute path; null or an absent folder serve nothing. */
  static async read(fs: Pick<Fs, "list" | "open">, dir: string | null): Promise<StaticFiles> {
    const files = new Map<string, StaticFile>();
    if (dir !== null) await readInto(files, fs, dir, "/");
    return new StaticFiles(files);
  }

  get isBuilt(): boolean {
    return this.#files.has("/index.html");
  }

  answer(request: Incoming): Response {
    const { method, path } = request;
    const file = this.#files.get(path === "/" ? "/index.html" : path);
    if (!file) return path === "/" ? plain(503, NOT_BUILT) : plain(404, "There is nothing here.");
    if (method !== "GET" && method !== "HEAD") return methodNotAllowed("GET", "HEAD");
    const { bytes, headers } = file;
    if (request.header("if-none-match") === headers["etag"]) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(bytes, {
      headers: { ...headers, "content-length": String(bytes.length) },
    });
  }
}

async function readInto(
  files: Map<string, StaticFile>,
  fs: Pick<Fs, "list" | "open">,
  dir: string,
  prefix: string,
): Promise<void> {
  for (const { name, kind } of await fs.list(dir)) {
    if (name.startsWith(".")) continue;
    if (kind === "directory") await readInto(files, fs, join(dir, name), `${prefix}${name}/`);
    const type = TYPES.get(name.slice(name.lastIndexOf(".") + 1));
    if (kind !== "file" || type === undefined) continue;
    const bytes = await readBytes(fs, join(dir, name));
    files.set(prefix + name, { bytes, headers: headersOf(prefix, type, bytes) });
  }
}

async function readBytes(fs: Pick<Fs, "open">, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await fs.open(path);
  try {
    const bytes = new Uint8Array(await file.size());
    return bytes.subarray(0, await file.read(bytes, 0));
  } finally {
    file.close();
  }
}

function headersOf(prefix: string, type: string, bytes: Uint8Array) {
  const etag = `"${createHash("sha256").update(bytes).digest("base64url")}"`;
  // The bundler names what is in `assets/` after its content.
  const cache = prefix === "/assets/" ? "public, max-age=31536000, immutable" : "no-cache";
  return { "content-type": type, "cache-control": cache, etag };
}
