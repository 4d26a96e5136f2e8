import { type AssetFilter, MAX_PAGE } from "../protocol.ts";
import { knownProvider } from "./known_provider.ts";
import type { EngineDoor } from "./opened_engine.ts";

/**
 * A filter as the library knows it: creator and source in any case are led to how they are written there.
 *
 * @throws {SyncError} `badInput` for a provider that is not known.
 */
export function knownFilter(engine: EngineDoor, filter: AssetFilter): AssetFilter {
  const { provider, creator, source } = filter;
  if (provider !== undefined) knownProvider(engine, provider);
  return {
    ...filter,
    ...creator === undefined ? {} : { creator: writtenAsThere(engine, creator) },
    // Providers give them in small letters.
    ...source === undefined ? {} : { source: source.toLowerCase() },
  };
}

function writtenAsThere(engine: EngineDoor, creator: string): string {
  const page = { sort: "creator", descending: false } as const;
  if (engine.library.query({ filter: { creator }, ...page, offset: 0, limit: 1 }).total > 0) {
    return creator;
  }
  const wanted = creator.toLowerCase();
  for (let offset = 0;; offset += MAX_PAGE) {
    const filter = { search: creator };
    const { rows } = engine.library.query({ filter, ...page, offset, limit: MAX_PAGE });
    const found = rows.find((row) => row.creator.toLowerCase() === wanted);
    if (found) return found.creator;
    if (rows.length < MAX_PAGE) return creator;
  }
}
