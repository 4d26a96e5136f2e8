import type { DisplayMesh } from "./display_mesh.ts";
import { fetchBytes, type Progress } from "./fetch_bytes.ts";
import { LoadError } from "./load_error.ts";
import { HARD_LIMITS, type Limits } from "./parse/limits.ts";
import type { ParseAnswer, ParseRequest } from "./parse_worker.ts";

/** What of a worker is used. */
export type ParseWorker = Pick<Worker, "onmessage" | "onerror" | "terminate"> & {
  postMessage(request: ParseRequest, transfer: Transferable[]): void;
};

/** How to load. */
export interface LoadOptions {
  /** Says the format. */
  readonly fileName: string;
  /** Ends the download or the worker; the promise then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Told about the download, then once with `null` when parsing begins. */
  readonly onProgress?: (progress: Progress | null) => void;
  /** @default {HARD_LIMITS} */
  readonly limits?: Limits;
  /** How long parsing may take, in ms. @default {60_000} */
  readonly timeoutMs?: number;
  /** @default {globalThis.fetch} */
  readonly fetch?: typeof globalThis.fetch;
  /** @default {startParseWorker} */
  readonly startWorker?: () => ParseWorker;
}

/**
 * Fetches a model and parses it in a worker.
 *
 * @throws {LoadError} when it cannot be shown; the signal's reason when it was aborted
 */
export async function loadModel(url: string, options: LoadOptions): Promise<DisplayMesh> {
  const {
    fileName,
    signal,
    onProgress = () => {},
    limits = HARD_LIMITS,
    timeoutMs = 60_000,
    fetch = globalThis.fetch.bind(globalThis),
    startWorker = startParseWorker,
  } = options;
  const bytes = await fetchBytes(url, { limits, signal, onProgress, fetch });
  signal.throwIfAborted();
  onProgress(null);
  const worker = startWorker();
  try {
    return await parseIn(worker, { bytes, fileName, limits }, signal, timeoutMs);
  } finally {
    // Also gives back the memory that parsing took.
    worker.terminate();
  }
}

function parseIn(
  worker: ParseWorker,
  request: ParseRequest,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<DisplayMesh> {
  const { promise, resolve, reject } = Promise.withResolvers<DisplayMesh>();
  const onAbort = () => reject(signal.reason);
  const timer = setTimeout(() => {
    reject(new LoadError("timedOut", "The model takes too long to read"));
  }, timeoutMs);
  signal.addEventListener("abort", onAbort);
  worker.onmessage = ({ data }: MessageEvent<ParseAnswer>) => {
    if ("mesh" in data) resolve(data.mesh);
    else reject(new LoadError(data.error.code, data.error.message));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new LoadError("damaged", `The model could not be read: ${event.message}`));
  };
  worker.postMessage(request, [request.bytes.buffer]);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  });
}

function startParseWorker(): ParseWorker {
  return new Worker(new URL("./parse_worker.ts", import.meta.url), { type: "module" });
}
