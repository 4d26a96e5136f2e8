import { BridgeError } from "../bridge/bridge.ts";
import { common } from "../i18n/en/common.ts";
import type { I18n } from "../i18n/i18n.tsx";

type Code = keyof typeof common.failure;

/** What happened and what the user can do, in the user's language. */
export interface FailureText {
  readonly what: string;
  /** Empty when there is nothing to be done. */
  readonly remedy: string;
}

/** The words for a failure kind of the engine or the bridge; an unknown one reads as `bug`. */
export function failureText(code: string | null, t: I18n["t"]): FailureText {
  const known = isCode(code) ? code : "bug";
  return { what: t(`failure.${known}.what`), remedy: t(`failure.${known}.remedy`) };
}

/** The words for whatever was thrown. A request that was refused speaks for itself. */
export function errorText(error: unknown, t: I18n["t"]): FailureText {
  if (!(error instanceof BridgeError)) return failureText("bug", t);
  const { what, remedy } = failureText(error.code, t);
  if (error.code === "badInput") return { what: error.message, remedy: error.hint ?? "" };
  return { what, remedy: remedy || (error.hint ?? "") };
}

function isCode(code: string | null): code is Code {
  return code !== null && Object.hasOwn(common.failure, code);
}
