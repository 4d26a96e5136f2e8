import type { Events } from "../../../../extensions/sync-engine/protocol.ts";

/** What the last verification found about a model's files, by file id; files that are fine are left out. */
export type Verdicts = Readonly<Record<string, Events["verdict"]["verdict"]>>;
