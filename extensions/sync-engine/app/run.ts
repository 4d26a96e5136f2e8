import { SyncError } from "../platform/errors.ts";

/** What a program left behind. */
export interface RunResult {
  readonly code: number;
  /** What it wrote to its output; empty where nobody listened. */
  readonly stdout: string;
}

/**
 * Runs a program of the system. The first word is the program, the others are its arguments as they are: no shell
 * ever sees them.
 *
 * @throws {SyncError} `permission` when there is no such program, or it may not be run.
 */
export type Run = (argv: readonly [string, ...string[]]) => Promise<RunResult>;

/** How long a program that opens something may take to refuse, in milliseconds. */
const REFUSAL_MS = 2_000;

/** Runs a program to its end. */
export const runProgram: Run = async ([program, ...args]) => {
  const { code, stdout } = await spawn(program, args, "piped").output();
  return { code, stdout: new TextDecoder().decode(stdout) };
};

/**
 * Starts a program that opens something: it counts as done when it is still there after two seconds, because some
 * of them stay until the user closes what they opened.
 */
export const launchProgram: Run = async ([program, ...args]) => {
  const child = spawn(program, args, "null");
  child.unref();
  const { promise: patience, resolve } = Promise.withResolvers<{ readonly code: number }>();
  const timer = setTimeout(() => resolve({ code: 0 }), REFUSAL_MS);
  try {
    const { code } = await Promise.race([child.status, patience]);
    return { code, stdout: "" };
  } finally {
    clearTimeout(timer);
  }
};

function spawn(program: string, args: string[], stdout: "piped" | "null"): Deno.ChildProcess {
  try {
    return new Deno.Command(program, { args, stdin: "null", stdout, stderr: "null" }).spawn();
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound ? "it is not installed" : "it may not run";
    throw new SyncError("permission", `Cannot start "${program}": ${reason}`, { cause });
  }
}
