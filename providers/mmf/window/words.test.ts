import { expect, test } from "vitest";
import { wordsFor } from "./words.ts";

test("the bar speaks the first language of the browser that it knows", () => {
  expect(wordsFor(["ja", "de-AT", "en"]).handOver).toBe("Meine Bibliothek übergeben");
  expect(wordsFor(["C"]).handOver).toBe("Hand over my library");
});

test("every language says how many names were asked for", () => {
  for (const language of ["en", "de", "fr", "es"]) {
    expect(wordsFor([language]).naming).toContain("(#)");
  }
});
