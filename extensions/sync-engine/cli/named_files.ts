import { SyncError } from "../platform/errors.ts";
import type { FileSelection } from "../protocol.ts";
import type { EngineDoor } from "./opened_engine.ts";

/** A file's id without that of its model. */
export function shortFileId(assetId: string, fileId: string): string {
  return fileId.slice(assetId.length + 1);
}

/**
 * The files that a command line names by their ids, short or whole; all of the model when it names none.
 *
 * @throws {SyncError} `badInput` when the library has no such model, or the model no such file.
 */
export function namedFiles(
  engine: EngineDoor,
  assetId: string,
  named: readonly string[] | undefined,
): FileSelection {
  const { fileRows } = engine.library.asset({ id: assetId });
  if (!named) return { assetId };
  const fileIds = named.map((name) => {
    const file = fileRows.find(({ id }) => id === name || shortFileId(assetId, id) === name);
    if (file) return file.id;
    throw new SyncError(
      "badInput",
      `The model has no file "${name}": see \`show ${assetId}\` for the ids`,
    );
  });
  return { assetId, fileIds };
}
