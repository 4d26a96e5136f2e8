import { type Availability, HAS_UPDATES, IS_EMPTY, NOT_DOWNLOADED } from "./asset.ts";
import { sortKey } from "./sort_key.ts";

/**
 * How the site gives an asset. `vanished`: it lists it, and says that there is no such asset any more; such are not
 * `locked` here. `empty`: it gives it, and there are no files.
 */
export type Access = Availability | "vanished" | "empty";

/** Which assets. Conditions are combined with "and"; none at all means every asset. */
export interface AssetFilter {
  /** Words of title, creator or tags, each of which may be cut short. */
  readonly search?: string;
  readonly provider?: string;
  /** Exactly as the site writes it. */
  readonly creator?: string;
  /** One of the asset's sources: `purchase`, `tribe`, … */
  readonly source?: string;
  /** Key or name of a release that the asset came in. */
  readonly release?: string;
  /** Key or name of a bundle that the asset is in. */
  readonly bundle?: string;
  readonly wanted?: boolean;
  readonly availability?: Access;
  /** `true`: some file is not here, or its files are not known yet. `false`: everything is here. */
  readonly notDownloaded?: boolean;
  /** The site has something newer than what is here. */
  readonly hasUpdates?: boolean;
}

/** A condition on `assets a`, and the value of its only `?`. */
export interface Condition {
  readonly sql: string;
  readonly value: string | number | Uint8Array;
}

const VANISHED = "a.number IN (SELECT asset FROM denials WHERE kind = ?)";

const ACCESS: Readonly<Record<Access, readonly Condition[]>> = {
  public: [is("public")],
  withdrawn: [is("withdrawn")],
  gone: [is("gone")],
  locked: [is("locked"), { sql: `NOT ${VANISHED}`, value: "gone" }],
  vanished: [is("locked"), { sql: VANISHED, value: "gone" }],
  empty: [{ sql: `${IS_EMPTY} = ?`, value: 1 }],
};

function is(availability: Availability): Condition {
  return { sql: "+a.availability = ?", value: availability };
}

/**
 * Conditions for everything but `search`, which is the full-text index's to answer. A `+` keeps SQLite from reading
 * the wide table by way of some other index: `assets_by_state` covers all of these columns.
 */
export function filterConditions(filter: AssetFilter): Condition[] {
  const { provider, creator, source, release, bundle } = filter;
  const { wanted, availability, notDownloaded, hasUpdates } = filter;
  const conditions: (Condition | undefined)[] = [
    creator === undefined ? undefined : { sql: "a.creator_key = ?", value: sortKey(creator) },
    equals("a.creator", creator),
    equals("+a.wanted", wanted),
    equals(NOT_DOWNLOADED, notDownloaded),
    equals(HAS_UPDATES, hasUpdates),
    ...availability === undefined ? [] : ACCESS[availability],
    equals("+a.provider", provider),
    source === undefined
      ? undefined
      : { sql: "instr(a.sources, ?) > 0", value: JSON.stringify(source) },
    cameIn("release", release),
    cameIn("bundle", bundle),
  ];
  return conditions.filter((one) => one !== undefined);
}

function cameIn(kind: "release" | "bundle", name: string | undefined): Condition | undefined {
  if (name === undefined) return undefined;
  const sql = `a.number IN (
    SELECT ra.asset FROM releases r JOIN release_assets ra ON ra.release = r.number
    WHERE r.kind = '${kind}' AND ? IN (r.key, r.label))`;
  return { sql, value: name };
}

function equals(column: string, value: string | boolean | undefined): Condition | undefined {
  if (value === undefined) return undefined;
  return { sql: `${column} = ?`, value: typeof value === "boolean" ? Number(value) : value };
}
