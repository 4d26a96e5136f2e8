import type { EngineStatus } from "../../../extensions/sync-engine/protocol.ts";

/** Whether nobody has signed in yet and there is nothing to show. */
export function isFirstRun(status: EngineStatus): boolean {
  return status.library.assets === 0 && status.providers.every(({ account }) => account === null);
}
