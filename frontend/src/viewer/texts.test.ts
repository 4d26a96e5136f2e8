import { expect, test } from "vitest";
import { englishLabels } from "./texts.ts";

test("englishLabels() fills parameters in", () => {
  expect(englishLabels("dimensions", { x: "1", y: "2", z: "3" })).toBe("1 × 2 × 3 mm");
});

test("englishLabels() leaves a parameter that is missing", () => {
  expect(englishLabels("loading")).toBe("Loading {{ name }}…");
});
