import { type FailureKind, SyncError } from "../platform/errors.ts";
import type { ProviderErrorCode } from "../../../providers/sdk/mod.ts";

const KINDS: Readonly<Record<ProviderErrorCode, FailureKind>> = {
  needsAuth: "needsAuth",
  locked: "locked",
  gone: "gone",
  retryable: "retryable",
  throttled: "throttled",
  challenged: "challenged",
  badResponse: "retryable",
  badInput: "badInput",
};

/**
 * The failure that a plugin reported.
 *
 * @param code Null when the plugin threw something that it did not build with `host.error()`: its fault.
 * @param message In the plugin's words.
 */
export function pluginError(
  plugin: string,
  code: ProviderErrorCode | null,
  message: string,
): SyncError {
  const words = cleaned(message);
  if (code === null) return new SyncError("bug", `The plugin "${plugin}" failed: ${words}`);
  return new SyncError(KINDS[code], words || `The plugin "${plugin}" reported "${code}"`);
}

/** One line of a plugin's words, at most 300 characters, without control characters. */
export function cleaned(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.slice(0, 300).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}
