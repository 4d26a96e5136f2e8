import type { LoggedRequest } from "../../providers/mmf/simulator/mod.ts";
import type { KnownFile } from "./snapshot.ts";

/** A stretch of a file that a victim asked for. Offsets are bytes, `end` is excluded. */
export interface Served {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Bytes that the simulator handed to the connection. */
  readonly sent: number;
}

/** What the requests of one user agent asked the storage and image hosts for. */
export function servedTo(userAgent: string, requests: readonly LoggedRequest[]): Served[] {
  return requests.filter(({ origin, headers }) =>
    headers["user-agent"] === userAgent && !origin.startsWith("https://www.")
  ).map(({ origin, path, headers, sent }) => {
    const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(headers["range"] ?? "") ?? [];
    const end = to === "" ? Infinity : Number(to) + 1;
    return { key: keyOfAddress(new URL(origin + path)), start: Number(from), end, sent };
  });
}

/** What names a file in download addresses. */
export function keyOf({ kind, id, ref }: KnownFile): string {
  if (kind === "image") return ref;
  return /\/object-(\d+)-zip$/.exec(id)?.[1] ?? /-(\d+)$/.exec(id)?.[1] ?? id;
}

function keyOfAddress({ origin, pathname }: URL): string {
  return /\/object-archives\/[0-9a-f]+\/(\d+)\//.exec(pathname)?.[1] ??
    /\/generated-zips\/(\d+)\//.exec(pathname)?.[1] ?? origin + pathname;
}
