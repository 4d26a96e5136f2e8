import type { SavedDocument } from "../../../providers/sdk/mod.ts";
import { SyncError } from "../platform/errors.ts";
import type { ProviderClient } from "../plugins/provider_client.ts";
import { type ScanOptions, type ScanPorts, takeIn } from "./scan.ts";
import { type Tally, TallySchema } from "./tally.ts";

/** What is imported. */
export interface Import {
  readonly documents: readonly SavedDocument[];
  /** When the oldest of them was saved, in milliseconds since the Unix epoch; null when nobody knows. */
  readonly savedAt: number | null;
}

/**
 * Takes a saved list into the store as a scan would. What is known and newer stays as it is. Nothing is marked gone by a
 * list that was saved before the library was last read from the site.
 *
 * @throws {SyncError} `badInput` when the documents are of no use, with what to do
 */
export async function importLibrary(
  ports: ScanPorts,
  client: ProviderClient,
  { documents, savedAt }: Import,
  options: ScanOptions = {},
): Promise<Tally> {
  if (documents.length === 0) {
    throw new SyncError("badInput", "There is nothing of this site in what was given");
  }
  const provider = client.manifest.id;
  // Before anything is noted: documents of no use are no reading of the library.
  const first = await client.importLibrary(documents, null, options.signal);
  const lastRead = ports.store.scans.lastComplete(provider, TallySchema)?.startedAt ?? null;
  const isOlder = savedAt !== null && lastRead !== null && savedAt < lastRead;
  return await takeIn(ports, {
    provider,
    page: (cursor, signal) =>
      cursor === null ? Promise.resolve(first) : client.importLibrary([], cursor, signal),
    outdated: isOlder
      ? "The list was saved before the library was last read, so that nothing counts as gone"
      : null,
    mayBeOld: true,
    advice: "If the saved list is whole, import it again with --accept-removals",
  }, options);
}
