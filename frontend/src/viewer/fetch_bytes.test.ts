import { describe, expect, test } from "vitest";
import { fetchBytes, type Progress } from "./fetch_bytes.ts";
import { HARD_LIMITS } from "./parse/limits.ts";

const LIMITS = { ...HARD_LIMITS, bytes: 10 };

/** A server with one file; says how much of it was taken. */
function serve(chunks: readonly number[][], headers: HeadersInit = {}, status = 200) {
  const seen = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = chunks[seen.pulled++];
      if (chunk === undefined) controller.close();
      else controller.enqueue(new Uint8Array(chunk));
    },
    cancel() {
      seen.cancelled = true;
    },
  }, { highWaterMark: 0 });
  return { seen, fetch: () => Promise.resolve(new Response(body, { status, headers })) };
}

function get(fetch: typeof globalThis.fetch, signal = new AbortController().signal) {
  const progress: Progress[] = [];
  const onProgress = (step: Progress) => progress.push(step);
  const result = fetchBytes("file", { limits: LIMITS, signal, onProgress, fetch });
  return { progress, result };
}

describe("fetchBytes()", () => {
  test("fetches a file of known length", async () => {
    const { result, progress } = get(serve([[1, 2], [3]], { "content-length": "3" }).fetch);
    expect([...await result]).toEqual([1, 2, 3]);
    expect(progress.map(({ loaded }) => loaded)).toEqual([0, 2, 3]);
    expect(progress.at(-1)).toEqual({ loaded: 3, total: 3 });
  });

  test("fetches a file of unknown length, or longer than its length says", async () => {
    const unknown = get(serve([[1, 2], [3]]).fetch);
    expect([...await unknown.result]).toEqual([1, 2, 3]);
    expect(unknown.progress.at(-1)).toEqual({ loaded: 3, total: null });
    const longer = get(serve([[1, 2], [3, 4]], { "content-length": "1" }).fetch);
    expect([...await longer.result]).toEqual([1, 2, 3, 4]);
  });

  test("refuses a file by its length before a byte of it came", async () => {
    const { fetch, seen } = serve([[1]], { "content-length": "11" });
    await expect(get(fetch).result).rejects.toMatchObject({ code: "tooLarge" });
    expect(seen).toEqual({ pulled: 0, cancelled: true });
  });

  test("refuses a file that turns out to be too large, and stops fetching it", async () => {
    const { fetch, seen } = serve([[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5], [1]]);
    await expect(get(fetch).result).rejects.toMatchObject({ code: "tooLarge" });
    expect(seen).toEqual({ pulled: 2, cancelled: true });
  });

  test("says when the file is not to be had", async () => {
    await expect(get(serve([], {}, 404).fetch).result)
      .rejects.toMatchObject({ code: "unreachable", message: expect.stringContaining("404") });
    await expect(get(() => Promise.reject(new TypeError("Failed to fetch"))).result)
      .rejects.toMatchObject({ code: "unreachable" });
  });

  test("rejects with the reason of the signal when it is aborted", async () => {
    const controller = new AbortController();
    const { result } = get((_, init) => {
      controller.abort();
      return Promise.reject(init?.signal?.reason);
    }, controller.signal);
    await expect(result).rejects.toMatchObject({ name: "AbortError" });
  });
});
