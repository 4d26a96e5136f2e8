import { join } from "node:path";
import * as v from "valibot";
import type { Fs } from "../../platform/ports.ts";

/** File that stands in every folder that an archive was unpacked to. */
export const UNPACKED_MARKER = ".mmfsync-unpacked";

const MarkerSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    /** Of the archive, in lower-case hex. */
    sha256: v.string(),
  }),
);

/** SHA-256 of the archive that was unpacked to a folder; null when it is no such folder. */
export async function unpackedFrom(
  fs: Pick<Fs, "readText">,
  folder: string,
): Promise<string | null> {
  const text = await fs.readText(join(folder, UNPACKED_MARKER));
  const marker = text === null ? null : v.safeParse(MarkerSchema, text);
  return marker?.success ? marker.output.sha256 : null;
}

/** Says of a folder that this archive was unpacked to it, and all of it. */
export async function markUnpacked(fs: Fs, folder: string, sha256: string): Promise<void> {
  const text = JSON.stringify({ sha256 });
  await fs.writeTextAtomic(join(folder, UNPACKED_MARKER), text, { sync: true });
}
