import { Writable } from "node:stream";
import { MultiBar, type SingleBar } from "cli-progress";
import type { EventName, Events, TransferProgress } from "../protocol.ts";
import { adoptLine } from "./adopt_text.ts";
import { totalLine, transferLine } from "./bar_line.ts";
import { failureText } from "./failure_text.ts";
import { Narrator } from "./narrator.ts";
import type { Reporter } from "./reporter.ts";
import { rebuildLine } from "./recovery_text.ts";
import { moveText } from "./sentences.ts";
import { verifyLine } from "./verify_text.ts";
import { count, cut } from "./wording.ts";
import type { Output, World } from "./world.ts";

const ERASE_TO_LINE_END = "\x1b[K";
const RED = "\x1b[31m";
const PLAIN = "\x1b[39m";

/** Bars on a terminal: a total, below it one line for each running transfer; sentences scroll above. */
export function createBarsReporter(
  { stdout, stderr, clock, env, programName }: Pick<
    World,
    "stdout" | "stderr" | "clock" | "env" | "programName"
  >,
): Reporter {
  const narrator = new Narrator({ clock, programName });
  const board = new BarBoard(stdout);
  const red = (text: string) => env("NO_COLOR") ? text : `${RED}${text}${PLAIN}`;

  // Lists are read while files are loaded: each has its own lines.
  const looking = new Map<string, string>();
  let loading: readonly string[] = [];
  const look = (provider: string, text: string | null) => {
    if (text === null) looking.delete(provider);
    else looking.set(provider, `${narrator.nameOf(provider)}: ${text}`);
  };

  const note: ProgressNotes = {
    scan: ({ provider, seen, done }) =>
      look(provider, done ? null : `reading the list, ${count(seen, "entry", "entries")}`),
    plan: ({ provider, looked, enqueued, done }) =>
      look(
        provider,
        done ? null : `looked at ${count(looked, "model")}, ${count(enqueued, "file")} to fetch`,
      ),
    progress(data) {
      // What is loaded and only being checked or moved needs no line.
      const moving = data.running.filter(({ done, size }) => size === null || done < size);
      loading = [totalLine(data, board.columns()), ...board.inSlots(moving)];
    },
    verifyProgress: (data) => void (loading = [verifyLine(data)]),
    rootProgress: (data) => void (loading = [moveText(data)]),
    adoptProgress: (data) => void (loading = [adoptLine(data)]),
    rebuildProgress: (data) => void (loading = [rebuildLine(data)]),
  };

  return {
    say(_event, _data, text) {
      for (const told of [...narrator.rest(), text]) board.print(told);
    },
    note: (text) => board.print(text),
    learn: (library) => narrator.learn(library),
    hear(event, data) {
      const sentence = narrator.tell(event, data);
      if (sentence !== null) board.print(event === "fileFailed" ? red(sentence) : sentence);
      const noteIt = note[event];
      if (!noteIt) return;
      noteIt(data);
      board.show([...looking.values(), ...loading]);
    },
    fail(error) {
      board.close();
      const text = failureText(error);
      if (text !== null) stderr.write(`${red(text)}\n`);
    },
    close: () => board.close(),
  };
}

type ProgressNotes = { readonly [E in EventName]?: (data: Events[E]) => void };

/** Lines at the bottom of the terminal that change in place, and text that scrolls above them. */
class BarBoard {
  readonly #output: Output;
  #bars: MultiBar | null = null;
  #lines: SingleBar[] = [];
  /** Which transfer has which line: a transfer stays on its line while it runs. */
  #slots: (string | null)[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  /** Usable characters of a line: the last column is left free, where terminals wrap. */
  columns(): number {
    return Math.max(20, this.#output.columns() - 1);
  }

  inSlots(running: readonly TransferProgress[]): string[] {
    const byId = new Map(running.map((transfer) => [transfer.fileId, transfer]));
    const kept = this.#slots.map((id) => (id !== null && byId.has(id) ? id : null));
    for (const { fileId } of running) {
      if (kept.includes(fileId)) continue;
      const free = kept.indexOf(null);
      if (free < 0) kept.push(fileId);
      else kept[free] = fileId;
    }
    this.#slots = kept;
    return kept.map((id) => {
      const transfer = id === null ? undefined : byId.get(id);
      return transfer ? transferLine(transfer, this.columns()) : "";
    });
  }

  show(lines: readonly string[]): void {
    const bars = this.#bars ??= this.#open();
    // A board taller than the terminal would scroll and leave its traces.
    const most = Math.max(1, this.#output.rows() - 2);
    while (this.#lines.length < Math.min(most, lines.length)) {
      this.#lines.push(bars.create(1, 0, { text: "" }));
    }
    this.#lines.forEach((line, i) => line.update(0, { text: lines[i] ?? "" }));
  }

  print(text: string): void {
    if (text === "") return;
    if (!this.#bars) return this.#output.write(`${text}\n`);
    for (const line of wrapped(text, this.columns())) {
      this.#bars.log(`${line}${ERASE_TO_LINE_END}\n`);
    }
  }

  close(): void {
    const bars = this.#bars;
    if (!bars) return;
    // What was printed since the last frame would be lost.
    bars.update();
    bars.stop();
    this.#bars = null;
    this.#lines = [];
    this.#slots = [];
  }

  #open(): MultiBar {
    return new MultiBar({
      stream: asNodeStream(this.#output),
      format: (_options, _params, payload: { readonly text: string }) =>
        cut(payload.text, this.columns()),
      clearOnComplete: true,
      hideCursor: true,
      // Lines printed above push the bars down, so all are drawn again.
      forceRedraw: true,
      fps: 10,
      gracefulExit: false,
    });
  }
}

/** Lines no longer than `columns`: the bars switch the terminal's own wrapping off. */
function* wrapped(text: string, columns: number): Generator<string> {
  for (const line of text.split("\n")) {
    const characters = [...line];
    do yield characters.splice(0, columns).join(""); while (characters.length > 0);
  }
}

/** What cli-progress and `node:readline` need of a stream. */
function asNodeStream(output: Output): NodeJS.WritableStream {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      output.write(String(chunk));
      done();
    },
  });
  return Object.defineProperties(stream, {
    isTTY: { value: true },
    columns: { get: () => output.columns() },
  });
}
