import { findExtras } from "./files/find_extras.ts";
import { SIDECAR_NAME } from "./files/datapackage.ts";
import { openRoot } from "./files/marker.ts";
import type { Verdict } from "./files/verify.ts";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type { Emit, VerifyParams, VerifySummary } from "./protocol.ts";
import { readRootId } from "./root_id.ts";
import type { Store } from "./store/store.ts";
import type { Verifiable } from "./store/verifications.ts";
import { judge } from "./verification/judge.ts";
import { sidecarFault } from "./verification/sidecar_fault.ts";
import { type Candidate, choose } from "./verification/subset.ts";
import { VerdictLog } from "./verification/verdict_log.ts";
import { VerifyBoard } from "./verify_board.ts";
import {
  forgetRun,
  noteRun,
  noteWhole,
  scopeOf,
  type UnfinishedRun,
  unfinishedRun,
} from "./verify_progress.ts";

/** Rows of a table that are read without a pause: a large library takes a second, and others wait meanwhile. */
const ROWS_AT_ONCE = 10_000;

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

/** What a verification found. */
export interface VerifyResult {
  readonly summary: Omit<VerifySummary, "repair">;
  /** Ids of files that are missing or wrong. */
  readonly bad: readonly string[];
  /** Ids of models whose sidecar is not right. */
  readonly sidecars: readonly string[];
}

/**
 * Reads downloaded files again and compares them with what was recorded, and the sidecars of their models with the
 * database. What it finds is remembered file by file: one that is stopped is gone on with when the same is asked for again.
 *
 * @throws {SyncError} `permission` when the root is not the library's: nothing is judged then. `badInput` when there is no
 * such asset. `cancelled` when the signal aborts.
 */
export async function verifyRun(
  ports: VerifyRunPorts,
  options: VerifyRunOptions,
): Promise<VerifyResult> {
  return await new VerifyRun(ports, options).run();
}

class VerifyRun {
  readonly #ports: VerifyRunPorts;
  readonly #options: VerifyRunOptions;
  readonly #counts = { OK: 0, MISSING: 0, SIZE: 0, HASH: 0, UNVERIFIED: 0, EXTRA: 0, SIDECAR: 0 };
  readonly #bad: string[] = [];
  readonly #sidecars: string[] = [];
  #bytes = 0;

  constructor(ports: VerifyRunPorts, options: VerifyRunOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  async run(): Promise<VerifyResult> {
    const { store, fs, clock, random, log } = this.#ports;
    const { root, assetIds } = this.#options;
    const started = clock.monotonic();
    const unknown = assetIds?.find((id) => store.assets.row(id) === null);
    if (unknown !== undefined) {
      throw new SyncError("badInput", `The library has no model "${unknown}"`);
    }
    // Before the first sync there is no folder to look at, and none is to be made.
    if (readRootId(store) === null && store.assets.summary({}).filesHere === 0) {
      return this.#result(0, started);
    }
    await openRoot(fs, root, { expectedId: readRootId(store), random, clock });
    const run = this.#begin();
    const { chosen, assets, done } = await this.#choose(run);
    await this.#readAll(chosen, done);
    for (const assetId of assets) await this.#lookAtSidecar(assetId);
    await this.#lookForExtras();
    this.#end(chosen.length + done.files, done.bytes);
    const result = this.#result(done.files, started);
    log.info("Library verified", { ...result.summary });
    return result;
  }

  /** Goes on with a run of the same scope, or notes a new one. */
  #begin(): UnfinishedRun {
    const { store, clock, random } = this.#ports;
    const scope = scopeOf(this.#options);
    const earlier = this.#options.restart ? null : unfinishedRun(store, clock.now());
    if (earlier?.scope === scope) return earlier;
    const run = { scope, startedAt: clock.now(), seed: random.next().toString(36).slice(2) };
    if (this.#isLong()) noteRun(store, run);
    return run;
  }

  /** One model, or what is known as bad, is read in one go. */
  #isLong(): boolean {
    return this.#options.assetIds === undefined && this.#options.subset?.kind !== "bad";
  }

  async #choose({ startedAt, seed }: UnfinishedRun) {
    const { olderThan, subset, oldest } = this.#options;
    const done = { files: 0, bytes: 0 };
    const candidates: (Candidate & { readonly assetId: string })[] = [];
    const assets = new Set<string>();
    for await (const { id, assetId, size, verifiedAt, verdict, downloadedAt } of this.#files()) {
      const isBad = verdict !== null && verdict !== "OK";
      const checkedAt = verifiedAt ?? downloadedAt;
      if (verifiedAt !== null && verifiedAt >= startedAt && !isBad && this.#isLong()) {
        done.files++;
        done.bytes += size;
        assets.add(assetId);
      } else if (isBad || olderThan === undefined || checkedAt < startedAt - olderThan) {
        candidates.push({ id, assetId, size, checkedAt, isBad });
      }
    }
    const chosen = choose(candidates, { subset, oldest, seed, done });
    for (const { assetId } of chosen) assets.add(assetId);
    if (subset?.kind === "bad") {
      for (const assetId of this.#ports.store.findings.sidecars()) assets.add(assetId);
    }
    return { chosen, assets, done };
  }

  async *#files(): AsyncGenerator<Verifiable> {
    const { store: { verifications }, clock } = this.#ports;
    const { assetIds, subset } = this.#options;
    if (assetIds) {
      for (const id of new Set(assetIds)) yield* verifications.ofAsset(id);
    } else if (subset?.kind === "bad") {
      yield* verifications.bad();
    } else {
      let rows = 0;
      for (const file of verifications.all()) {
        yield file;
        if (++rows % ROWS_AT_ONCE === 0) await clock.sleep(0);
      }
    }
  }

