import * as v from "valibot";

/** What a frame to the engine looks like. */
export const RequestSchema = v.strictObject({
  id: v.union([v.pipe(v.string(), v.minLength(1), v.maxLength(100)), v.number()]),
  method: v.string(),
  params: v.exactOptional(v.unknown(), {}),
});

/** The error of a frame. */
export interface FrameError {
  /** A failure kind of the closed union. */
  readonly code: string;
  readonly message: string;
  /** What the user can do. */
  readonly hint?: string;
  /** Milliseconds. */
  readonly retryAfter?: number;
}
