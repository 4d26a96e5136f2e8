import { expect, test } from "vitest";
import { classifyStatus } from "./classify_status.ts";
import { CHALLENGE_PAUSE_MS, type FailureKind, THROTTLE_PAUSE_MS } from "./errors.ts";

const NOW = Date.UTC(2026, 0, 1);
const NONE = new Headers();

/** Statuses of 4xx that mean more than "the request was wrong". */
const SPECIAL: Readonly<Record<"api" | "storage", Readonly<Record<number, FailureKind>>>> = {
  api: {
    401: "needsAuth",
    402: "locked",
    403: "locked",
    404: "gone",
    407: "retryable",
    408: "retryable",
    410: "gone",
    421: "retryable",
    423: "retryable",
    425: "retryable",
    429: "throttled",
    451: "locked",
  },
  storage: {
    400: "needsNewLease",
    401: "needsNewLease",
    402: "locked",
    403: "needsNewLease",
    404: "needsNewLease",
    407: "retryable",
    408: "retryable",
    410: "needsNewLease",
    412: "integrity",
    416: "integrity",
    421: "retryable",
    423: "retryable",
    425: "retryable",
    429: "throttled",
    451: "locked",
  },
};

function expectedKind(status: number, role: "api" | "storage"): FailureKind | undefined {
  if (status < 400) return undefined;
  if (status >= 500) return "retryable";
  return SPECIAL[role][status] ?? "bug";
}

const EVERY_STATUS = Array.from({ length: 500 }, (_, i) => 100 + i);

test.each(["api", "storage"] as const)(
  "classifyStatus() knows every status from 100 to 599 of the %s",
  (role) => {
    for (const status of EVERY_STATUS) {
      const failure = classifyStatus(status, NONE, { role, now: NOW });
      expect([status, failure?.kind]).toEqual([status, expectedKind(status, role)]);
    }
  },
);

test.each(["api", "storage"] as const)(
  "classifyStatus() sees a bot check behind every status of the %s",
  (role) => {
    for (const status of EVERY_STATUS) {
      const headers = new Headers({ "cf-mitigated": "challenge" });
      expect(classifyStatus(status, headers, { role, now: NOW })).toEqual({
        kind: "challenged",
        after: CHALLENGE_PAUSE_MS,
      });
    }
  },
);

test("classifyStatus() waits longer for a bot check when the site asks for it, never shorter", () => {
  const ask = (seconds: number) =>
    classifyStatus(
      403,
      new Headers({ "cf-mitigated": "Challenge", "retry-after": String(seconds) }),
      { role: "api", now: NOW },
    );
  expect(ask(7200)).toEqual({ kind: "challenged", after: 7_200_000 });
  expect(ask(5)).toEqual({ kind: "challenged", after: CHALLENGE_PAUSE_MS });
});

test.each([
  [429, null, { kind: "throttled", after: THROTTLE_PAUSE_MS }],
  [429, "nonsense", { kind: "throttled", after: THROTTLE_PAUSE_MS }],
  [429, "-1", { kind: "throttled", after: THROTTLE_PAUSE_MS }],
  [429, "17", { kind: "throttled", after: 17_000 }],
  [429, "0", { kind: "throttled", after: 1000 }],
  [429, "Thu, 01 Jan 2026 00:01:00 GMT", { kind: "throttled", after: 60_000 }],
  [429, "Wed, 31 Dec 2025 00:00:00 GMT", { kind: "throttled", after: 1000 }],
  [503, null, { kind: "retryable" }],
  [503, "nonsense", { kind: "retryable" }],
  [503, "17", { kind: "retryable", after: 17_000 }],
  [503, "999999999", { kind: "retryable", after: 86_400_000 }],
  [500, "3", { kind: "retryable", after: 3000 }],
  [408, "3", { kind: "retryable", after: 3000 }],
  [403, "3", { kind: "locked" }],
  [302, "3", null],
])("classifyStatus() reads %i with Retry-After %j", (status, retryAfter, expected) => {
  const headers = new Headers(retryAfter === null ? {} : { "retry-after": retryAfter });
  expect(classifyStatus(status, headers, { role: "api", now: NOW })).toEqual(expected);
});

test("classifyStatus() does not take other mitigations for a bot check", () => {
  const headers = new Headers({ "cf-mitigated": "log" });
  expect(classifyStatus(200, headers, { role: "api", now: NOW })).toBe(null);
});
