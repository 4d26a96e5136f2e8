import { expect, test } from "vitest";
import { removeLeftovers } from "./leftovers.ts";
import { content, makeWorld, ROOT } from "./testing/world.ts";

test("removeLeftovers() removes unfinished writes where something was being published, nothing else", async () => {
  using world = makeWorld();
  const { fs, store } = world;
  const [first = ""] = world.list(1, [{ name: "a.stl", bytes: content(10) }]);
  const [second = ""] = world.list(2, [{ name: "a.stl", bytes: content(10) }]);
  const part = { revision: "1", validator: null, size: 10, chunkSize: 8 };
  store.parts.setVerified(first, { ...part, sha256: "aa".repeat(32) });
  store.parts.begin(second, part);
  const [one, two] = ["mmf/Somebody/Model 1", "mmf/Somebody/Model 2"];
  for (const folder of [one, two]) await fs.mkdir(`${ROOT}/${folder}/files`);
  const stays = [
    `${one}/datapackage.json`,
    `${one}/files/.01234567-89ab.tmp`,
    `${one}/mine.tmp`,
    `${two}/.01234567-89ab.tmp`,
  ];
  const goes = [".01234567-89ab.tmp", `${one}/.fedcba98-7654.tmp`];
  for (const path of [...stays, ...goes]) await fs.writeTextAtomic(`${ROOT}/${path}`, "x");
  await removeLeftovers(fs, store, ROOT);
  expect([...world.disk().keys()].sort()).toEqual(stays.sort());
});
