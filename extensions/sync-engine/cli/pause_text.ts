import { hintFor } from "../platform/errors.ts";
import type { SitePause } from "../protocol.ts";
import { time } from "./wording.ts";

/** Why a site is left alone, until when, and what can be done meanwhile. */
export function pauseText({ until, reason }: SitePause, now: number, programName: string): string {
  const lines = [`Paused until ${time(until, now)}. ${hintFor(reason)}`];
  if (reason === "challenged") {
    lines.push(`\`${programName} handover\` lists what you can get in your browser yourself.`);
  }
  return lines.join(" ");
}
