import { type Reply, storageError } from "./reply.ts";

/** Stored bytes with what identifies them. */
export interface StoredContent {
  readonly bytes: Uint8Array;
  /** Strong, quotes included. */
  readonly etag: string;
  /** Milliseconds since the Unix epoch, whole seconds. */
  readonly modified: number;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a GET with the whole or, for one `Range` (RFC 9110), the part that was asked for. */
export function serveContent(
  content: StoredContent,
  request: Readonly<Record<string, string>>,
): Reply {
  const { bytes, etag } = content;
  const modified = new Date(content.modified).toUTCString();
  const headers = {
    "content-type": content.type,
    etag,
    "last-modified": modified,
    "accept-ranges": "bytes",
    server: "AmazonS3",
    ...content.headers,
  };
  if (request["if-match"] !== undefined && request["if-match"] !== etag) {
    return storageError(412, "PreconditionFailed", "A pre-condition did not hold");
  }
  if (request["if-none-match"] === etag) return { status: 304, headers, body: new Uint8Array() };

  const condition = request["if-range"];
  const isSame = condition === undefined || condition === etag || condition === modified;
  const range = isSame ? parseRange(request["range"], bytes.length) : null;
  if (range === null) return { status: 200, headers, body: bytes };
  if (range === "unsatisfiable") {
    return storageError(416, "InvalidRange", "The requested range is not satisfiable", {
      "content-range": `bytes */${bytes.length}`,
    });
  }
  return {
    status: 206,
    headers: {
      ...headers,
      "content-range": `bytes ${range.start}-${range.end - 1}/${bytes.length}`,
    },
    body: bytes.subarray(range.start, range.end),
  };
}

/** One range; null for none, several or nonsense, which the storage ignores alike. `end` is excluded. */
function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match) return null;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return null;
  if (start >= size) return "unsatisfiable";
  return { start, end: last === "" ? size : Math.min(Number(last) + 1, size) };
}
