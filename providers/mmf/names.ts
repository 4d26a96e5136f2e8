/**
 * What tribes, months, pledges, groups, bundles and models are called: the answers of `/api/data-library/*_metadata` and
 * `/api/data-library/objects`.
 *
 * @module
 */

import * as v from "valibot";

import { clip, id, label, list, read, text } from "./lenient.ts";

/** Names that the site gives, collected from any number of answers. */
export interface Names {
  /** By the `release` of a row, or by `pledge-<n>`. */
  readonly releases: Map<string, string>;
  /** By number. */
  readonly bundles: Map<string, string>;
  /** Tribes by the number of their creator, campaigns and groups by their own. */
  readonly tribes: Map<string, string>;
  readonly campaigns: Map<string, string>;
  readonly groups: Map<string, string>;
  /** By `object-<n>`. */
  readonly models: Map<string, ModelNames>;
  /** Ids of releases and bundles about which the site has told all that it knows. */
  readonly settled: Set<string>;
}

/** What the list of the library leaves out of a model. */
export interface ModelNames {
  readonly title: string | null;
  readonly creator: string | null;
  /** Address of a picture. */
  readonly preview: string | null;
}

/** Answers that hold names, each by the last part of its address. */
export const NAME_ANSWERS = [
  "objects",
  "bundles_metadata",
  "tribes_metadata",
  "tribe_releases_metadata",
  "userGroups_metadata",
  "userGroup_releases_metadata",
  "frontiers_metadata",
  "frontier_releases_metadata",
  "mmfplus_releases_metadata",
] as const;
export type NameAnswer = (typeof NAME_ANSWERS)[number];

export function noNames(): Names {
  return {
    releases: new Map(),
    bundles: new Map(),
    tribes: new Map(),
    campaigns: new Map(),
    groups: new Map(),
    models: new Map(),
    settled: new Set(),
  };
}

const Entry = v.object({
  id: v.optional(text),
  originalId: v.optional(id),
  name: v.optional(label),
  label: v.optional(label),
  previewUrl: v.optional(text),
  creator: v.optional(v.unknown()),
});
const Person = v.object({ name: v.optional(label), username: v.optional(label) });
const Pledges = v.object({
  pledges: v.optional(list, []),
  addons: v.optional(list, []),
  signup: v.optional(v.unknown()),
});

/** Takes in what an answer tells. What is not understood is left out: names are never worth a failure. */
export function takeNames(names: Names, kind: NameAnswer, value: unknown): void {
  if (kind === "frontier_releases_metadata") {
    const { pledges, addons, signup } = read(Pledges, value) ?? { pledges: [], addons: [] };
    for (const item of [...pledges, ...addons, signup]) {
      const { id: pledge = null, name = null } = read(Entry, item) ?? {};
      if (pledge !== null && name !== null) names.releases.set(`pledge-${clip(pledge, 200)}`, name);
    }
    return;
  }
  for (const item of v.parse(list, value)) {
    const entry = read(Entry, item);
    if (entry?.id) takeEntry(names, kind, entry.id, entry);
  }
}

function takeEntry(
  names: Names,
  kind: Exclude<NameAnswer, "frontier_releases_metadata">,
  key: string,
  { originalId = null, name = null, ...entry }: v.InferOutput<typeof Entry>,
): void {
  switch (kind) {
    case "objects": {
      const creator = read(Person, entry.creator);
      names.models.set(key, {
        title: name,
        creator: creator?.name ?? creator?.username ?? null,
        preview: entry.previewUrl ?? null,
      });
      return;
    }
    case "bundles_metadata": {
      const number = originalId ?? v.parse(id, key.replace(/^bundle-/, ""));
      if (number !== null && name !== null) names.bundles.set(number, name);
      return;
    }
    case "tribes_metadata":
      if (name !== null) names.tribes.set(key, name);
      return;
    case "userGroups_metadata":
      if (name !== null) names.groups.set(key, name);
      return;
    case "frontiers_metadata":
      if (name !== null) names.campaigns.set(key, name);
      return;
    case "tribe_releases_metadata":
    case "userGroup_releases_metadata":
    case "mmfplus_releases_metadata":
      if (entry.label) names.releases.set(clip(key, 500), entry.label);
  }
}
