import { BridgeError } from "../bridge/bridge.ts";
import { common } from "../i18n/en/common.ts";
import type { I18n } from "../i18n/i18n.tsx";

type Code = keyof typeof common.failure;

/** A failure as the engine tells it or has written it down. */
export interface ToldFailure {
  /** Failure kind of the engine, or of the bridge; an unknown one reads as `bug`. */
  readonly code: string | null;
  /** In English, without a full stop. */
  readonly message: string | null;
  /** What the user can do, in English. */
  readonly hint?: string | null;
}

/** What happened and what the user can do, in the user's language where that tells all. */
export interface FailureText {
  readonly what: string;
  /** Empty when there is nothing to be done. */
  readonly remedy: string;
}

/** Their messages name the folder, the drive or the program that it is about, which no general words can. */
const NAMES_WHAT: ReadonlySet<Code> = new Set<Code>(["badInput", "permission", "diskFault"]);

/** The words for a failure. */
export function failureText({ code, message, hint }: ToldFailure, t: I18n["t"]): FailureText {
  const known = isCode(code) ? code : "bug";
  const told = NAMES_WHAT.has(known) ? message : null;
  return {
    what: told ?? t(`failure.${known}.what`),
    remedy: t(`failure.${known}.remedy`) || (hint ?? ""),
  };
}

/** The words for whatever was thrown. */
export function errorText(error: unknown, t: I18n["t"]): FailureText {
  return failureText(error instanceof BridgeError ? error : { code: "bug", message: null }, t);
}

/** Both parts in a row; each is one sentence or several, with or without a full stop. */
export function sentences({ what, remedy }: FailureText): string {
  const ended = /[.!?]$/.test(what) || remedy === "" ? what : `${what}.`;
  return `${ended} ${remedy}`.trim();
}

function isCode(code: string | null): code is Code {
  return code !== null && Object.hasOwn(common.failure, code);
}
