import { expect, test } from "vitest";
import { hintFor, SyncError } from "../platform/errors.ts";
import { ProfileBusyError } from "../profile_busy_error.ts";
import { adviceOn } from "./advice.ts";
import { AdvisedError } from "./advised_error.ts";

const cause = new Error("EACCES");

test.each([
  new SyncError("badInput", "Give a number"),
  new SyncError("needsAuth", "You are not signed in: run `mmfsync login mmf`"),
  new SyncError("permission", 'Cannot find the library in "/x": connect its drive'),
  new SyncError("permission", 'Cannot create folder "/x": choose another folder', { cause }),
])("adviceOn() adds nothing to $message", (error) => {
  expect(adviceOn(error)).toBeNull();
});

test.each([
  new SyncError("needsAuth", "The site refuses the session"),
  new SyncError("permission", 'Cannot open "/x": the system denies access', { cause }),
  new SyncError("diskFull", "The disk is full"),
])("adviceOn() hints at what to do after $message", (error) => {
  expect(adviceOn(error)).toBe(hintFor(error.kind));
});

test("adviceOn() prefers what the command knows", () => {
  expect(adviceOn(new AdvisedError("retryable", "Cut", { hint: "Again." }))).toBe("Again.");
  expect(adviceOn(new ProfileBusyError("Process 7"))).toMatch(/^Wait until/);
});
