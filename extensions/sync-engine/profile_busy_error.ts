import { SyncError } from "./platform/errors.ts";

/** Another engine works on the profile: input that is right, at a wrong time. */
export class ProfileBusyError extends SyncError {
  constructor(message: string, options?: ErrorOptions) {
    super("badInput", message, options);
  }
}
