import { ENGINE_FLAGS } from "../engine_flags.mjs";
import { PATHS } from "../paths.ts";
import type { Worker } from "./supervise.ts";

/**
 * Starts the engine of the window: `mmfsync desktop`.
 *
 * @param introduction Goes to its standard input, which ends when this process does, however that ends.
 */
export function startWorker(introduction: string): Worker {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-lock", "--no-remote", ...ENGINE_FLAGS, PATHS.main, "desktop"],
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
