import { hintFor, type SyncError } from "../platform/errors.ts";
import { ProfileBusyError } from "../profile_busy_error.ts";
import { AdvisedError } from "./advised_error.ts";

function busyHint({ port }: ProfileBusyError): string {
  const hint = "Wait until the other one has ended, or stop it with Ctrl-C.";
  return port === null ? hint : `It serves http://127.0.0.1:${port}/ in a browser. ${hint}`;
}

/** What the user can do, null where the message itself says so. */
export function adviceOn(error: SyncError): string | null {
  if (error instanceof AdvisedError) return error.hint;
  if (error instanceof ProfileBusyError) return busyHint(error);
  return saysWhatToDo(error) ? null : hintFor(error.kind);
}

function saysWhatToDo({ kind, message, cause }: SyncError): boolean {
  if (kind === "badInput") return true;
  if (kind === "needsAuth") return /\blogin\b/.test(message);
  // What the system refuses comes with a cause; a sentence of our own tells the way out.
  if (kind === "permission") {
    return cause === undefined || /choose another folder|MMFSYNC_KEY/.test(message);
  }
  return false;
}
