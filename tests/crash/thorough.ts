/**
 * How much the long tests try. See tests/README.md.
 *
 * @module
 */

/** Whether each single point is tried, and each fault there. */
export const EVERY_POINT = Deno.env.get("MMFSYNC_CRASH_ALL") === "1";

/** Decides what is left to chance. */
export const SEED = Number(Deno.env.get("MMFSYNC_CRASH_SEED") ?? 1);

/** Tells what was tried: a figure that shrinks is worth a look. */
export function say(line: string): void {
  // deno-lint-ignore no-console -- what was tried must be heard
  console.info(line);
}
