import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { extractFile } from "@electron/asar";

/** Where the host reads its configuration and what it serves. */
export interface Resources {
  /** @returns null when there is no such file. */
  read(path: string): Uint8Array<ArrayBuffer> | null;
}

/** `resources.neu` beside `path`, else the directory itself. */
export function openResources(path: string): Resources {
  const archive = join(path, "resources.neu");
  if (statSync(archive, { throwIfNoEntry: false })?.isFile()) {
    return {
      read: (file) =>
        orNull(() => extractFile(archive, file.replace(/^\/+/, "").replace(/\/+/g, "/"))),
    };
  }
  // The real host lets `..` through here; no test is to depend on that.
  return {
    read: (file) => file.includes("..") ? null : orNull(() => readFileSync(join(path, file))),
  };
}

function orNull(read: () => Uint8Array): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(read());
  } catch {
    return null;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css",
  html: "text/html",
  js: "application/javascript",
  json: "application/json",
  mjs: "application/javascript",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain",
  wasm: "application/wasm",
  woff2: "font/woff2",
};

/** The host's own table, as far as it is needed. */
export function typeOf(path: string): string {
  return TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
}
