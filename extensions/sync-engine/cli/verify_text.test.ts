import { expect, test } from "vitest";
import { GOOD_VERIFY } from "./testing/fake_engine.ts";
import { repairText, verifyLine, verifyText } from "./verify_text.ts";

test("verifyText() says that there is nothing yet", () => {
  expect(verifyText({ ...GOOD_VERIFY, ok: 0 }, false)).toBe("Nothing is here to verify yet");
});

test("verifyText() advises to repair only what is bad", () => {
  expect(verifyText(GOOD_VERIFY, false)).toBe("3 files verified (4.2 MB read in 2 s)");
  expect(verifyText({ ...GOOD_VERIFY, extra: 1 }, false)).not.toMatch(/repair/);
  expect(verifyText({ ...GOOD_VERIFY, hash: 1 }, false)).toMatch(/repair --known-bad$/);
  expect(verifyText({ ...GOOD_VERIFY, hash: 1 }, true)).not.toMatch(/repair/);
});

test("verifyText() says what a stopped verification had found before", () => {
  expect(verifyText({ ...GOOD_VERIFY, earlier: 1234 }, false))
    .toBe("3 files verified, 1,234 before it was stopped (4.2 MB read in 2 s)");
});

test("verifyLine() says how long it takes", () => {
  const news = { checked: 10, of: 1200, bytes: 2e6, ofBytes: 12e6, speed: 1e6 };
  expect(verifyLine(news)).toBe("10 of 1,200 files read (2 MB of 12 MB, 1 MB/s, 10 s left)");
  expect(verifyLine({ ...news, speed: 0 })).toBe("10 of 1,200 files read (2 MB of 12 MB, 0 B/s)");
});

test("repairText() sums up what was mended and what is left", () => {
  const nothing = {
    queued: 0,
    fetched: 0,
    failed: 0,
    waiting: 0,
    reusedBytes: 0,
    keptAside: 0,
    sidecars: 0,
    problems: [],
    doubt: null,
  };
  expect(repairText(nothing)).toBe("Nothing to repair");
  const problem = { code: "needsAuth", message: "Signed out", hint: "Sign in." } as const;
  expect(
    repairText({
      queued: 4,
      fetched: 1,
      failed: 1,
      waiting: 2,
      reusedBytes: 8e6,
      keptAside: 1,
      sidecars: 1,
      problems: [problem],
      doubt: null,
    }).split("\n"),
  ).toEqual([
    "Signed out. Sign in.",
    "Repaired 1 of 4 files",
    "8 MB of damaged files were good and were kept",
    "1 file changed since they came: your copies are in .versions",
    "1 datapackage.json written anew",
    "1 file could not be fetched; `queue retry` tries again",
    "2 files still wait: sync goes on",
  ]);
});
