import type { Events } from "../../../extensions/sync-engine/protocol.ts";

/** News that are worth a notification when nobody looks. */
export type Notice =
  | { readonly kind: "ended"; readonly fetched: number; readonly failed: number }
  | { readonly kind: "broken"; readonly code: string; readonly message: string }
  | { readonly kind: "signedOut"; readonly provider: string }
  | { readonly kind: "diskFull" };

/** Milliseconds: whoever started a shorter sync is still there. */
const LONG_SYNC = 30_000;

/**
 * What is to be told of a sync that has ended.
 *
 * @param took Milliseconds; 0 when it is not known.
 */
export function noticesOfEnd(end: Events["syncEnded"], took: number): Notice[] {
  if ("error" in end) {
    const { code, message } = end.error;
    if (code === "diskFull") return [{ kind: "diskFull" }];
    return code === "cancelled" || took <= LONG_SYNC ? [] : [{ kind: "broken", code, message }];
  }
  const { dryRun, problems, fetched, failed } = end.summary;
  if (dryRun) return [];
  const signedOut = problems.filter(({ error }) => error.code === "needsAuth")
    .map(({ provider }): Notice => ({ kind: "signedOut", provider }));
  // A root that is lost is every provider's problem, and the same one.
  const broken = problems.find(({ error }) => error.code === "permission")?.error;
  if (took <= LONG_SYNC) return signedOut;
  return broken
    ? [...signedOut, { kind: "broken", code: broken.code, message: broken.message }]
    : [...signedOut, { kind: "ended", fetched, failed }];
}

/** What is to be told of a sync that waits. The engine says once that a disk is full. */
export function noticesOfWait({ reason }: Pick<Events["waiting"], "reason">): Notice[] {
  return reason === "diskFull" ? [{ kind: "diskFull" }] : [];
}
