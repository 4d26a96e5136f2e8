import { systemClock } from "../../platform/clock.ts";
import { introductionIn } from "../../rpc/introduction.ts";
import { supervise } from "./supervise.ts";
import { startWorker } from "./worker_process.ts";

/**
 * `mmfsync desktop`, which the window's host calls: keeps an engine running in a second process and ends with the host.
 * Nothing else could start a dead engine again: the host does not, and a page that may start programs could start any.
 *
 * It waits for as long as the window is open, so it imports next to nothing: 16 MB of its own instead of 39.
 *
 * @throws {SyncError} `badInput` when it was not the host who called.
 */
export async function keepWorking(): Promise<void> {
  const introduction = await new Response(Deno.stdin.readable).text();
  introductionIn(introduction);
  const host = Deno.ppid;
  await supervise({
    clock: systemClock,
    start: () => startWorker(["desktop", "--worker"], introduction),
    hasParent: () => Deno.ppid === host,
  });
}
