import * as v from "valibot";

const EntrySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    "@timestamp": v.pipe(v.string(), v.isoTimestamp()),
    level: v.string(),
    message: v.string(),
    fields: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
);

/** A line of the engine's log for people: day, time, level, message, fields. What is none stays as it is. */
export function logLine(line: string): string {
  const parsed = v.safeParse(EntrySchema, line);
  if (!parsed.success) return line;
  const { "@timestamp": time, level, message, fields } = parsed.output;
  const said = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const second = time.slice(0, "2026-01-01T00:00:00".length).replace("T", " ");
  return [second, level.padEnd(5), message, ...said].join("  ");
}
