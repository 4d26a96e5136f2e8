/**
 * What the window's host starts: keeps an engine running in a second process, and ends with the host. Nothing else could
 * start a dead engine again: the host does not, and a page that may start programs could start any.
 *
 * It is a program of its own, because it waits for as long as the window is open: 16 MB instead of the engine's 46.
 *
 * @module
 */
import { systemClock } from "../../platform/clock.ts";
import { introductionIn } from "../../rpc/introduction.ts";
import { supervise } from "./supervise.ts";
import { startWorker } from "./worker_process.ts";

const introduction = await new Response(Deno.stdin.readable).text();
introductionIn(introduction);
const host = Deno.ppid;
await supervise({
  clock: systemClock,
  start: () => startWorker(introduction),
  hasParent: () => Deno.ppid === host,
});
Deno.exit(0);
