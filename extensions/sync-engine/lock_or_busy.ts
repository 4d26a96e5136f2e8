import { classifyThrown } from "./platform/classify.ts";
import type { Clock } from "./platform/ports.ts";
import { ProfileBusyError } from "./profile_busy_error.ts";
import { lockHolder, lockProfile, type ProfileLock } from "./store/lock.ts";

/**
 * Takes a profile for this process.
 *
 * @throws {ProfileBusyError} When another engine has it.
 */
export function lockOrBusy(dir: string, clock: Clock): ProfileLock {
  try {
    return lockProfile(dir, { clock });
  } catch (cause) {
    // The one refusal of a lock is that somebody has it.
    const error = classifyThrown(cause);
    if (error.kind !== "badInput") throw error;
    const port = lockHolder(dir, { clock })?.port ?? null;
    throw new ProfileBusyError(error.message, { cause, port });
  }
}
