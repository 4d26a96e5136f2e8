import { parseManifest } from "../../plugins/manifest.ts";

/** The beginning of a PNG, filled up to `size` bytes; `mark` tells one from another. */
export function pngOf(size: number, mark = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).fill(mark);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return bytes;
}

/** A site with pictures, sign-in included. */
export const PICTURE_MANIFEST = parseManifest(`
id = "mmf"
name = "A site"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com", "*.cdn.example.com"]
[[auth.schemes]]
id = "session"
header = "Cookie"
hosts = ["www.example.com"]
[http]
timeout_seconds = 10
[rate]
requests_per_second = 4
burst = 4
`);
