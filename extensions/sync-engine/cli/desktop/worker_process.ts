import { fileURLToPath } from "node:url";
import type { Worker } from "./supervise.ts";

/**
 * Starts the engine of the window in a process of its own: this very program with `--worker`.
 *
 * @param introduction Goes to its standard input, which ends when this process does, however that ends.
 */
export function startWorker(args: readonly string[], introduction: string): Worker {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-lock", "--no-remote", fileURLToPath(Deno.mainModule), ...args],
    stdin: "piped",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  // Whether it took it shows in how it ends.
  writer.write(new TextEncoder().encode(`${introduction}\n`)).catch(() => {});
  return {
    exited: child.status.then(({ code }) => code),
    kill() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself in the meantime.
      }
    },
  };
}
