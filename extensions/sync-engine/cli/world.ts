import type { Os } from "../app/os.ts";
import type { Run } from "../app/run.ts";
import type { Clock } from "../platform/ports.ts";
import type { EngineSetup, OpenedEngine } from "./opened_engine.ts";
import type { Simulator, SimulatorSetup } from "./simulator.ts";

/** A stream for people or programs to read. */
export interface Output {
  readonly isTerminal: boolean;
  /** Characters of a line, 80 where unknown. */
  columns(): number;
  /** Lines of the terminal, 24 where unknown. */
  rows(): number;
  /** Never throws: a reader that went away is no reason to stop. */
  write(text: string): void;
}

/** What the user types or pipes in. */
export interface Input {
  readonly isTerminal: boolean;
  /** In raw mode keys arrive one by one and are not shown. */
  setRaw(raw: boolean): void;
  /** Bytes read, null at the end. */
  read(into: Uint8Array): Promise<number | null>;
}

/** What asks a process to end. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** All that the command line touches, so that tests can stand in for it. */
export interface World {
  readonly env: (name: string) => string | undefined;
  /** Where the user stands: relative paths are meant from there. */
  readonly cwd: string;
  /** How the user calls this program, for advice that can be pasted. */
  readonly programName: string;
  /** Whether paths and shells are those of Windows. */
  readonly windows: boolean;
  readonly os: Os;
  /** The user's home. */
  readonly home: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  /** Calls `handler` at each stop signal until the returned function is called. */
  onStopSignal(handler: (signal: StopSignal) => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
  /** Runs a program of the system to its end. */
  readonly run: Run;
  /** Runs one that opens something for the user. */
  readonly launch: Run;
  openEngine(setup: EngineSetup): Promise<OpenedEngine>;
  startSimulator(setup: SimulatorSetup): Promise<Simulator>;
}
