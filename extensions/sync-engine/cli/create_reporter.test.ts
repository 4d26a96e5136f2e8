import { expect, test } from "vitest";
import type { Events } from "../protocol.ts";
import { createReporter } from "./create_reporter.ts";
import type { Reporter } from "./reporter.ts";
import { fakeWorld, type FakeWorldOptions } from "./testing/fake_world.ts";

const PROGRESS: Events["progress"] = {
  running: [
    { fileId: "1", title: "Dragon", name: "dragon.zip", done: 500_000, size: 1_000_000, speed: 0 },
    { fileId: "2", title: "Knight", name: "knight.zip", done: 10_000, size: null, speed: 0 },
  ],
  fetched: 3,
  fetchedBytes: 4_200_000,
  failed: 1,
  waiting: 5,
  speed: 0,
};
const ERROR = { code: "permission", message: "No \x1bway", hint: "Choose another folder." };

function start(options: FakeWorldOptions & { json?: boolean }) {
  const world = fakeWorld(options);
  return { world, reporter: createReporter(world, options.json ?? false) };
}

function tellAll(reporter: Reporter): void {
  reporter.note("A remark");
  reporter.hear("progress", PROGRESS);
  reporter.hear("waiting", {
    until: 0,
    reason: "diskFull",
    hint: "Pause.\n",
    provider: null,
    everyMs: null,
    links: null,
  });
  reporter.hear("verdict", { fileId: "1", path: "a\nb", verdict: "HASH" });
  reporter.say("summary", { files: 3 }, "Three\nlines");
  reporter.fail(ERROR);
  reporter.close();
}

test("createReporter() with json prints nothing but one JSON object a line", () => {
  const { world, reporter } = start({ json: true, terminal: true });
  tellAll(reporter);
  const lines = world.stdout.text.split("\n");
  expect(lines.pop()).toBe("");
  const events = lines.map((line) => JSON.parse(line));
  expect(events.map(({ event }) => event)).toEqual([
    "progress",
    "waiting",
    "verdict",
    "summary",
    "error",
  ]);
  expect(events[0]).toEqual({ event: "progress", ...PROGRESS });
  expect(events.at(-1)).toEqual({ event: "error", ...ERROR });
  expect(world.stderr.text).toBe("");
});

test("createReporter() without a terminal prints plain lines and failures apart", () => {
  const { world, reporter } = start({});
  reporter.hear("verdict", { fileId: "1", path: "a\nb", verdict: "HASH" });
  reporter.say("summary", { files: 3 }, "Three");
  reporter.say("demo", {}, "");
  reporter.fail(ERROR);
  expect(world.stdout.text).toBe("HASH       a b\nThree\n");
  expect(world.stderr.text).toBe("Error: No  way\nChoose another folder.\n");
});

test("createReporter() without a terminal tells progress at most every ten seconds", async () => {
  const { world, reporter } = start({});
  reporter.hear("progress", PROGRESS);
  expect(world.stdout.text).toBe("");
  await world.clock.advance(10_000);
  reporter.hear("progress", PROGRESS);
  reporter.hear("progress", PROGRESS);
  await world.clock.advance(9_999);
  reporter.hear("progress", PROGRESS);
  expect(world.stdout.text).toBe("3 files fetched (4.2 MB), 2 under way, 5 to go\n");
});

test("createReporter() says nothing of a stop that the user asked for", () => {
  const { world, reporter } = start({});
  reporter.fail({ code: "cancelled", message: "Stopped", hint: "x" });
  expect(world.stderr.text).toBe("");
});

test.each([{ TERM: "dumb" }, { CI: "true" }])(
  "createReporter() prints plain lines on a terminal with %o",
  (env) => {
    const { world, reporter } = start({ terminal: true, env });
    reporter.hear("progress", PROGRESS);
    reporter.close();
    expect(world.stdout.text).toBe("");
  },
);

test("createReporter() draws a total and a line for each transfer, and erases them", () => {
  const { world, reporter } = start({ terminal: true });
  reporter.hear("progress", PROGRESS);
  reporter.close();
  const text = world.stdout.text;
  expect(text).toContain("3 of 11 files · 4.2 MB · 1 failed");
  expect(text).toMatch(/dragon\.zip · Dragon +━+┄+ +50% of 1 MB/);
  expect(text).toMatch(/knight\.zip · Knight +┄+ 10 kB/);
  const end = text.slice(text.lastIndexOf("knight.zip"));
  for (const sequence of ["\x1b[?25h", "\x1b[?7h", "\x1b[0J"]) expect(end).toContain(sequence);
});

test("createReporter() shows what is looked at and what is loaded at once", () => {
  const { world, reporter } = start({ terminal: true });
  const plan = { provider: "mmf", looked: 7, locked: 0, gone: 0, failed: 0, quarantined: 0 };
  reporter.hear("progress", PROGRESS);
  reporter.hear("plan", { ...plan, enqueued: 9, done: false });
  reporter.close();
  const frame = world.stdout.text;
  expect(frame).toMatch(
    /mmf: looked at 7 models, 9 files to fetch[^]*3 of 11 files[^]*dragon\.zip/,
  );
});

test("createReporter() prints what is said while bars are shown, at the latest when they go", () => {
  const { world, reporter } = start({ terminal: true });
  reporter.hear("progress", PROGRESS);
  reporter.say("summary", {}, `Done ${"x".repeat(100)} end`);
  reporter.close();
  const joined = world.stdout.text.replaceAll("\x1b[K\n", "");
  expect(joined).toContain(`Done ${"x".repeat(100)} end`);
});

test("createReporter() keeps bars within a narrow terminal", () => {
  const { world, reporter } = start({ terminal: true, columns: 30 });
  reporter.hear("progress", PROGRESS);
  reporter.close();
  // deno-lint-ignore no-control-regex -- escape sequences take no room
  const visible = world.stdout.text.replace(/\x1b(?:\[[?\d]*[A-Za-z]|[78])/g, "\n").split(/[\r\n]/);
  expect(Math.max(...visible.map((line) => [...line].length))).toBeLessThan(30);
});

test("createReporter() uses no colour with NO_COLOR", () => {
  for (const env of [{}, { NO_COLOR: "1" }]) {
    const { world, reporter } = start({ terminal: true, env });
    reporter.fail(ERROR);
    expect(world.stderr.text.includes("\x1b[31m")).toBe(!("NO_COLOR" in env));
  }
});
