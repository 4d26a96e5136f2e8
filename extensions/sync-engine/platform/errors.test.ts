import { expect, test } from "vitest";
import {
  CHALLENGE_PAUSE_MS,
  type FailureKind,
  hintFor,
  isRetryable,
  SyncError,
  THROTTLE_PAUSE_MS,
} from "./errors.ts";

const RETRIED: Readonly<Record<FailureKind, boolean>> = {
  retryable: true,
  throttled: true,
  challenged: true,
  needsAuth: false,
  needsNewLease: true,
  locked: false,
  refused: false,
  gone: false,
  integrity: true,
  diskFull: false,
  diskFault: true,
  permission: false,
  cancelled: false,
  badInput: false,
  bug: false,
};
// The record above has exactly the union's keys, which Object.entries() forgets.
const KINDS = Object.keys(RETRIED) as FailureKind[];

test.each(KINDS)("isRetryable() and hintFor() answer for %s", (kind) => {
  const { failure } = new SyncError(kind, "x");
  expect(failure.kind).toBe(kind);
  expect(isRetryable(failure)).toBe(RETRIED[kind]);
  expect(hintFor(kind)).toMatch(/^[A-Z].{20,160}\.$/s);
});

test("hintFor() says something of its own for each kind", () => {
  expect(new Set(KINDS.map(hintFor)).size).toBe(KINDS.length);
});

test("SyncError fills in the pauses that a bare kind leaves open", () => {
  expect(new SyncError("throttled", "x").failure).toEqual({
    kind: "throttled",
    after: THROTTLE_PAUSE_MS,
  });
  expect(new SyncError("challenged", "x").failure).toEqual({
    kind: "challenged",
    after: CHALLENGE_PAUSE_MS,
  });
  expect(new SyncError("retryable", "x").failure).toEqual({ kind: "retryable" });
});

test("SyncError carries the failure, message and cause that it was given", () => {
  const cause = new Error("inner");
  const error = new SyncError({ kind: "retryable", after: 5 }, "outer", { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("SyncError");
  expect(error.kind).toBe("retryable");
  expect(error.failure).toEqual({ kind: "retryable", after: 5 });
  expect(error.message).toBe("outer");
  expect(error.cause).toBe(cause);
});
