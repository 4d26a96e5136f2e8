import { json, type Reply } from "../http/reply.ts";
import {
  bundleName,
  campaigns,
  GROUP,
  MMFPLUS_RELEASE,
  PLEDGES,
  tribeRelease,
  tribeReleaseLabel,
} from "./grants.ts";
import type { SiteState } from "./world.ts";

/** Answers what releases, bundles, tribes, campaigns and groups are called; null for other paths. */
export function metadata(state: SiteState, path: string, url: URL): Reply | null {
  const [kind, id, ...more] = path.split("/");
  if (more.length > 0) return null;
  switch (kind) {
    case "bundles_metadata":
      return json(200, bundles(state, url.searchParams.getAll("ids[]")));
    case "tribes_metadata":
      return json(200, tribes(state));
    case "tribe_releases_metadata":
      return json(200, tribeReleases(state, Number(id)));
    case "userGroups_metadata":
      return json(200, [GROUP]);
    case "userGroup_releases_metadata":
      return json(200, []);
    case "frontiers_metadata":
      return json(
        200,
        campaigns().map((campaign) => ({ ...campaign, creator: { id: 1002, name: "Mossgrave" } })),
      );
    case "frontier_releases_metadata":
      return json(200, {
        pledges: PLEDGES.map((pledge) => ({ ...pledge, createdAt: "2024-02-01T00:00:00+00:00" })),
        addons: [{ id: 90, name: "Terrain add-on" }],
        signup: null,
      });
    case "mmfplus_releases_metadata":
      return json(200, [MMFPLUS_RELEASE]);
  }
  return null;
}

function bundles(state: SiteState, ids: readonly string[]): unknown[] {
  return ids.flatMap((id) => {
    const object = state.find(Number(id));
    return object === null
      ? []
      : [{ id: `bundle-${id}`, originalId: Number(id), name: bundleName(object) }];
  });
}

function tribes(state: SiteState): unknown[] {
  const found = new Map<number, unknown>();
  for (const { creator, sources } of state.listed()) {
    if (creator && sources.includes("TRIBE")) {
      found.set(creator.id, { id: creator.id, name: creator.name, source: "TRIBE" });
    }
  }
  return [...found.values()];
}

function tribeReleases(state: SiteState, creatorId: number): unknown[] {
  const found = new Map<string, unknown>();
  for (const object of state.listed()) {
    if (object.creator?.id !== creatorId) continue;
    for (const [grant, source] of object.sources.entries()) {
      if (source !== "TRIBE") continue;
      const id = tribeRelease(object, grant);
      found.set(id, { id, label: tribeReleaseLabel(object, grant) });
    }
  }
  return [...found.values()];
}
