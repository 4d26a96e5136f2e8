import type { CheckedSignIn, SignInCheck, SignInRow } from "../protocol.ts";
import { printable, time } from "./wording.ts";

/** A sign-in as it is known, without asking anybody. */
export function signInText(
  { scheme, ended, expiresAt, renews, check }: SignInRow,
  now: number,
): string {
  if (ended) return `${scheme}: ended, sign in again`;
  const ends = expiresAt !== null && !renews ? [`ends ${time(expiresAt, now)}`] : [];
  const known = check ? [...checkWords(check, now), `checked ${time(check.at, now)}`] : [];
  return `${scheme}: ${[...ends, ...known].join(", ") || "not checked yet"}`;
}

/**
 * What came of a check.
 *
 * @param login The command that signs in again.
 */
export function checkText(
  { scheme, outcome, check, problem }: CheckedSignIn,
  now: number,
  login: string,
): string {
  if (check) return [`${scheme}: good`, ...checkWords(check, now)].join(", ");
  return outcome === "ended"
    ? `${scheme}: ended, sign in again (\`${login} --scheme ${scheme}\`)`
    : `${scheme}: could not be asked: ${printable(problem?.message ?? "")}`;
}

function checkWords({ username, scopes, until }: SignInCheck, now: number): string[] {
  return [
    ...username === null ? [] : [`for ${printable(username)}`],
    ...until === null ? [] : [`until ${time(until, now)}`],
    ...scopes === null ? [] : [`may: ${printable(scopes.join(", "))}`],
  ];
}
