/**
 * Loaded before the engine: writes how late its event loop ran, once a second, into the file that `LOOP_DELAY_FILE`
 * names. A line holds the delays of that second in milliseconds.
 *
 * @module
 */
import { appendFileSync } from "node:fs";
import { setInterval } from "node:timers";

const INTERVAL_MS = 10;
const file = Deno.env.get("LOOP_DELAY_FILE");

if (file) {
  let expected = performance.now() + INTERVAL_MS;
  let delays: number[] = [];
  const tick = setInterval(() => {
    const now = performance.now();
    delays.push(Math.max(0, now - expected));
    expected = now + INTERVAL_MS;
  }, INTERVAL_MS);
  const write = setInterval(() => {
    appendFileSync(file, delays.map((ms) => ms.toFixed(1)).join(" ") + "\n");
    delays = [];
  }, 1000);
  // Deno waits for what a preloaded module leaves running, unless it is told not to.
  tick.unref();
  write.unref();
}
