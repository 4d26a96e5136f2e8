import { expect, test } from "vitest";
import type { JobRow } from "../../protocol.ts";
import { jobText } from "./queue.ts";

const NOW = new Date(2026, 0, 1, 12, 0).getTime();

const JOB: JobRow = {
  fileId: "mmf:object-1/archive-1",
  provider: "mmf",
  state: "queued",
  position: 1,
  attempts: 0,
  notBefore: 0,
  reason: null,
  message: null,
  hint: null,
  name: "dragon.zip",
  path: "MyMiniFactory/Somebody/Dragon/files/dragon.zip",
  size: 1_500_000,
  assetId: "mmf:object-1",
  title: "Dra\x1bgon",
};

test("jobText() tells a download on one line that steers no terminal", () => {
  expect(jobText(JOB, NOW)).toBe(
    "queued   mmf:object-1/archive-1           1.5 MB  Dra gon / dragon.zip",
  );
});

test("jobText() tells what went wrong, and when it is tried again or what to do", () => {
  const failure = { reason: "retryable", message: "The line broke", hint: "It is tried again." };
  expect(jobText({ ...JOB, ...failure, notBefore: NOW + 120_000 }, NOW))
    .toMatch(/\n {2}The line broke\. Not before 12:02\.$/);
  expect(jobText({ ...JOB, ...failure, state: "failed" }, NOW))
    .toMatch(/^failed .*\n {2}The line broke\. It is tried again\.$/);
});
