import { expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { Narrator } from "./narrator.ts";

function start(): Narrator {
  return new Narrator({ clock: new FakeClock(), programName: "mmfsync" });
}

test("Narrator.tell() says the same about a reason to wait only once", () => {
  const narrator = start();
  const pause = {
    until: 0,
    reason: "throttled",
    hint: "Pause.",
    provider: null,
    everyMs: null,
    links: null,
  };
  const full = { ...pause, reason: "diskFull", hint: "Free some." };
  expect(narrator.tell("waiting", pause)).toMatch(/Pause\.$/);
  expect(narrator.tell("waiting", full)).toMatch(/Free some\.$/);
  expect(narrator.tell("waiting", pause)).toBeNull();
  expect(narrator.tell("waiting", { ...pause, until: 3_600_000 })).toMatch(/Pause\.$/);
});

test("Narrator.tell() says anew how often a site allows downloads only when that changes", () => {
  const narrator = start();
  const turn = {
    until: 0,
    reason: "paced",
    hint: "",
    provider: "mmf",
    everyMs: 12_000,
    links: null,
  };
  expect(narrator.tell("waiting", turn)).toMatch(/^mmf limits downloads; .* 1 every 12 s$/);
  expect(narrator.tell("waiting", { ...turn, until: 3_600_000 })).toBeNull();
  const slower = { ...turn, everyMs: 24_000 };
  expect(narrator.tell("waiting", { ...slower, reason: "throttled" })).toMatch(/24 s$/);
  expect(narrator.tell("waiting", slower)).toBeNull();
  expect(narrator.tell("waiting", turn)).toMatch(/12 s$/);
});

test("Narrator.nameOf() knows providers that it learned", () => {
  const narrator = start();
  narrator.learn({ names: new Map([["mmf", "MyMiniFactory"]]), option: "" });
  expect([narrator.nameOf("mmf"), narrator.nameOf("x")]).toEqual(["MyMiniFactory", "x"]);
});

test("Narrator says once that there is no network, however often it is looked for, and anew when it is lost again", () => {
  const narrator = start();
  const lost = {
    until: 60_000,
    reason: "offline",
    hint: "It goes on.",
    provider: null,
    everyMs: null,
    links: null,
  };
  expect(narrator.tell("waiting", lost)).toBe("No connection: waiting. It goes on.");
  expect(narrator.tell("waiting", { ...lost, until: 3_600_000 })).toBeNull();
  narrator.tell("fileDone", { fileId: "a", assetId: "b", path: "c", bytes: 1 });
  expect(narrator.tell("waiting", lost)).not.toBeNull();
});

test("Narrator.rest() sums up by model what would be fetched, once", () => {
  const narrator = start();
  const would = (path: string, size: number | null) => narrator.tell("wouldFetch", { path, size });
  expect(would("Site/A/Dragon/files/a.zip", 1000)).toBeNull();
  would("Site/A/Elf/files/a.zip", null);
  would("Site/A/Dragon/renders/b.jpg", 500);
  would("Site/B/Dragon/files/a.zip", 7);
  would("Site/B/Dragon/files/b.zip", null);
  expect(narrator.rest()).toEqual([
    "Dragon: 2 files, 1.5 kB",
    "Elf: 1 file, size unknown",
    "Dragon: 2 files, 7 B as far as known",
  ]);
  expect(narrator.rest()).toEqual([]);
});
