import { expect, test } from "vitest";
import { logLine } from "./log_line.ts";

test("an entry of the log is a line for people, with its fields behind", () => {
  const line = JSON.stringify({
    "@timestamp": "2026-01-02T03:04:05.678Z",
    level: "INFO",
    message: "Library scanned",
    logger: "mmfsync",
    fields: { provider: "mmf", assets: 3 },
  });
  expect(logLine(line)).toBe(
    '2026-01-02 03:04:05  INFO   Library scanned  provider="mmf"  assets=3',
  );
});

test("a line that is no entry stays as it is", () => {
  for (const line of ["{", "plain", '{"level":"INFO"}', ""]) expect(logLine(line)).toBe(line);
});
