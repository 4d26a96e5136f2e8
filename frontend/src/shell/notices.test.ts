import { expect, test } from "vitest";
import type { SyncSummary } from "../../../extensions/sync-engine/protocol.ts";
import { noticesOfEnd, noticesOfWait } from "./notices.ts";

const SUMMARY: SyncSummary = {
  dryRun: false,
  assets: 10,
  files: 30,
  bytes: 1_000,
  fetched: 3,
  fetchedBytes: 100,
  failed: 1,
  waiting: 0,
  missing: 0,
  scans: [],
  problems: [],
  took: 31_000,
};
const problem = (provider: string, code: string) => ({ provider, error: { code, message: "x" } });
const failure = (code: string) => ({ error: { code, message: "Something" } });

test("a long sync is told when it ends, with what it brought", () => {
  expect(noticesOfEnd({ summary: SUMMARY }, 30_001))
    .toEqual([{ kind: "ended", fetched: 3, failed: 1 }]);
});

test("a short sync, a dry run and a stop at the user's wish are not told", () => {
  expect(noticesOfEnd({ summary: SUMMARY }, 30_000)).toEqual([]);
  expect(noticesOfEnd({ summary: { ...SUMMARY, dryRun: true } }, 99_000)).toEqual([]);
  expect(noticesOfEnd(failure("cancelled"), 99_000)).toEqual([]);
});

test("a sign-in that has ended is told of each site, however short the sync was", () => {
  const problems = [
    problem("mmf", "needsAuth"),
    problem("cults3d", "throttled"),
    problem("b", "needsAuth"),
  ];
  const told = [{ kind: "signedOut", provider: "mmf" }, { kind: "signedOut", provider: "b" }];
  expect(noticesOfEnd({ summary: { ...SUMMARY, problems } }, 1_000)).toEqual(told);
  expect(noticesOfEnd({ summary: { ...SUMMARY, problems } }, 99_000))
    .toEqual([...told, { kind: "ended", fetched: 3, failed: 1 }]);
});

test("a drive that went away is told once, instead of an end", () => {
  const problems = [problem("mmf", "permission"), problem("cults3d", "permission")];
  expect(noticesOfEnd({ summary: { ...SUMMARY, problems } }, 99_000))
    .toEqual([{ kind: "broken", code: "permission", message: "x" }]);
});

test("a sync that broke is told when it was long, a full disk always", () => {
  expect(noticesOfEnd(failure("bug"), 99_000))
    .toEqual([{ kind: "broken", code: "bug", message: "Something" }]);
  expect(noticesOfEnd(failure("bug"), 1_000)).toEqual([]);
  expect(noticesOfEnd(failure("diskFull"), 0)).toEqual([{ kind: "diskFull" }]);
});

test("a wait is told for a full disk only", () => {
  expect(noticesOfWait({ reason: "diskFull" })).toEqual([{ kind: "diskFull" }]);
  expect(noticesOfWait({ reason: "throttled" })).toEqual([]);
});
