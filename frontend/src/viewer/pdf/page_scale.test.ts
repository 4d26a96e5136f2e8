import { expect, test } from "vitest";
import { pageScale } from "./page_scale.ts";

const A4 = { width: 595, height: 842 };
const ROOM = { width: 800, height: 421, fitWidth: false, pixelRatio: 1 };

test("pageScale() shows the whole page, or all of its width", () => {
  expect(pageScale(A4, ROOM)).toEqual({ shown: 0.5, drawn: 0.5 });
  expect(pageScale(A4, { ...ROOM, fitWidth: true }).shown).toBeCloseTo(800 / 595);
  expect(pageScale({ width: 1600, height: 100 }, ROOM).shown).toBe(0.5);
});

test("pageScale() draws as fine as the screen is", () => {
  expect(pageScale(A4, { ...ROOM, pixelRatio: 2 })).toEqual({ shown: 0.5, drawn: 1 });
});

test("pageScale() never draws more than a canvas can hold", () => {
  const poster = { width: 14_400, height: 14_400 };
  const { drawn } = pageScale(poster, { ...ROOM, fitWidth: true, width: 14_400, pixelRatio: 3 });
  expect((poster.width * drawn) ** 2).toBeCloseTo(4096 ** 2);
});

test("pageScale() gives a room without any width a page all the same", () => {
  expect(pageScale(A4, { ...ROOM, width: 0, height: 0 }).shown).toBeGreaterThan(0);
});
