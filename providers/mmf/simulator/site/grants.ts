import type { SimObject } from "./sim_object.ts";

/** What the user was given objects in, besides bundles. */
export const PLEDGES = [
  { id: 12, name: "Hero" },
  { id: 13, name: "Legend" },
  { id: 14, name: "Late pledge" },
] as const;
export const GROUP = { id: 4_411, name: "Thursday Printers" } as const;
export const MMFPLUS_RELEASE = { id: "mmf-plus-selection", label: "MMF+ Selection" } as const;
const CAMPAIGNS = [{ id: 77, name: "Siege of Mossgrave" }, { id: 78, name: "Tidebound" }] as const;
const TIERS = [{ id: 1845, name: "Elders" }, { id: 1846, name: "Merchants" }] as const;

/** The campaigns of objects that were pledged for. */
export function campaigns() {
  return CAMPAIGNS;
}

/** The campaign that the object was part of. */
export function campaignOf({ index }: SimObject): number {
  return (CAMPAIGNS[index % CAMPAIGNS.length] ?? CAMPAIGNS[0]).id;
}

/** `YYYYMM` of the nth grant of an object. */
export function grantMonth({ addedAt }: SimObject, grant: number): string {
  const date = new Date(addedAt);
  const month = (date.getUTCMonth() + grant) % 12 + 1;
  return `${date.getUTCFullYear()}${String(month).padStart(2, "0")}`;
}

/** The release of a tribe's month, as its rows name it. */
export function tribeRelease(object: SimObject, grant: number): string {
  return `type:tribes-tier;owner:${object.creator?.id ?? 1};tribe:772;tier:${tierOf(object).id};` +
    `yearmonth:${grantMonth(object, grant)}`;
}

/** What the site calls it: `09/2023 - tier: Elders`. */
export function tribeReleaseLabel(object: SimObject, grant: number): string {
  const month = grantMonth(object, grant);
  return `${month.slice(4)}/${month.slice(0, 4)} - tier: ${tierOf(object).name}`;
}

/** What the bundle with the number of this object is called. */
export function bundleName({ title }: SimObject): string {
  return `Bundle of ${title}`;
}

function tierOf({ index }: SimObject) {
  return TIERS[index % TIERS.length] ?? TIERS[0];
}
