import { expect, test } from "vitest";
import { MemoryLog } from "./memory_log.ts";

test("MemoryLog.messages() gives what was logged, by level and in order", () => {
  const log = new MemoryLog();
  log.debug("a");
  log.info("b", { count: 1 });
  log.warn("c");
  log.error("d");
  log.info("e");
  expect(log.messages()).toEqual(["a", "b", "c", "d", "e"]);
  expect(log.messages("info")).toEqual(["b", "e"]);
  expect(log.entries[1]).toEqual({ level: "info", message: "b", fields: { count: 1 } });
});
