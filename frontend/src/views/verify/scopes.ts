import type { VerifyParams } from "../../../../extensions/sync-engine/protocol.ts";

/** What can be read. */
export const SCOPES = ["all", "oldest", "month", "sample"] as const;

export type Scope = (typeof SCOPES)[number];

const MONTH_MS = 30 * 24 * 3_600_000;

/** How the engine is asked for each. */
export const SCOPE_PARAMS: Readonly<Record<Scope, VerifyParams>> = {
  all: {},
  oldest: { subset: { kind: "size", bytes: 10e9 }, oldest: true },
  month: { olderThan: MONTH_MS },
  sample: { subset: { kind: "share", percent: 5 } },
};
