import type { ChangeNews } from "./change_news.ts";
import { toFrameError } from "./frame_error.ts";
import { type MendPorts, queueBad, rewriteSidecars } from "./mend.ts";
import { lastNight } from "./nightly_verify.ts";
import { classifyThrown } from "./platform/classify.ts";
import type { Clock, Fs, Log, Random } from "./platform/ports.ts";
import type {
  Emit,
  FrameError,
  Params,
  RepairSummary,
  Results,
  SyncSummary,
  VerifyParams,
  VerifySummary,
} from "./protocol.ts";
import type { Store } from "./store/store.ts";
import { type Doubt, doubtOf } from "./verification/doubt.ts";
import { lastWhole, unfinishedRun } from "./verify_progress.ts";
import { type VerifyResult, verifyRun } from "./verify_run.ts";

/** What {@linkcode VerificationDoor} needs. */
export interface VerificationDoorPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly emit: Emit;
  readonly news: Pick<ChangeNews, "library" | "queue" | "status">;
  /** Absolute path of the library root. */
  readonly root: () => string;
  /** Throws when something runs. */
  readonly requireIdle: () => void;
  /** Does work while nothing else runs. */
  readonly exclusive: <T>(
    signal: AbortSignal | undefined,
    work: (stop: AbortSignal) => Promise<T>,
  ) => Promise<T>;
  /** Does work while no sidecar is written by others. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Works the queue off. */
  readonly fetchQueue: (stop: AbortSignal) => Promise<SyncSummary>;
}

const NOTHING_REPAIRED: RepairSummary = {
  queued: 0,
  fetched: 0,
  failed: 0,
  waiting: 0,
  reusedBytes: 0,
  keptAside: 0,
  sidecars: 0,
  problems: [],
  doubt: null,
};

/** Whether what is on disk is still what was downloaded, and how to set it right. */
export class VerificationDoor {
  readonly #ports: VerificationDoorPorts;

  constructor(ports: VerificationDoorPorts) {
    this.#ports = ports;
  }

  overview(): Results["verify.overview"] {
    const { store, clock } = this.#ports;
    const unfinished = unfinishedRun(store, clock.now());
    return {
      counts: store.findings.counts(),
      last: lastWhole(store),
      unfinished: unfinished && { startedAt: unfinished.startedAt },
      night: lastNight(store),
    };
  }

  findings(query: Params<"verify.findings">): Results["verify.findings"] {
    return this.#ports.store.findings.list(query);
  }

  /** Verifies what is on disk; with `repair` also fetches what is bad. */
  async run(params: VerifyParams = {}, signal?: AbortSignal): Promise<VerifySummary> {
    const { clock, exclusive, root } = this.#ports;
    return await exclusive(signal, async (stop) => {
      const started = clock.monotonic();
      const options = { ...params, root: root(), signal: stop };
      const result = await verifyRun(this.#ports, options);
      if (!params.repair) return { ...result.summary, repair: null };
      const doubt = params.acceptBad ? null : this.#doubt(result, params);
      const repair = doubt ? { ...NOTHING_REPAIRED, doubt } : await this.#repair(result, stop);
      const took = Math.round(clock.monotonic() - started);
      return { ...result.summary, repair, took };
    });
  }

  /** Starts a verification in the background; `verifyEnded` tells how it went. */
  start(params: VerifyParams): { readonly started: true } {
    const { emit, requireIdle } = this.#ports;
    requireIdle();
    void this.run(params).then(
      (summary) => emit("verifyEnded", { summary }),
      (error) => emit("verifyEnded", { error: toFrameError(classifyThrown(error)) }),
    );
    return { started: true };
  }

  /** What is known as bad, and single models, may be bad as a whole: they are compared with all that is here. */
  #doubt({ bad, summary }: VerifyResult, { assetIds, subset }: VerifyParams): Doubt | null {
    const { ok, missing, size, hash, unverified, earlier } = summary;
    const { filesHere } = this.#ports.store.assets.summary({});
    const checked = ok + missing + size + hash + unverified + earlier;
    const isChosen = assetIds !== undefined || subset?.kind === "bad";
    return doubtOf(bad.length, isChosen ? filesHere : checked);
  }

  async #repair({ bad, sidecars }: VerifyResult, stop: AbortSignal): Promise<RepairSummary> {
    const { store, news, alone, root } = this.#ports;
    const ports: MendPorts = { ...this.#ports, root: root() };
    const rewritten = await alone(() => rewriteSidecars(ports, sidecars));
    const { fileIds, reusedBytes, keptAside } = await queueBad(ports, bad, stop);
    news.queue();
    const problems = fileIds.length > 0 ? await this.#fetch(stop) : [];
    const left = fileIds.flatMap((id) => store.jobs.get(id) ?? []);
    const failed = left.filter(({ state }) => state === "failed").length;
    return {
      queued: fileIds.length,
      fetched: fileIds.length - left.length,
      failed,
      waiting: left.length - failed,
      reusedBytes,
      keptAside,
      sidecars: rewritten,
      problems,
      doubt: null,
    };
  }

  /** What was found is worth telling even where nothing can be fetched. */
  async #fetch(stop: AbortSignal): Promise<readonly FrameError[]> {
    try {
      const { problems } = await this.#ports.fetchQueue(stop);
      return problems.map(({ error }) => error);
    } catch (error) {
      stop.throwIfAborted();
      return [toFrameError(classifyThrown(error))];
    }
  }
}
