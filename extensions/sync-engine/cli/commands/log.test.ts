import { expect, test } from "vitest";
import { FakeClock } from "../../platform/testing/fake_clock.ts";
import { createLog } from "../../platform/log.ts";
import { logLineText } from "./log.ts";

test("logLineText() reads what the log writes", async () => {
  const dir = Deno.makeTempDirSync();
  try {
    const log = createLog({ dir, clock: new FakeClock(Date.UTC(2026, 0, 31)), salt: "x" });
    log.warn("A provider could not be synced", { provider: "mmf", count: 2 });
    await log.close();
    const [line = ""] = Deno.readTextFileSync(`${dir}/logs/mmfsync.log`).split("\n");
    expect(logLineText(line)).toMatch(
      /^2026-01-31T00:00:00\.000Z WARN\w* +A provider could not be synced provider=mmf count=2$/,
    );
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});

test("logLineText() shows what is no line of the log as it is, but never lets it steer", () => {
  expect(logLineText("half a li\x1b[2J")).toBe("half a li [2J");
});
