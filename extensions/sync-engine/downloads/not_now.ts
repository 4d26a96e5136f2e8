import { SyncError } from "../platform/errors.ts";

/** When a download that is not at fault itself goes on. */
export interface NotNowOptions {
  /** Milliseconds since the Unix epoch; null when it is of no use before the next run. */
  readonly until: number | null;
  /** Whether all others are to go first. @default {false} */
  readonly isLast?: boolean;
}

/** A failure that says nothing about the very file: its job keeps its tries and waits. */
export class NotNow extends SyncError {
  readonly until: number | null;
  readonly isLast: boolean;

  constructor({ failure, message }: SyncError, { until, isLast = false }: NotNowOptions) {
    super(failure, message);
    this.until = until;
    this.isLast = isLast;
  }
}
