import type { DisplayMesh } from "./display_mesh.ts";
import { fetchBytes, type Progress } from "./fetch_bytes.ts";
import { LoadError } from "./load_error.ts";
import { HARD_LIMITS, type Limits } from "./parse/limits.ts";
import { type ModelParser, type ParseRequest, startModelParser } from "./model_parser.ts";

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
  /** @default {startModelParser} */
  readonly startParser?: () => ModelParser;
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
    startParser = startModelParser,
  } = options;
  const bytes = await fetchBytes(url, { limits, signal, onProgress, fetch });
  signal.throwIfAborted();
  onProgress(null);
  const parser = startParser();
  try {
    return await parse(parser, { bytes, fileName, limits }, signal, timeoutMs);
  } finally {
    parser.end();
  }
}

async function parse(
  parser: ModelParser,
  request: ParseRequest,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<DisplayMesh> {
  const finished = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      reject(
        new LoadError("timedOut", `Reading it was given up after ${timeoutMs / 1000} seconds`),
      );
    }, timeoutMs);
    finished.signal.addEventListener("abort", () => clearTimeout(timer));
    signal.addEventListener("abort", () => reject(signal.reason), { signal: finished.signal });
  });
  try {
    const answer = await Promise.race([parser.parse(request).catch(asDamaged), interrupted]);
    if ("mesh" in answer) return answer.mesh;
    throw new LoadError(answer.error.code, answer.error.message);
  } finally {
    finished.abort();
  }
}

/** A parser breaks over what it reads: it runs out of memory, say. */
function asDamaged(cause: unknown): never {
  throw new LoadError("damaged", "Reading it broke off", { cause });
}
