import type { Simulator } from "../../providers/mmf/simulator/mod.ts";
import { projectPath } from "../support/profile.ts";

/** What came of a run of the victim. */
export interface VictimRun {
  /** Whether it was killed before its end. */
  readonly killed: boolean;
  /** Milliseconds from the victim's beginning to its end. */
  readonly took: number;
  /** Its last words: a summary in JSON when it came to its end. */
  readonly said: string;
}

/** Options for {@linkcode runVictim}. */
export interface VictimOptions {
  /** Absolute path of the profile and its library. */
  readonly home: string;
  readonly userAgent: string;
  /** Kills it so many milliseconds after its beginning. @default {undefined} lets it live */
  readonly killAfter?: number;
}

/** Runs the victim in a process of its own until it ends or is killed without warning. */
export async function runVictim(
  { connectTo, session }: Simulator,
  { home, userAgent, killAfter }: VictimOptions,
): Promise<VictimRun> {
  const task = JSON.stringify({ home, userAgent, connectTo, session });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", projectPath("tests/crash/victim.ts"), task],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let begun = performance.now();
  let said = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (said === "") {
      begun = performance.now();
      if (killAfter !== undefined) timer = setTimeout(() => child.kill("SIGKILL"), killAfter);
    }
    said += text;
  }
  const { success, signal } = await child.status;
  clearTimeout(timer);
  if (!success && signal !== "SIGKILL") throw new Error(`The victim failed by itself: ${said}`);
  return {
    killed: signal === "SIGKILL",
    took: performance.now() - begun,
    said: said.trim().split("\n").at(-1) ?? "",
  };
}
