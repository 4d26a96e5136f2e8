import { LoadError } from "./load_error.ts";
import { checkBytes, type Limits } from "./parse/limits.ts";
import { ParseError } from "./parse/parse_error.ts";

/** How far a download is, in bytes; `total` is null when the server does not say. */
export interface Progress {
  readonly loaded: number;
  readonly total: number | null;
}

/** How to fetch. */
export interface FetchBytesOptions {
  readonly limits: Pick<Limits, "bytes">;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly fetch: typeof globalThis.fetch;
}

/** First room for a body whose length is not known. */
const FIRST_ROOM = 1024 * 1024;

/**
 * Fetches a file into memory, refusing it as soon as it is, or turns out to be, too large.
 *
 * @throws {LoadError} `tooLarge` or `unreachable`
 */
export async function fetchBytes(
  url: string,
  { limits, signal, onProgress, fetch }: FetchBytesOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new LoadError("unreachable", `The answer was status ${response.status}`);
    }
    const total = lengthOf(response);
    if ((total ?? 0) > limits.bytes) await response.body.cancel();
    checkBytes(total ?? 0, limits);

    let room = new Uint8Array(total ?? FIRST_ROOM);
    let loaded = 0;
    onProgress({ loaded, total });
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return room.subarray(0, loaded);
      if (loaded + value.length > limits.bytes) await reader.cancel();
      checkBytes(loaded + value.length, limits);
      if (loaded + value.length > room.length) room = enlarged(room, loaded + value.length);
      room.set(value, loaded);
      loaded += value.length;
      onProgress({ loaded, total });
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof ParseError) throw new LoadError(error.code, error.message);
    if (error instanceof LoadError) throw error;
    throw new LoadError("unreachable", "The connection failed", { cause: error });
  }
}

/** The length that the server promises, null when it promises none. */
function lengthOf(response: Response): number | null {
  const text = response.headers.get("content-length");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function enlarged(room: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, room.length * 2));
  larger.set(room);
  return larger;
}
