import { type Failure, type FailureKind, SyncError } from "../platform/errors.ts";

/** A failure of a command that knows better than the general hint what to do. */
export class AdvisedError extends SyncError {
  readonly hint: string;

  constructor(
    failure: Failure | FailureKind,
    message: string,
    options: ErrorOptions & { hint: string },
  ) {
    super(failure, message, options);
    this.hint = options.hint;
  }
}
