import { SyncError } from "./platform/errors.ts";

/** Another engine works on the profile: input that is right, at a wrong time. */
export class ProfileBusyError extends SyncError {
  /** Where on this computer the other one listens, null when it does not. */
  readonly port: number | null;

  constructor(message: string, options: ErrorOptions & { readonly port?: number | null } = {}) {
    super("badInput", message, options);
    this.port = options.port ?? null;
  }
}
