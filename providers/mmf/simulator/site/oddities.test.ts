import { expect, test } from "vitest";
import { settingsOf } from "../options.ts";
import { isArchive } from "./sim_object.ts";
import { ODDITIES, oddityAt } from "./oddities.ts";
import { SiteState } from "./world.ts";

test("oddityAt() has each oddity on every second place of the start, in order", () => {
  const numbers = Array.from(
    { length: ODDITIES.length * 2 },
    (_, i) => oddityAt(i)?.number ?? null,
  );
  expect(numbers.filter((number) => number !== null)).toEqual(ODDITIES.map((_, i) => i));
  expect(numbers.filter((_, i) => i % 2 === 0)).toEqual(ODDITIES.map(() => null));
});

test("A small library holds twins, null creators, and all kinds of access and files", () => {
  const objects = [...new SiteState(settingsOf({ objects: 70 })).listed()];
  const name = (title: string) => objects.filter((object) => object.title === title);
  expect(name("The Twin Blades").map(({ creator }) => creator?.id)).toEqual([1005, 1005]);
  expect(name("Cave Troll")[0]?.creator).toEqual(name("CAVE TROLL")[0]?.creator);
  const accented = objects.filter(({ title }) => title.normalize("NFC").startsWith("Épée du"));
  expect(new Set(accented.map(({ title }) => title)).size).toBe(2);
  expect(objects.some(({ creator }) => creator === null)).toBe(true);
  expect(new Set(objects.map(({ access }) => access))).toEqual(
    new Set(["public", "withdrawn", "locked"]),
  );
  expect(objects.some(({ files }) => files.length === 0)).toBe(true);
  expect(objects.some(({ files }) => files.length > 30)).toBe(true);
  expect(objects.some(({ files }) => files.some(({ isWholeZip }) => isWholeZip))).toBe(true);
  expect(objects.some(({ files }) => files.some(({ listedError }) => listedError !== 0))).toBe(
    true,
  );
});

test("A lifelike library keeps what people really own, and holds no name that attacks a file system", () => {
  const settings = settingsOf({ objects: 200, oddities: "lifelike" });
  const objects = [...new SiteState(settings).listed()];
  const names = objects.flatMap(({ title, creator, files }) => [
    title,
    ...creator ? [creator.name] : [],
    ...files.map(({ name }) => name),
  ]);
  const attacks = (name: string) =>
    /[\\/:*?"<>|\p{Cc}\u200B\u202E]/u.test(name) || /^\s|[.\s]$/.test(name) || name.length > 100;
  expect(names.filter(attacks)).toEqual([]);
  expect(new Set(objects.map(({ access }) => access)).size).toBe(3);
  expect(names).toContain("Assembly Guide.pdf");
});

test("Only archives share a name within an object, since parts are asked for by name", () => {
  for (const { files } of new SiteState(settingsOf({ objects: 100 })).listed()) {
    const parts = files.filter((file) => !isArchive(file)).map(({ name }) => name);
    expect(new Set(parts).size).toBe(parts.length);
  }
});
