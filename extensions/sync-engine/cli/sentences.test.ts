import { expect, test } from "vitest";
import { sentenceOf, syncText } from "./sentences.ts";
import { IDLE_SYNC } from "./testing/fake_engine.ts";

const NOON = new Date(2026, 0, 2, 12, 0).getTime();
const IN_FIVE_MINUTES = NOON + 5 * 60_000;

const nameOf = (id: string) => (id === "mmf" ? "MyMiniFactory" : id);
const WORDS = { now: NOON, programName: "mmfsync", option: "", nameOf };

const SCAN = {
  provider: "mmf",
  seen: 1250,
  kept: 1234,
  merged: 4,
  quarantined: 12,
  added: 3,
  updated: 0,
  unchanged: 1231,
  removed: 1,
  incomplete: null,
  done: true,
};

test("sentenceOf() sums up a scan when it is done", () => {
  expect(sentenceOf("scan", { ...SCAN, done: false }, WORDS)).toBeNull();
  expect(sentenceOf("scan", SCAN, WORDS)).toBe(
    "MyMiniFactory: 1,234 models listed, 3 new, 1 no longer there, " +
      "12 not understood and kept aside; to see them:\n  mmfsync list --not-understood",
  );
});

test("sentenceOf() leads to the same library with what it advises", () => {
  expect(sentenceOf("scan", SCAN, { ...WORDS, option: "--root '/a b'" })).toContain(
    "mmfsync list --not-understood --root '/a b'",
  );
  expect(sentenceOf("scan", SCAN, { ...WORDS, option: null })).toMatch(/12 not understood$/);
});

test("sentenceOf() says that a list is incomplete, and why", () => {
  expect(sentenceOf("scan", { ...SCAN, incomplete: "the list shrank" }, WORDS)).toMatch(
    /The list is incomplete: the list shrank$/,
  );
});

test("sentenceOf() says until when is waited", () => {
  const data = {
    until: IN_FIVE_MINUTES,
    reason: "diskFull",
    hint: "Free some space.",
    provider: null,
    everyMs: null,
    links: null,
  };
  expect(sentenceOf("waiting", data, WORDS)).toBe("Waiting until 12:05. Free some space.");
});

test("sentenceOf() says how often a site allows downloads", () => {
  const data = {
    until: IN_FIVE_MINUTES,
    reason: "throttled",
    hint: "Open the site.",
    provider: "mmf",
    everyMs: 24_000,
    links: null,
  };
  expect(sentenceOf("waiting", data, WORDS)).toBe(
    "MyMiniFactory limits downloads; next one at 12:05, about 1 every 24 s",
  );
  expect(sentenceOf("waiting", { ...data, links: 9 }, WORDS)).toMatch(/about 1 every 24 s$/);
  expect(sentenceOf("waiting", { ...data, links: 1500 }, WORDS)).toMatch(
    /every 24 s; about 10 h.* for 1,500 files: the site gives about 150 links an hour$/,
  );
  expect(sentenceOf("waiting", { ...data, reason: "challenged", everyMs: null }, WORDS)).toBe(
    "MyMiniFactory limits downloads; next one at 12:05. Open the site.",
  );
});

test("sentenceOf() says what becomes of a failed file", () => {
  const error = { code: "retryable", message: "Cut", hint: "Nothing to do." };
  const file = { fileId: "1", assetId: "a", title: "Dra\x1bgon", name: "a.zip", error };
  expect(sentenceOf("fileFailed", { ...file, retryAt: IN_FIVE_MINUTES }, WORDS)).toBe(
    "Failed: Dra gon / a.zip: Cut. It is tried again at 12:05.",
  );
  expect(sentenceOf("fileFailed", { ...file, retryAt: null }, WORDS)).toBe(
    "Failed: Dra gon / a.zip: Cut. Nothing to do.",
  );
});

test("sentenceOf() names a bad file with its verdict", () => {
  expect(sentenceOf("verdict", { fileId: "1", path: "A/b.stl", verdict: "HASH" }, WORDS)).toBe(
    "HASH       A/b.stl",
  );
});

test("sentenceOf() keeps quiet about what has no news", () => {
  expect(sentenceOf("fileDone", { fileId: "1", assetId: "a", path: "a", bytes: 1 }, WORDS))
    .toBeNull();
});

test("syncText() of a sync without news", () => {
  expect(syncText(IDLE_SYNC, nameOf)).toBe(
    "Nothing new to fetch\nLibrary: 2 models, 3 files here (4.2 MB)",
  );
});

test("syncText() says what was fetched, what failed and what to do", () => {
  const text = syncText({
    ...IDLE_SYNC,
    fetched: 1,
    fetchedBytes: 1000,
    failed: 2,
    waiting: 3,
    problems: [{ provider: "mmf", error: { code: "needsAuth", message: "Dead", hint: "Do it." } }],
  }, nameOf);
  expect(text).toBe([
    "MyMiniFactory: Dead. Do it.",
    "Fetched 1 file (1 kB) in 2 s",
    "Library: 2 models, 3 files here (4.2 MB)",
    "2 files could not be fetched; `sync --full` tries them again",
    "3 files still wait for the next sync",
  ].join("\n"));
});

test("syncText() of a dry run promises that nothing changed", () => {
  const text = syncText(
    { ...IDLE_SYNC, dryRun: true, fetched: 2, fetchedBytes: 3_000_000 },
    nameOf,
  );
  expect(text).toMatch(/\nWould fetch 2 files \(3 MB as far as known\). Nothing was changed.$/);
});
