import { expect, test } from "vitest";

import { fetchNames } from "./fetch_names.ts";
import { parseRow } from "./library_row.ts";
import { FakeHost, html, json } from "./testing/fake_host.ts";

const LIBRARY = "/api/data-library";

function rows(...values: readonly object[]) {
  return values.map((value, n) => parseRow({ id: `object-${n}`, ...value }, n + 1))
    .filter((row) => "kind" in row);
}

function tribe(owner: number) {
  return { source: "TRIBE", release: `type:tribes-tier;owner:${owner};yearmonth:202309` };
}

test("fetchNames() asks only for what occurs in the library", async () => {
  const host = new FakeHost({
    [`${LIBRARY}/tribes_metadata`]: json([{ id: 1, name: "One" }, { id: 2, name: "Two" }]),
    [`${LIBRARY}/tribe_releases_metadata/2`]: json([{ id: "x", label: "09/2023 - tier: Elders" }]),
    [`${LIBRARY}/bundles_metadata?ids[]=7`]: json([{ id: "bundle-7", name: "Set" }]),
  });
  const names = await fetchNames(
    host,
    rows(tribe(2), { source: "PURCHASE", bundleId: 7 }, { id: "bundle-8" }, { bundleId: 8 }),
  );
  expect(host.asked.map((path) => path.replace(`${LIBRARY}/`, "")))
    .toEqual(["tribes_metadata", "tribe_releases_metadata/2", "bundles_metadata?ids[]=7"]);
  expect([...names.releases.values(), ...names.bundles.values()])
    .toEqual(["09/2023 - tier: Elders", "Set"]);
  const quiet = new FakeHost({});
  await fetchNames(quiet, rows({ source: "PURCHASE" }));
  expect(quiet.asked).toEqual([]);
});

test("fetchNames() does without names at the first sign of trouble, and never asks often", async () => {
  for (const answer of [html(), json({}, 403), json({}, 500), { body: "[" }]) {
    const host = new FakeHost({ [`${LIBRARY}/tribes_metadata`]: answer });
    const names = await fetchNames(host, rows(tribe(1), { bundleId: 7 }));
    expect(names.releases.size).toBe(0);
    expect(host.asked).toHaveLength(1);
  }
  const owners = Array.from({ length: 200 }, (_, n) => n + 1);
  const host = new FakeHost({
    [`${LIBRARY}/tribes_metadata`]: json(owners.map((id) => ({ id, name: `${id}` }))),
  });
  await fetchNames(host, rows(...owners.map(tribe)));
  expect(host.asked).toHaveLength(40);
});

test("fetchNames() asks only for releases that are not known by name", async () => {
  const host = new FakeHost({
    [`${LIBRARY}/tribes_metadata`]: json([{ id: 1, name: "One" }, { id: 2, name: "Two" }]),
    [`${LIBRARY}/tribe_releases_metadata/2`]: json([]),
  });
  const mine = rows(tribe(1), tribe(2), { source: "PURCHASE", bundleId: 7 });
  const known = new Set([tribe(1).release, "bundle-7"]);
  const { settled } = await fetchNames(host, mine, known);
  expect(host.asked).toEqual([
    `${LIBRARY}/tribes_metadata`,
    `${LIBRARY}/tribe_releases_metadata/2`,
  ]);
  // The site has no name for it: that is known now, too.
  expect([...settled]).toEqual([tribe(2).release]);
  await fetchNames(host, mine, known.union(settled));
  expect(host.asked).toHaveLength(2);
});

test("fetchNames() settles nothing when it was not answered to the end", async () => {
  const host = new FakeHost({ [`${LIBRARY}/tribes_metadata`]: json([{ id: 1, name: "One" }]) });
  host.set(`${LIBRARY}/tribe_releases_metadata/1`, json({}, 403));
  expect((await fetchNames(host, rows(tribe(1)))).settled.size).toBe(0);
});
