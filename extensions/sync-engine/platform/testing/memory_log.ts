import type { Log, LogFields } from "../ports.ts";

/** One call, as it was made: nothing is hashed or left out. */
export interface LogEntry {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: LogFields;
}

/** A log that remembers. */
export class MemoryLog implements Log {
  readonly entries: LogEntry[] = [];

  debug(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: "debug", message, fields });
  }

  info(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: "info", message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: "warn", message, fields });
  }

  error(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: "error", message, fields });
  }

  /** Messages of one level, or of all, in order. */
  messages(level?: keyof Log): string[] {
    return this.entries.filter((one) => level === undefined || one.level === level)
      .map((one) => one.message);
  }
}
