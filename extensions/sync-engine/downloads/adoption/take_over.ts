import { dirname } from "node:path";
import { copyFile } from "../../files/copy_file.ts";
import { resolveInRoot } from "../../files/layout.ts";
import { requireSpace } from "../../files/space.ts";
import { hashFile } from "../../files/verify.ts";
import { classifyThrown } from "../../platform/classify.ts";
import { SyncError } from "../../platform/errors.ts";
import type { RecognisedBy } from "../../store/recognitions.ts";
import { requireHere } from "./require_here.ts";
import { partPath } from "../part_path.ts";
import { Publisher, type PublishPorts } from "../publish.ts";
import type { Owned } from "./look_around.ts";

/** How a file comes to its place: `link` and `move` copy where the file system does not let them. */
export type TakeOverHow = "copy" | "link" | "move";

/** What is to be taken over as what. */
export interface Match {
  readonly owned: Owned;
  readonly fileId: string;
  readonly by: RecognisedBy;
  /** Lower-case hex; null when any content will do. */
  readonly sha256: string | null;
}

/** Options for {@linkcode takeOver}. */
export interface TakeOverOptions {
  readonly how: TakeOverHow;
  readonly signal: AbortSignal;
}

/**
 * Gives a file that the user has the place of a file of the library, by the same steps as a download.
 *
 * @throws {SyncError} `integrity` when its bytes are not what they should be: nothing has changed then. `cancelled` when
 * the signal aborts; or whatever the disk fails with.
 */
export async function takeOver(
  ports: PublishPorts,
  { owned, fileId, by, sha256: expected }: Match,
  { how, signal }: TakeOverOptions,
): Promise<void> {
  const { fs, store, root } = ports;
  const file = store.files.get(fileId);
  const asset = file && store.assets.get(file.assetId);
  if (!file || !asset) throw new SyncError("badInput", `The library has no file "${fileId}"`);
  const isInPlace = owned.path === resolveInRoot(root, file.path);
  const part = resolveInRoot(root, partPath(file.path, fileId));
  await ports.requireRoot();
  await requireHere(fs, owned.path);
  // What was loaded of it until now is not what gets its name.
  store.parts.drop(fileId);
  try {
    if (!isInPlace) await fs.mkdir(dirname(part));
    const sha256 = isInPlace
      ? (await hashFile(fs, owned.path, { signal })).sha256
      : await bring(ports, owned, part, { how, signal });
    if (expected !== null && sha256 !== expected) {
      throw new SyncError("integrity", `"${owned.path}" is not what it is said to be`);
    }
    const { size } = owned;
    await new Publisher(ports).publish({
      job: { fileId, provider: file.provider, file, asset },
      partPath: isInPlace ? null : part,
      size,
      sha256,
      validator: null,
      recognisedBy: by,
    });
  } catch (error) {
    if (!isInPlace) await fs.remove(part).catch(() => {});
    throw error;
  }
  if (how === "move" && !isInPlace) await fs.remove(owned.path);
}

/** Brings the bytes beside the final place; returns their SHA-256. The original stays until the new file has its name. */
async function bring(
  { fs, root }: PublishPorts,
  { path, size }: Owned,
  part: string,
  { how, signal }: TakeOverOptions,
): Promise<string> {
  if (how !== "copy") {
    try {
      await fs.remove(part);
      await fs.link(path, part);
      return (await hashFile(fs, part, { signal })).sha256;
    } catch (error) {
      if (classifyThrown(error).kind === "cancelled") throw error;
      // Another disk, or one that knows no links: it is copied. What stands there may be a link to the original.
      await fs.remove(part);
    }
  }
  await requireSpace(fs, root, size);
  return await copyFile(fs, path, part, { signal });
}
