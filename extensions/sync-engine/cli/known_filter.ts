import { SyncError } from "../platform/errors.ts";
import { type AssetFilter, MAX_PAGE } from "../protocol.ts";
import { knownProvider } from "./known_provider.ts";
import type { EngineDoor } from "./opened_engine.ts";
import { printable } from "./wording.ts";

/**
 * A filter as the library knows it: creator, source, release and bundle in any case are led to how they are written
 * there.
 *
 * @throws {SyncError} `badInput` for a provider that is not known, or a part of a name that several have.
 */
export function knownFilter(engine: EngineDoor, filter: AssetFilter): AssetFilter {
  const { provider, creator, source, release, bundle } = filter;
  if (provider !== undefined) knownProvider(engine, provider);
  return {
    ...filter,
    ...creator === undefined ? {} : { creator: writtenAsThere(engine, creator) },
    // Providers give them in small letters.
    ...source === undefined ? {} : { source: source.toLowerCase() },
    ...release === undefined ? {} : { release: knownRelease(engine, "release", release) },
    ...bundle === undefined ? {} : { bundle: knownRelease(engine, "bundle", bundle) },
  };
}

/** A key stays one; else it is the whole of a name, or part of the only one that has it. */
function knownRelease(engine: EngineDoor, kind: "release" | "bundle", given: string): string {
  // As `list` shows bundles.
  const name = given.replace(/^[a-z][a-z0-9-]*:(?=bundle-)/, "");
  const { rows } = engine.library.releases({ kind, search: name, offset: 0, limit: MAX_PAGE });
  const wanted = name.toLowerCase();
  const same = rows.find(({ label }) => label.toLowerCase() === wanted);
  const [first, second] = rows;
  if (same || !first) return same?.label ?? name;
  if (!second) return first.key;
  const some = rows.slice(0, 5).map(({ label }) => `"${printable(label)}"`).join(", ");
  const more = rows.length > 5 ? " and others" : "";
  throw new SyncError("badInput", `"${printable(given)}" could be ${some}${more}: say which`);
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
