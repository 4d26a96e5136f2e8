import { findExtras } from "./files/find_extras.ts";
import { openRoot } from "./files/marker.ts";
import { resolveInRoot } from "./files/layout.ts";
import { type Expected, type Verdict, verifyFile } from "./files/verify.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type { Emit, VerifyParams, VerifySummary } from "./protocol.ts";
import { readRootId } from "./root_id.ts";
import type { Store } from "./store/store.ts";

/** Files between two `verifyProgress` events. */
const PROGRESS_EVERY = 20;

const NOTHING: VerifySummary = {
  ok: 0,
  missing: 0,
  size: 0,
  hash: 0,
  unverified: 0,
  extra: 0,
  bytes: 0,
  queued: 0,
  took: 0,
};

/** What {@linkcode verifyRun} needs. */
export interface VerifyRunPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
}

/** Options for {@linkcode verifyRun}. */
export interface VerifyRunOptions extends VerifyParams {
  /** Absolute path of the library root. */
  readonly root: string;
  readonly signal: AbortSignal;
}

/**
 * Reads every downloaded file again, or those of some assets, and compares it with what was recorded. With `repair`, what
 * is missing or wrong is queued; the next sync fetches it and keeps the wrong one in `.versions/`.
 *
 * @throws {SyncError} `permission` when the root is not the library's: nothing is judged then. `badInput` when there is no
 * such asset.
 */
export async function verifyRun(
  { store, fs, clock, random, log, emit }: VerifyRunPorts,
  { root, repair = false, assetIds, signal }: VerifyRunOptions,
): Promise<VerifySummary> {
  const started = clock.monotonic();
  const unknown = assetIds?.find((id) => store.assets.row(id) === null);
  if (unknown !== undefined) {
    throw new SyncError("badInput", `The library has no model "${unknown}"`);
  }
  // Before the first sync there is no folder to look at, and none is to be made.
  if (readRootId(store) === null && store.assets.summary({}).filesHere === 0) return NOTHING;
  await openRoot(fs, root, { expectedId: readRootId(store), random, clock });
  const counts = { OK: 0, MISSING: 0, SIZE: 0, HASH: 0, UNVERIFIED: 0, EXTRA: 0 };
  const bad: string[] = [];
  const files = assetIds
    ? assetIds.flatMap((id) => store.files.downloadedOf(id))
    : [...store.files.downloaded()];
  let [checked, bytes, queued] = [0, 0, 0];
  for (const { id, path, size, sha256 } of files) {
    const expected = size === null || sha256 === null ? null : { size, sha256 };
    const verdict = await verdictOf(path, expected);
    counts[verdict]++;
    if (verdict !== "OK") emit("verdict", { fileId: id, path, verdict });
    if (verdict !== "OK" && verdict !== "UNVERIFIED") bad.push(id);
    bytes += verdict === "OK" || verdict === "HASH" ? size ?? 0 : 0;
    if (++checked % PROGRESS_EVERY === 0 || checked === files.length) {
      emit("verifyProgress", { checked, of: files.length, bytes });
    }
  }
  const folders = assetIds?.flatMap((id) => store.assets.row(id)?.folder ?? []);
  const where = folders ? { below: folders, signal } : { signal };
  for await (const path of findExtras(fs, root, (key) => store.pathTaken(key), where)) {
    counts.EXTRA++;
    emit("verdict", { fileId: null, path, verdict: "EXTRA" });
  }
  if (repair) {
    queued = store.transaction(() => {
      store.files.markFetchableMissing(bad);
      return store.jobs.enqueueMany(store.files.toFetch());
    });
  }
  const summary: VerifySummary = {
    ok: counts.OK,
    missing: counts.MISSING,
    size: counts.SIZE,
    hash: counts.HASH,
    unverified: counts.UNVERIFIED,
    extra: counts.EXTRA,
    bytes,
    queued,
    took: Math.round(clock.monotonic() - started),
  };
  log.info("Library verified", { ...summary });
  return summary;

  async function verdictOf(path: string, expected: Expected | null): Promise<Verdict> {
    try {
      return await verifyFile(fs, resolveInRoot(root, path), expected, { signal });
    } catch (error) {
      signal.throwIfAborted();
      // One unreadable file must not hide what is wrong with the others.
      log.warn("A file could not be read", { file: path, kind: classifyThrown(error).kind });
      return "UNVERIFIED";
    }
  }
}
