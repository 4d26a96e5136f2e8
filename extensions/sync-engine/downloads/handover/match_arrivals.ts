import { hashFile } from "../../files/verify.ts";
import { classifyThrown } from "../../platform/classify.ts";
import type { Fs } from "../../platform/ports.ts";
import type { AbsentFile } from "../../store/files.ts";
import type { Store } from "../../store/store.ts";
import { findMatches, type Unclear } from "../adoption/find_matches.ts";
import type { Owned } from "../adoption/look_around.ts";
import { normalName } from "../adoption/normal_name.ts";
import type { Match } from "../adoption/take_over.ts";
import { wantedFiles } from "../adoption/wanted_files.ts";

/**
 * Finds out which files of the library have arrived: by size and name, and by SHA-256 where the site tells it. What has
 * only the size of a file that was handed over, or its name where the size is not known, is shown and never taken.
 *
 * @param handed What was handed over, among it files of which an older revision is here.
 * @throws {SyncError} `cancelled` when the signal aborts.
 */
export async function matchArrivals(
  { fs, store }: { readonly fs: Fs; readonly store: Store },
  files: readonly Owned[],
  handed: readonly AbsentFile[],
  signal: AbortSignal,
): Promise<{ readonly matches: readonly Match[]; readonly unclear: readonly Unclear[] }> {
  const { matches, unclear } = await findMatches({
    wanted: wantedFiles(store, handed),
    hash: async ({ path }) => (await hashFile(fs, path, { signal })).sha256,
    isFatal: (error) => classifyThrown(error).kind === "cancelled",
  }, { files, said: new Map(), own: 0 });
  const found = new Set(matches.map(({ owned }) => owned));
  const taken = new Set(matches.map(({ fileId }) => fileId));
  const shown = new Set(unclear.flatMap(({ owned }) => owned));
  const left = handed.filter(({ id }) => !taken.has(id));
  const maybe = files.filter((owned) => !found.has(owned) && !shown.has(owned))
    .map((owned) => ({ owned: [owned], files: left.filter((file) => mayBe(owned, file)) }))
    .filter((one) => one.files.length > 0);
  return { matches, unclear: [...unclear, ...maybe] };
}

function mayBe(owned: Owned, { size, name }: AbsentFile): boolean {
  return size === null ? normalName(name) === normalName(owned.name) : size === owned.size;
}
