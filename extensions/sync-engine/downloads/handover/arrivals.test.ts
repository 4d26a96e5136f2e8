import { expect, test } from "vitest";
import { MemoryFs } from "../../platform/testing/memory_fs.ts";
import { Arrivals } from "./arrivals.ts";

const FOLDER = "/home/me/Downloads";

async function downloads() {
  const fs = new MemoryFs();
  await fs.mkdir(FOLDER);
  const arrivals = new Arrivals(fs, FOLDER);
  const put = (name: string, text: string) => fs.writeTextAtomic(`${FOLDER}/${name}`, text);
  const names = async () => (await arrivals.settled()).map(({ name }) => name);
  return { fs, arrivals, put, names };
}

test("Arrivals tells a file once, when it grows no more", async () => {
  const { put, names } = await downloads();
  await put("dragon.zip", "half");
  expect(await names()).toEqual([]);
  await put("dragon.zip", "half and more");
  expect(await names()).toEqual([]);
  expect(await names()).toEqual(["dragon.zip"]);
  expect(await names()).toEqual([]);
  await put("dragon.zip", "another one");
  expect([await names(), await names()]).toEqual([[], ["dragon.zip"]]);
});

test("Arrivals passes over what browsers have not finished, what is empty or hidden, and folders", async () => {
  const { fs, put, names } = await downloads();
  for (const name of ["a.zip.part", "b.zip.crdownload", "c.download", ".hidden.zip"]) {
    await put(name, "bytes");
  }
  await put("a.zip", "bytes");
  await put("empty.zip", "");
  await fs.mkdir(`${FOLDER}/folder.zip`);
  await names();
  expect(await names()).toEqual([]);
  await fs.remove(`${FOLDER}/a.zip.part`);
  await names();
  expect(await names()).toEqual(["a.zip"]);
});

test("Arrivals tells again what it is told to forget", async () => {
  const { arrivals, put, names } = await downloads();
  await put("a.zip", "bytes");
  await put("b.zip", "bytes");
  await names();
  await names();
  arrivals.forgetOne("a.zip");
  expect(await names()).toEqual(["a.zip"]);
  arrivals.forget();
  expect((await names()).toSorted()).toEqual(["a.zip", "b.zip"]);
});
