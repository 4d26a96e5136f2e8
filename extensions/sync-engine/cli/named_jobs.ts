import { SyncError } from "../platform/errors.ts";
import type { JobSelection } from "../protocol.ts";
import { knownProvider } from "./known_provider.ts";
import type { EngineDoor } from "./opened_engine.ts";

/**
 * The downloads that a command line names by ids of models and of files; all when it names none.
 *
 * @throws {SyncError} `badInput` when the library has no such model, file or provider.
 */
export function namedJobs(
  engine: EngineDoor,
  ids: readonly string[],
  provider: string | undefined,
): JobSelection {
  if (provider !== undefined) knownProvider(engine, provider);
  return {
    ...provider === undefined ? {} : { provider },
    ...ids.length === 0 ? {} : { fileIds: ids.flatMap((id) => fileIds(engine, id)) },
  };
}

function fileIds(engine: EngineDoor, id: string): string[] {
  const [assetId = ""] = id.split("/");
  const files = engine.library.asset({ id: assetId }).fileRows.map((file) => file.id);
  if (id === assetId) return files;
  if (files.includes(id)) return [id];
  throw new SyncError(
    "badInput",
    `The model has no file "${id}": see \`queue list\` for the ids`,
  );
}
