import { dirname } from "node:path";
import type { Fs, FsFile } from "../platform/ports.ts";
import type { TransferRequest } from "./transfer_request.ts";

/** Opens a partial file to go on with it; an empty one where nothing of it is of use. */
export async function openPart(
  fs: Fs,
  { partPath, part, makeFolder }: Pick<TransferRequest, "partPath" | "part" | "makeFolder">,
): Promise<FsFile> {
  const options = { write: true, truncate: part.chunks.size === 0 };
  try {
    return await fs.open(partPath, options);
  } catch {
    // Only a model's first files have no folder yet: to make sure each time would cost more. Another file may have made
    // it by now.
    if (!await fs.stat(dirname(partPath))) await makeFolder();
    return await fs.open(partPath, options);
  }
}
