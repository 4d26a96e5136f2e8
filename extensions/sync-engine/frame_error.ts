import { hintFor, type SyncError } from "./platform/errors.ts";
import type { FrameError } from "./protocol.ts";

/** How an error goes over the wire and into events. */
export function toFrameError({ failure, message }: SyncError): FrameError {
  return {
    code: failure.kind,
    message,
    hint: hintFor(failure.kind),
    ...("after" in failure && failure.after !== undefined ? { retryAfter: failure.after } : {}),
  };
}
