import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { ensureCard, readCard } from "./profile_card.ts";

async function withFolder(work: (dir: string) => Promise<void>) {
  const dir = Deno.makeTempDirSync();
  try {
    await work(dir);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
}
const fs = createDiskFs();

test("ensureCard() makes a card once", async () => {
  await withFolder(async (dir) => {
    const profile = join(dir, "new");
    expect(await readCard(fs, profile)).toBeNull();
    const card = await ensureCard(fs, profile);
    expect(card.demo).toBeNull();
    expect(await ensureCard(fs, profile)).toEqual(card);
    expect(await readCard(fs, profile)).toEqual(card);
    expect((await ensureCard(fs, join(dir, "other"))).salt).not.toBe(card.salt);
  });
});

test("ensureCard() notes the site of a demo and keeps the rest", async () => {
  await withFolder(async (dir) => {
    const card = await ensureCard(fs, dir, { objects: 10, seed: 1 });
    expect(await ensureCard(fs, dir)).toEqual(card);
    const other = await ensureCard(fs, dir, { objects: 20, seed: 1 });
    expect(other).toEqual({ ...card, demo: { objects: 20, seed: 1 } });
  });
});

test("readCard() finds none in a damaged file", async () => {
  await withFolder(async (dir) => {
    for (const text of ["", "{", '{"id": 1}']) {
      Deno.writeTextFileSync(join(dir, "profile.json"), text);
      expect(await readCard(fs, dir)).toBeNull();
    }
  });
});
