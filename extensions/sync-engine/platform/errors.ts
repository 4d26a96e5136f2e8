/**
 * The closed union of everything that can go wrong, and the only place that decides what is worth
 * another try and what the user is told.
 *
 * @module
 */

/**
 * `after` is a delay in milliseconds, counted from when the failure is seen. `unreached`: nothing was sent, because there
 * is no way or no address (`network`), or because nobody listens there (`host`).
 */
export type Failure =
  | {
    readonly kind: "retryable";
    readonly after?: number;
    readonly unreached?: "network" | "host";
  }
  | { readonly kind: "throttled"; readonly after: number }
  | { readonly kind: "challenged"; readonly after: number }
  | { readonly kind: "needsAuth" }
  | { readonly kind: "needsNewLease" }
  | { readonly kind: "locked" }
  | { readonly kind: "refused" }
  | { readonly kind: "gone" }
  | { readonly kind: "integrity" }
  | { readonly kind: "diskFull" }
  | { readonly kind: "diskFault" }
  | { readonly kind: "permission" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "badInput" }
  | { readonly kind: "bug" };

export type FailureKind = Failure["kind"];

/** The only error that crosses a module boundary of the engine. The message is for people, without secrets. */
export class SyncError extends Error {
  override readonly name = "SyncError";
  readonly failure: Failure;

  constructor(failure: Failure | FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = typeof failure === "string" ? defaultFailure(failure) : failure;
  }

  get kind(): FailureKind {
    return this.failure.kind;
  }
}

/** First wait after a throttling answer without `Retry-After`: 5 minutes, as measured on MyMiniFactory. */
export const THROTTLE_PAUSE_MS = 5 * 60_000;

/** First wait after a bot check: 30 minutes, as measured on MyMiniFactory. */
export const CHALLENGE_PAUSE_MS = 30 * 60_000;

function defaultFailure(kind: FailureKind): Failure {
  if (kind === "throttled") return { kind, after: THROTTLE_PAUSE_MS };
  if (kind === "challenged") return { kind, after: CHALLENGE_PAUSE_MS };
  return { kind };
}

interface Policy {
  readonly retry: boolean;
  readonly hint: string;
}

const POLICIES: Readonly<Record<FailureKind, Policy>> = {
  retryable: {
    retry: true,
    hint: "The connection or the site had a hiccup. It is tried again by itself.",
  },
  throttled: {
    retry: true,
    hint: "The site asks for a pause. Downloads go on by themselves when it is over.",
  },
  challenged: {
    retry: true,
    hint:
      "The site wants to check for robots. Downloads wait; open the site in your browser if it lasts.",
  },
  needsAuth: {
    retry: false,
    hint: "The sign-in is missing or has ended. Sign in again, then sync.",
  },
  needsNewLease: {
    retry: true,
    hint: "The download address ran out. A new one is asked for by itself.",
  },
  locked: {
    retry: false,
    hint:
      "The site does not open this file to your account. Check on its page that you still have access.",
  },
  refused: {
    retry: false,
    hint: "The site gives other files to this app, but not this one. Get it in your browser.",
  },
  gone: { retry: false, hint: "The site no longer has this. What you already have on disk stays." },
  integrity: {
    retry: true,
    hint:
      "What arrived was not the file that was promised. It was thrown away and is fetched anew.",
  },
  diskFull: {
    retry: false,
    hint: "Free some space on that disk. Nothing is lost; downloads go on where they stopped.",
  },
  diskFault: {
    retry: true,
    hint: "The disk, or another program, kept the app from a file. It is tried again by itself.",
  },
  permission: {
    retry: false,
    hint: "This computer does not allow it. Check the folder's permissions, or choose another one.",
  },
  cancelled: {
    retry: false,
    hint: "Stopped at your wish. The next sync goes on where this one ended.",
  },
  badInput: { retry: false, hint: "Check what you entered and try again." },
  bug: { retry: false, hint: "This is a fault of the app. The log tells more; please report it." },
};

/** The kinds that are worth another try. */
export const RETRYABLE_KINDS: readonly FailureKind[] = Object.keys(POLICIES)
  .filter(isFailureKind)
  .filter((kind) => POLICIES[kind].retry);

/** Whether a text, from the database say, names a kind. */
export function isFailureKind(text: string): text is FailureKind {
  return Object.hasOwn(POLICIES, text);
}

/** Whether the same request is worth sending again by itself. */
export function isRetryable(failure: Failure): boolean {
  return RETRYABLE_KINDS.includes(failure.kind);
}

/** One sentence for the user that says what happens next or what to do. */
export function hintFor(kind: FailureKind): string {
  return POLICIES[kind].hint;
}
