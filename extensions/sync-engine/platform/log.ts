import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { getRotatingFileSink } from "@logtape/file";
import { getJsonLinesFormatter, type LogLevel, type LogRecord, type Sink } from "@logtape/logtape";
import { classifyThrown } from "./classify_thrown.ts";
import { createLogCleaner } from "./log_fields.ts";
import { SyncError } from "./errors.ts";
import type { Clock, Log, LogFields } from "./ports.ts";

/** From the most to the least talkative. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

export interface CreateLogOptions {
  /** The app's data directory; the log is `logs/mmfsync.log` in it. */
  readonly dir: string;
  /** What is less grave is left out. @default {"info"} */
  readonly level?: typeof LOG_LEVELS[number];
  readonly clock: Pick<Clock, "now">;
  /** Of the profile; see `createLogCleaner`. */
  readonly salt: string;
  /** Prints each line on the error output too. @default {false} */
  readonly alsoStderr?: boolean;
  /** Bytes of a file before the next is begun. @default {5 MiB} */
  readonly maxSize?: number;
}

/** A log that ends: lines not yet written are written by `close`, which the end of the process needs. */
export interface ClosableLog extends Log {
  close(): Promise<void>;
}

/** The newest file and four older ones, `mmfsync.log.1` to `mmfsync.log.4`. */
const OLDER_FILES = 4;
const MAX_SIZE = 5 * 1024 * 1024;
/** What a crash of the machine may take from the log, in milliseconds. */
const FLUSH_INTERVAL_MS = 500;
const BUFFER_BYTES = 8192;

/**
 * A log of JSON lines. It never throws after it was opened: a full disk must not stop a sync because of
 * its log.
 *
 * @throws {SyncError} When the file cannot be opened.
 */
export function createLog(options: CreateLogOptions): ClosableLog {
  const { dir, level = "info", clock, salt, alsoStderr = false, maxSize = MAX_SIZE } = options;
  const formatter = getJsonLinesFormatter({ properties: "nest:fields", message: "template" });
  const sink = openSink(dir, { formatter, maxSize });
  const cleaner = createLogCleaner(salt);
  const encoder = new TextEncoder();
  let open = true;

  const write = (levelOfLine: typeof LOG_LEVELS[number], text: string, fields: LogFields = {}) => {
    if (!open || LOG_LEVELS.indexOf(levelOfLine) < LOG_LEVELS.indexOf(level)) return;
    const message = cleaner.message(text);
    const record: LogRecord = {
      category: ["mmfsync"],
      level: LOGTAPE_LEVELS[levelOfLine],
      message: [message],
      rawMessage: message,
      timestamp: clock.now(),
      properties: cleaner.fields(fields),
    };
    try {
      if (alsoStderr) Deno.stderr.writeSync(encoder.encode(formatter(record)));
      sink(record);
    } catch {
      // There is nowhere left to tell it.
    }
  };

  return {
    debug: (message, fields) => write("debug", message, fields),
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
    async close() {
      if (!open) return;
      open = false;
      await sink[Symbol.asyncDispose]();
    },
  };
}

const LOGTAPE_LEVELS: Readonly<Record<typeof LOG_LEVELS[number], LogLevel>> = {
  debug: "debug",
  info: "info",
  warn: "warning",
  error: "error",
};

function openSink(
  dir: string,
  { formatter, maxSize }: { formatter: (record: LogRecord) => string; maxSize: number },
) {
  const folder = join(dir, "logs");
  try {
    mkdirSync(folder, { recursive: true });
    // Non-blocking, because the other kind flushes the disk on the event loop.
    const sink = getRotatingFileSink(join(folder, "mmfsync.log"), {
      formatter,
      maxSize,
      maxFiles: OLDER_FILES,
      bufferSize: BUFFER_BYTES,
      flushInterval: FLUSH_INTERVAL_MS,
      nonBlocking: true,
    });
    // The types' first overload, for blocking sinks, swallows these options.
    return sink as Sink as Sink & AsyncDisposable;
  } catch (cause) {
    const { failure, message } = classifyThrown(cause);
    throw new SyncError(failure, `Cannot write the log in "${folder}": ${message}`, { cause });
  }
}
