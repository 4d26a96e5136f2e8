import { homedir } from "node:os";
import { systemClock } from "../platform/clock.ts";
import type { Os } from "../app/os.ts";
import { launchProgram, runProgram } from "../app/run.ts";
import { openEngine } from "./compose.ts";
import { startSimulator } from "./simulator.ts";
import type { Output, StopSignal, World } from "./world.ts";

/** The process's own world. */
export function systemWorld(): World {
  return {
    env: (name) => Deno.env.get(name),
    // npm starts scripts in the project's folder and tells where the user stood.
    cwd: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
    programName: Deno.env.has("npm_lifecycle_event") ? "npm run -s mmfsync --" : "mmfsync",
    windows: Deno.build.os === "windows",
    os: systemOs(),
    home: homedir(),
    stdin: {
      isTerminal: Deno.stdin.isTerminal(),
      setRaw: (raw) => Deno.stdin.setRaw(raw),
      read: (into) => Deno.stdin.read(into),
    },
    stdout: outputOf(Deno.stdout),
    stderr: outputOf(Deno.stderr),
    clock: systemClock,
    onStopSignal(handler) {
      // Windows knows no SIGTERM.
      const signals: StopSignal[] = Deno.build.os === "windows"
        ? ["SIGINT"]
        : ["SIGINT", "SIGTERM"];
      const listeners = signals.map((signal) => [signal, () => handler(signal)] as const);
      for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
      return () => {
        for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
      };
    },
    exit: (code) => Deno.exit(code),
    run: runProgram,
    launch: launchProgram,
    openEngine,
    startSimulator,
  };
}

/** Other Unixes have the tools of Linux. */
function systemOs(): Os {
  const { os } = Deno.build;
  return os === "windows" || os === "darwin" ? os : "linux";
}

type Stream = Pick<typeof Deno.stdout, "isTerminal" | "writeSync">;

function outputOf(stream: Stream): Output {
  const encoder = new TextEncoder();
  let readerIsGone = false;
  return {
    isTerminal: stream.isTerminal(),
    columns: () => consoleSize().columns || 80,
    rows: () => consoleSize().rows || 24,
    write(text) {
      if (readerIsGone) return;
      try {
        writeAll(stream, encoder.encode(text));
      } catch {
        readerIsGone = true;
      }
    },
  };
}

/** Zeros where there is no console. */
function consoleSize(): { readonly columns: number; readonly rows: number } {
  try {
    return Deno.consoleSize();
  } catch {
    return { columns: 0, rows: 0 };
  }
}

/** Whoever started this process may have made a shared pipe non-blocking; then it can be full. */
function writeAll(stream: Stream, bytes: Uint8Array): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(stream.writeSync(bytes));
    } catch (error) {
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}
