import { expect, test } from "vitest";
import { checkText, signInText } from "./account_text.ts";

const NOW = new Date(2026, 0, 2, 12, 0).getTime();
const LOGIN = "mmfsync login mmf";
const CHECK = {
  at: new Date(2026, 0, 2, 11, 30).getTime(),
  username: "a@example.com",
  scopes: null,
  until: new Date(2026, 0, 9, 8, 0).getTime(),
};

test("signInText() tells what is known of a sign-in, and when that was heard", () => {
  const signIn = { scheme: "oauth", ended: false, renews: true, expiresAt: NOW, check: CHECK };
  expect(signInText(signIn, NOW)).toBe(
    "oauth: for a@example.com, until 2026-01-09 08:00, checked 11:30",
  );
  expect(signInText({ ...signIn, renews: false, check: null }, NOW)).toBe("oauth: ends 12:00");
  expect(signInText({ ...signIn, check: null }, NOW)).toBe("oauth: not checked yet");
  expect(signInText({ ...signIn, ended: true }, NOW)).toBe("oauth: ended, sign in again");
});

test("checkText() tells what came of a check, and what to do", () => {
  const checked = { scheme: "oauth", outcome: "good", check: CHECK, problem: null } as const;
  const scopes = ["basic", "download"];
  expect(checkText({ ...checked, check: { ...CHECK, scopes } }, NOW, LOGIN)).toBe(
    "oauth: good, for a@example.com, until 2026-01-09 08:00, may: basic, download",
  );
  expect(checkText({ ...checked, outcome: "ended", check: null }, NOW, LOGIN)).toBe(
    "oauth: ended, sign in again (`mmfsync login mmf --scheme oauth`)",
  );
  const problem = { code: "retryable", message: "Nobody answers" };
  expect(checkText({ ...checked, outcome: "unknown", check: null, problem }, NOW, LOGIN)).toBe(
    "oauth: could not be asked: Nobody answers",
  );
});
