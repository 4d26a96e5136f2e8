import type { Clock } from "../../platform/ports.ts";

/** Milliseconds from which on an engine counts as sound. */
const SOUND_MS = 60_000;

/** Longest wait before the engine is started again. */
const LONGEST_WAIT_MS = 30_000;

/** How often it is looked whether the host is still there; it may go without a word. */
const PARENT_CHECK_MS = 250;

/** Milliseconds that the engine has to save and to end after the host went. */
const GRACE_MS = 1_000;

/** A running engine process. */
export interface Worker {
  /** Its exit code: 0 when it ended on purpose. */
  readonly exited: Promise<number>;
  kill(): void;
}

/** What {@linkcode supervise} needs. */
export interface Supervision {
  readonly clock: Clock;
  readonly start: () => Worker;
  /** Whether the host that started this is still the parent. */
  readonly hasParent: () => boolean;
}

/**
 * Keeps the engine running for as long as the host does: starts it again when it dies, later and later when it does so
 * over and over. Also ends an engine that is too busy to notice that the host has gone.
 */
export async function supervise({ clock, start, hasParent }: Supervision): Promise<void> {
  for (let deaths = 0; hasParent();) {
    const started = clock.monotonic();
    const worker = start();
    const over = new AbortController();
    const guard = endWithParent(worker, clock, hasParent, over.signal);
    const code = await worker.exited;
    over.abort();
    await guard;
    if (code === 0) return;
    deaths = clock.monotonic() - started >= SOUND_MS ? 1 : deaths + 1;
    // The first time at once: whoever watches should hardly notice.
    if (deaths > 1) await clock.sleep(Math.min(LONGEST_WAIT_MS, 250 * 2 ** deaths));
  }
}

async function endWithParent(
  worker: Worker,
  clock: Clock,
  hasParent: () => boolean,
  over: AbortSignal,
): Promise<void> {
  try {
    while (hasParent()) await clock.sleep(PARENT_CHECK_MS, over);
    await clock.sleep(GRACE_MS, over);
    worker.kill();
  } catch {
    // It ended by itself.
  }
}
