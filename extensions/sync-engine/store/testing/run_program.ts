import { fileURLToPath } from "node:url";

/** Starts one of the programs in this folder as a process of its own. */
export function runProgram(name: string, dir: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", fileURLToPath(new URL(name, import.meta.url)), dir],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}
