import { SyncError } from "../platform/errors.ts";
import type { EngineDoor } from "./opened_engine.ts";

/** @throws {SyncError} `badInput` when the library has no model of one of the ids. */
export function requireKnown(engine: EngineDoor, ids: readonly string[]): void {
  const unknown = engine.library.unknownIds(ids);
  if (unknown.length === 0) return;
  const quoted = unknown.map((id) => `"${id}"`).join(", ");
  throw new SyncError("badInput", `The library has no ${quoted}: see \`list\` for the ids`);
}
