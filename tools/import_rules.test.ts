import { expect, test } from "vitest";
import { brokenRules, layerOf } from "./import_rules.ts";

const ENGINE = "extensions/sync-engine";

test("brokenRules() lets a domain import the store and the store import the platform", () => {
  expect(brokenRules([
    { path: `${ENGINE}/library/scan.ts`, imports: [`${ENGINE}/store/mod.ts`] },
    { path: `${ENGINE}/store/mod.ts`, imports: [`${ENGINE}/platform/ports.ts`, "schema.sql"] },
  ])).toEqual([]);
});

test("brokenRules() reports a lower layer that imports a higher one", () => {
  expect(brokenRules([
    { path: `${ENGINE}/platform/fs.ts`, imports: [`${ENGINE}/store/mod.ts`] },
  ])).toEqual([
    `${ENGINE}/platform/fs.ts (platform) may not import ${ENGINE}/store/mod.ts (store)`,
  ]);
});

test("brokenRules() keeps providers from the engine and from each other", () => {
  expect(brokenRules([
    {
      path: "providers/mmf/provider.ts",
      imports: ["providers/sdk/mod.ts", "providers/other/x.ts", `${ENGINE}/protocol.ts`],
    },
  ])).toHaveLength(2);
});

test("brokenRules() keeps product code from tests, tools and simulators", () => {
  expect(brokenRules([
    { path: `${ENGINE}/files/a.ts`, imports: ["tests/b.ts", `${ENGINE}/platform/testing/c.ts`] },
  ])).toHaveLength(2);
});

test("brokenRules() shows a cycle with all its members", () => {
  expect(brokenRules([
    { path: `${ENGINE}/files/a.ts`, imports: [`${ENGINE}/files/b.ts`] },
    { path: `${ENGINE}/files/b.ts`, imports: [`${ENGINE}/files/a.ts`] },
  ])).toEqual([
    `Import cycle: ${ENGINE}/files/a.ts → ${ENGINE}/files/b.ts → ${ENGINE}/files/a.ts`,
  ]);
});

test("layerOf() frees tests and simulators from the rules", () => {
  expect(layerOf(`${ENGINE}/files/a.test.ts`)).toBeNull();
  expect(layerOf("providers/mmf/simulator/mod.ts")).toBeNull();
});
