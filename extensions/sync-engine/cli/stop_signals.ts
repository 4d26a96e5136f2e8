import { SyncError } from "../platform/errors.ts";
import { EXIT } from "./exit_codes.ts";
import type { World } from "./world.ts";

/** Milliseconds that a stopped command may take to save what it has. */
const DRAIN_MS = 30_000;

/** How the user asks a command to stop. */
export interface Stop {
  /** Aborts at the first signal. */
  readonly signal: AbortSignal;
  /** The exit code that the signal stands for, null before one came. */
  readonly code: number | null;
  /** Lets signals end the process again. */
  release(): void;
}

/**
 * The first signal asks the command to stop and save, within 30 s; the second ends the process at once.
 *
 * @param onFirst Tells the user that the command is stopping.
 * @param onLast Puts the terminal in order before the process ends.
 */
export function listenForStop(
  world: Pick<World, "onStopSignal" | "exit" | "clock">,
  { onFirst, onLast }: { onFirst(): void; onLast(): void },
): Stop {
  const stop = new AbortController();
  const released = new AbortController();
  let code: number | null = null;
  const end = (exit: number) => {
    onLast();
    world.exit(exit);
  };
  const unsubscribe = world.onStopSignal((signal) => {
    if (code !== null) return end(code);
    const mine = code = signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    onFirst();
    stop.abort(new SyncError("cancelled", "Stopped"));
    world.clock.sleep(DRAIN_MS, released.signal).then(() => end(mine), () => {});
  });
  return {
    signal: stop.signal,
    get code() {
      return code;
    },
    release() {
      released.abort();
      unsubscribe();
    },
  };
}