  async #readAll(
    chosen: readonly Candidate[],
    done: { readonly files: number; readonly bytes: number },
  ): Promise<void> {
    const { store, clock } = this.#ports;
    const { root, signal } = this.#options;
    const bytes = chosen.reduce((sum, { size }) => sum + size, done.bytes);
    const of = { files: chosen.length + done.files, bytes };
    const board = new VerifyBoard(this.#ports, of, done);
    const verdicts = new VerdictLog(store, clock);
    try {
      for (const { id, size } of chosen) {
        let read = 0;
        const judged = await judge({ ...this.#ports, root }, id, {
          signal,
          onBytes(count) {
            read += count;
            board.read(count);
          },
        });
        this.#bytes += read;
        board.checked(size - read);
        if (!judged) continue;
        const { verdict, file: { path } } = judged;
        verdicts.add(id, verdict);
        this.#count(verdict, id, path);
      }
    } finally {
      verdicts.flush();
      board.end();
    }
  }

  #count(verdict: Verdict, fileId: string, path: string): void {
    this.#counts[verdict]++;
    if (verdict === "OK") return;
    this.#ports.emit("verdict", { fileId, path, verdict });
    if (verdict !== "UNVERIFIED") this.#bad.push(fileId);
  }

  async #lookAtSidecar(assetId: string): Promise<void> {
    const { store, emit, clock, log } = this.#ports;
    const { root, signal } = this.#options;
    signal.throwIfAborted();
    const folder = store.assets.row(assetId)?.folder;
    if (folder === null || folder === undefined) return;
    const path = `${folder}/${SIDECAR_NAME}`;
    const fault = await sidecarFault({ ...this.#ports, root }, assetId);
    if (fault === null) return store.findings.drop(path);
    log.warn("A sidecar is not right", { asset: assetId, fault });
    store.findings.add({ path, verdict: "SIDECAR", assetId }, clock.now());
    this.#counts.SIDECAR++;
    this.#sidecars.push(assetId);
    emit("verdict", { fileId: null, path, verdict: "SIDECAR" });
  }

  /** A sample says nothing about what else is there. */
  async #lookForExtras(): Promise<void> {
    const { store, fs, clock, emit } = this.#ports;
    const { root, assetIds, subset, olderThan, signal } = this.#options;
    if (subset !== undefined || olderThan !== undefined) return;
    const folders = assetIds?.flatMap((id) => store.assets.row(id)?.folder ?? []);
    if (!folders) store.findings.dropExtras();
    for (const folder of folders ?? []) store.findings.dropExtras(folder);
    const where = folders ? { below: folders, signal } : { signal };
    for await (const path of findExtras(fs, root, (key) => store.pathTaken(key), where)) {
      this.#counts.EXTRA++;
      store.findings.add({ path, verdict: "EXTRA", assetId: null }, clock.now());
      emit("verdict", { fileId: null, path, verdict: "EXTRA" });
    }
  }

  #end(files: number, earlierBytes: number): void {
    const { store, clock } = this.#ports;
    const { subset, olderThan } = this.#options;
    if (!this.#isLong()) return;
    forgetRun(store);
    if (subset !== undefined || olderThan !== undefined) return;
    noteWhole(store, { at: clock.now(), files, bytes: this.#bytes + earlierBytes });
  }

  #result(earlier: number, started: number): VerifyResult {
    const counts = this.#counts;
    return {
      summary: {
        ok: counts.OK,
        missing: counts.MISSING,
        size: counts.SIZE,
        hash: counts.HASH,
        unverified: counts.UNVERIFIED,
        extra: counts.EXTRA,
        sidecars: counts.SIDECAR,
        earlier,
        bytes: this.#bytes,
        took: Math.round(this.#ports.clock.monotonic() - started),
      },
      bad: this.#bad,
      sidecars: this.#sidecars,
    };
  }
}
