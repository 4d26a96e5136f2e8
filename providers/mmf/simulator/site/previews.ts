import { hash, Random } from "../random.ts";
import {
  bundleName,
  campaignOf,
  grantMonth,
  GROUP,
  MMFPLUS_RELEASE,
  PLEDGES,
  tribeRelease,
} from "./grants.ts";
import { objectIdAt } from "./make_object.ts";
import type { SimObject, Source } from "./sim_object.ts";
import { isoDate } from "./iso_date.ts";
import { imageUrl } from "./image_url.ts";
import type { SiteState } from "./world.ts";

/** What `objectPreviews` holds now, counted as a client has to count it. */
export interface Listing {
  /** All rows. */
  readonly rows: number;
  /** Distinct `object-N`. */
  readonly objects: number;
  /** Distinct `bundle-N`. */
  readonly bundles: number;
  /** Rows that repeat an id, exactly or with another source. */
  readonly repeated: number;
  /** Rows that no client can understand. */
  readonly malformed: number;
}

/** The whole library as the site lists it, one JSON text a row. */
export function previewRows(state: SiteState): { rows: string[]; listing: Listing } {
  const rows: string[] = [];
  let objects = 0;
  let bundles = 0;
  let malformed = 0;
  for (const object of state.listed()) {
    objects++;
    for (const [i, source] of object.sources.entries()) {
      rows.push(JSON.stringify(objectRow(state, object, source, i)));
    }
  }
  for (let index = 0; index < state.settings.objects; index += 10) {
    // A bundle takes the number of an object, since the two number spaces overlap.
    const object = state.at(index);
    if (!object || index + 4 >= state.settings.objects) continue;
    bundles++;
    rows.push(JSON.stringify(bundleRow(object)));
  }
  const repeated = rows.length - objects - bundles;
  if (state.settings.oddities === true) {
    for (const [i, row] of MALFORMED.entries()) {
      const at = hash(state.settings.seed, "malformed", i) % (rows.length + 1);
      rows.splice(at, 0, row);
      malformed++;
    }
  }
  return { rows, listing: { rows: rows.length, objects, bundles, repeated, malformed } };
}

const MALFORMED: readonly string[] = [
  "null",
  '"object-77"',
  '{"type":"object","name":"A row without id"}',
  '{"id":"object-../../etc/passwd","originalId":1,"type":"object","name":"Climber"}',
  '{"id":{"$oid":"88"},"originalId":"eighty-eight","type":"object","name":{"en":"Name in a box"}}',
  '{"id":"","originalId":null,"type":null,"name":null}',
];

function objectRow(state: SiteState, object: SimObject, source: Source, grant: number) {
  const random = new Random(state.settings.seed, "row", object.index);
  const isOdd = state.settings.oddities;
  const { creator } = object;
  return {
    originalId: object.id,
    id: `object-${object.id}`,
    type: "object",
    name: object.title,
    tags: isOdd && random.chance(0.05)
      ? null
      : object.tags.map((tag) => isOdd && random.chance(0.2) ? { name: tag } : tag),
    createdAt: isoDate(object.createdAt),
    updatedAt: object.isUndated ? null : isoDate(object.updatedAt),
    publishedAt: object.publishedAt === null || object.isUndated
      ? null
      : isOdd && random.chance(0.05)
      ? object.publishedAt
      : isoDate(object.publishedAt),
    source,
    libraryAddedAt: isoDate(object.addedAt),
    creatorAvatar: creator === null
      ? null
      : "https://images2.myminifactory.com/insecure/rt:fill-down/w:400/h:400/el:1/plain/avatar.png",
    creatorName: creator?.name ?? null,
    creatorId: creator === null ? null : isOdd && random.chance(0.3) ? creator.id : `${creator.id}`,
    creatorUsername: creator?.username ?? null,
    // Not every list that was seen has it.
    previewUrl: object.images[0] && !(isOdd && object.index % 8 === 5)
      ? imageUrl(object.images[0], 230)
      : null,
    release: releaseOf(object, source, grant),
    ...(object.bundleId === null ? {} : { bundleId: object.bundleId }),
    ...(source === "FRONTIER" ? { campaignId: campaignOf(object) } : {}),
    order: source === "PURCHASE"
      ? { id: object.index + 9_001, reference: `MMF-${object.index + 9_001}` }
      : random.chance(0.5)
      ? {}
      : null,
  };
}

function releaseOf(object: SimObject, source: Source, grant: number): string | number | null {
  const month = grantMonth(object, grant);
  switch (source) {
    case "TRIBE":
      return tribeRelease(object, grant);
    case "FRONTIER": {
      const pledge = PLEDGES[object.index % PLEDGES.length] ?? PLEDGES[0];
      return `type:campaign-tier;orderId:${object.index + 500};tierId:${pledge.id}`;
    }
    case "PURCHASE":
      return object.bundleId === null
        ? null
        : `type:store-bundle;orderId:${object.index + 9_001};bundleId:${object.bundleId}`;
    case "THE_ADVENTURE":
      return `${month.slice(0, 4)}-${month.slice(4)}`;
    case "USER_GROUP":
      return GROUP.id;
    case "MMFPLUS":
      return MMFPLUS_RELEASE.id;
    case "DOWNLOAD":
    case "GIFT":
      return null;
  }
}

function bundleRow(object: SimObject) {
  return {
    originalId: object.id,
    id: `bundle-${object.id}`,
    type: "bundle",
    name: bundleName(object),
    tags: [],
    createdAt: isoDate(object.createdAt),
    updatedAt: isoDate(object.createdAt),
    publishedAt: null,
    source: "PURCHASE",
    libraryAddedAt: isoDate(object.addedAt),
    creatorAvatar: null,
    creatorName: object.creator?.name ?? null,
    creatorId: object.creator ? `${object.creator.id}` : null,
    creatorUsername: object.creator?.username ?? null,
    release: `type:store-bundle;orderId:${objectIdAt(0)};bundleId:${object.id}`,
    bundleId: object.id,
    order: {},
  };
}
