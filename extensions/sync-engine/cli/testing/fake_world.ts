import { FakeClock } from "../../platform/testing/fake_clock.ts";
import type { EngineSetup, OpenedEngine } from "../opened_engine.ts";
import type { Output, StopSignal, World } from "../world.ts";

/** An output that remembers. */
export interface FakeOutput extends Output {
  readonly text: string;
}

/** Options for {@linkcode fakeWorld}. */
export interface FakeWorldOptions {
  /** @default {{}} */
  readonly env?: Readonly<Record<string, string>>;
  /** @default {"/here"} */
  readonly cwd?: string;
  /** What is piped in, or typed where `terminal` is set. @default {""} */
  readonly input?: string;
  /** Whether people sit at it. @default {false} */
  readonly terminal?: boolean;
  /** @default {80} */
  readonly columns?: number;
  readonly openEngine?: (setup: EngineSetup) => Promise<OpenedEngine>;
}

/** A world without a process, and what was done to it. */
export interface FakeWorld extends World {
  readonly stdout: FakeOutput;
  readonly stderr: FakeOutput;
  readonly clock: FakeClock;
  /** Codes that `exit` was called with. */
  readonly exits: readonly number[];
  /** Whether keys were hidden, in order of the changes. */
  readonly rawModes: readonly boolean[];
  send(signal: StopSignal): void;
}

/** A world for tests. */
export function fakeWorld(options: FakeWorldOptions = {}): FakeWorld {
  const { env = {}, cwd = "/here", input = "", terminal = false, columns = 80 } = options;
  const handlers = new Set<(signal: StopSignal) => void>();
  const exits: number[] = [];
  const rawModes: boolean[] = [];
  let rest = new TextEncoder().encode(input);
  return {
    env: (name) => env[name],
    cwd,
    programName: "mmfsync",
    windows: false,
    os: "linux",
    home: "/home/somebody",
    stdin: {
      isTerminal: terminal,
      setRaw: (raw) => void rawModes.push(raw),
      read(into) {
        if (rest.length === 0) return Promise.resolve(null);
        // In small pieces, as pipes may come.
        const piece = rest.subarray(0, Math.min(7, into.length));
        into.set(piece);
        rest = rest.subarray(piece.length);
        return Promise.resolve(piece.length);
      },
    },
    stdout: fakeOutput(terminal, columns),
    stderr: fakeOutput(terminal, columns),
    clock: new FakeClock(),
    exits,
    rawModes,
    onStopSignal(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    exit: (code) => void exits.push(code),
    run: () => Promise.reject(new Error("There are no programs")),
    launch: () => Promise.reject(new Error("There are no programs")),
    openEngine: options.openEngine ?? (() => Promise.reject(new Error("There is no engine"))),
    startSimulator: () => Promise.reject(new Error("There is no simulator")),
    send(signal) {
      for (const handler of [...handlers]) handler(signal);
    },
  };
}

function fakeOutput(isTerminal: boolean, columns: number): FakeOutput {
  let text = "";
  return {
    isTerminal,
    columns: () => columns,
    rows: () => 24,
    write: (more) => void (text += more),
    get text() {
      return text;
    },
  };
}
