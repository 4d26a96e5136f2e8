import { expect, test } from "vitest";
import { resolveHost } from "./resolve.ts";

test("resolveHost() tells every address of a name", async () => {
  expect(await resolveHost("localhost")).toContain("127.0.0.1");
});

test("resolveHost() has none for a name that does not exist", async () => {
  expect(await resolveHost("nowhere.invalid")).toEqual([]);
});
