import { SyncError } from "../platform/errors.ts";

/** A file server that answers, but not with the file: it is worth another try, and it is not down. */
export class BadAnswer extends SyncError {
  constructor(message: string, options?: ErrorOptions) {
    super("retryable", message, options);
  }
}
