import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { ProfileBusyError } from "../profile_busy_error.ts";
import type { ScanNews } from "../protocol.ts";
import { EXIT, exitCodeHelp, exitCodeOf, exitCodeOfSync } from "./exit_codes.ts";
import { IDLE_SYNC } from "./testing/fake_engine.ts";

const SCAN: ScanNews = {
  provider: "mmf",
  seen: 1,
  kept: 1,
  merged: 0,
  quarantined: 0,
  added: 0,
  updated: 0,
  unchanged: 1,
  removed: 0,
  incomplete: null,
};

test("EXIT keeps the numbers that scripts rely on", () => {
  expect(EXIT).toEqual({
    ok: 0,
    fault: 1,
    usage: 2,
    signIn: 3,
    unfinished: 4,
    folder: 5,
    busy: 6,
    badFiles: 7,
    provider: 8,
    interrupted: 130,
    terminated: 143,
  });
});

test("exitCodeHelp() names every code", () => {
  for (const code of Object.values(EXIT)) {
    expect(exitCodeHelp()).toMatch(new RegExp(`^ +${code}  \\w`, "m"));
  }
});

test.each(
  [
    ["retryable", 8],
    ["throttled", 8],
    ["challenged", 8],
    ["needsAuth", 3],
    ["needsNewLease", 8],
    ["locked", 8],
    ["gone", 8],
    ["integrity", 1],
    ["diskFull", 5],
    ["diskFault", 5],
    ["permission", 5],
    ["cancelled", 130],
    ["badInput", 2],
    ["bug", 1],
  ] as const,
)("exitCodeOf() of %s is %i", (kind, code) => {
  expect(exitCodeOf(new SyncError(kind, "x"))).toBe(code);
});

test("exitCodeOf() tells a busy profile from wrong input", () => {
  expect(exitCodeOf(new ProfileBusyError("x"))).toBe(6);
});

test.each([
  ["nothing wrong", {}, 0],
  ["failed files", { failed: 1 }, 4],
  ["waiting files", { waiting: 1 }, 4],
  ["what waits in a dry run", { dryRun: true, waiting: 9 }, 0],
  ["an incomplete scan", { scans: [{ ...SCAN, incomplete: "page 2 failed" }] }, 8],
  ["a provider that cannot be read", { problems: [problem("badInput")] }, 8],
  ["a dead sign-in beside failed files", { problems: [problem("needsAuth")], failed: 1 }, 3],
  ["a full disk before all else", { problems: [problem("needsAuth"), problem("diskFull")] }, 5],
  ["a silence before the list was read", { problems: [problem("throttled")] }, 8],
  ["a silence after it was read", { problems: [problem("throttled")], scans: [SCAN] }, 4],
  ["an unknown problem", { problems: [problem("?")] }, 1],
])("exitCodeOfSync() for %s", (_what, change, code) => {
  expect(exitCodeOfSync({ ...IDLE_SYNC, ...change })).toBe(code);
});

function problem(code: string) {
  return { provider: "mmf", error: { code, message: "x" } };
}
