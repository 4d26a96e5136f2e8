import { expect, test } from "vitest";

import { releaseText } from "./releases.ts";

const BUNDLES = new Map([["500", "Winter Set"]]);

test("releaseText() makes known forms readable", () => {
  const tribe = "type:tribes-tier;owner:1448840;tribe:772;tier:1845;yearmonth:202606";
  expect(releaseText(tribe, BUNDLES)).toBe("Tribe 06/2026");
  expect(releaseText("type:campaign-tier;orderId:9;tierId:12", BUNDLES)).toBe("Campaign tier 12");
  expect(releaseText("type:store-bundle;orderId:9;bundleId:500", BUNDLES))
    .toBe("Bundle: Winter Set");
  expect(releaseText("type:store-bundle;orderId:9;bundleId:501", BUNDLES)).toBe("Bundle 501");
});

test("releaseText() keeps what it does not know", () => {
  for (
    const release of ["4711", "2024-05", "spring-sale", "type:tribes-tier;tribe:1", "type:new;x:1"]
  ) {
    expect(releaseText(release, BUNDLES)).toBe(release);
  }
});
