import { hintFor, isFailureKind } from "./platform/errors.ts";

/** What the user can do about a failure that was written down, null when there was none. */
export function hintOf(reason: string | null): string | null {
  return reason !== null && isFailureKind(reason) ? hintFor(reason) : null;
}
