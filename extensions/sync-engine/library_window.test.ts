import { afterEach, beforeEach, expect, test } from "vitest";
import { LibraryWindow, type LibraryWindowPorts, WINDOW_MS } from "./library_window.ts";
import { SyncError } from "./platform/errors.ts";
import { listenOnLoopback } from "./platform/loopback_server.ts";
import type { SiteWindowContent, SiteWindows } from "./platform/site_window.ts";
import { FakeClock } from "./platform/testing/fake_clock.ts";
import { MemoryLog } from "./platform/testing/memory_log.ts";
import { parseManifest } from "./plugins/manifest.ts";
import type { ImportSummary } from "./protocol.ts";

const ORIGIN = "https://www.example.com";
const MANIFEST = parseManifest(`
id = "site"
name = "A site"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com"]
[import]
url = "${ORIGIN}/list"
[import.window]
url = "${ORIGIN}/login"
script = "window.js"
`);
const SUMMARY: ImportSummary = {
  rows: 8138,
  assets: 5290,
  merged: 2847,
  quarantined: 1,
  added: 5290,
  updated: 0,
  unchanged: 0,
  removed: 0,
  incomplete: null,
};

/** Windows that nobody sees. */
class FakeWindows implements SiteWindows {
  readonly opened: SiteWindowContent[] = [];
  shown = 0;
  user = { closes() {} };

  actual(url: URL): URL {
    return url;
  }

  clear(): Promise<void> {
    return Promise.resolve();
  }

  open(content: SiteWindowContent) {
    this.opened.push(content);
    this.shown++;
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const close = () => {
      this.shown--;
      resolve();
      this.user.closes = () => {};
    };
    this.user.closes = close;
    return Promise.resolve({ closed, close: () => this.user.closes === close && close() });
  }

  /** What the script of the last window is told. */
  async delivery(): Promise<{ address: string; origin: string }> {
    await expect.poll(() => this.opened.length).toBeGreaterThan(0);
    const told = /\}\)\((\{.*\})\);\n$/.exec(this.opened.at(-1)?.script ?? "")?.[1] ?? "null";
    return JSON.parse(told);
  }
}

let clock: FakeClock;
let windows: FakeWindows;
let phases: string[];
let taken: string[];
let importing: LibraryWindowPorts["importing"];
let door: LibraryWindow;

function make(changes: Partial<LibraryWindowPorts> = {}): LibraryWindow {
  return door = new LibraryWindow({
    clock,
    log: new MemoryLog(),
    emit: (event, data) => {
      if (event === "libraryWindow" && "phase" in data) phases.push(String(data.phase));
    },
    listen: listenOnLoopback,
    registry: { get: () => ({ manifest: MANIFEST, source: "", windowScript: "work(delivery)" }) },
    windows,
    importing,
    requireIdle() {},
    ...changes,
  });
}

beforeEach(() => {
  clock = new FakeClock();
  windows = new FakeWindows();
  phases = [];
  taken = [];
  importing = {
    run(_, files) {
      taken.push(...files.map(({ bytes }) => new TextDecoder().decode(bytes)));
      return Promise.resolve(SUMMARY);
    },
  };
  make();
});
afterEach(() => door.close());

async function handOver(library = "[]", origin = ORIGIN): Promise<string> {
  const body = new FormData();
  body.set("library", library);
  const { address } = await windows.delivery();
  const response = await fetch(address, { method: "POST", body, headers: { origin } });
  return await response.text();
}

test("takes in what the page hands over, and leaves the window open to say so", async () => {
  const summary = door.run("site");
  const page = await handOver('["é"]');
  expect(await summary).toEqual(SUMMARY);
  expect(taken).toEqual(['["é"]']);
  expect(page).toContain("5,290 models, from 8,138 entries: 2,847 repeated others, 1 were not");
  expect(phases).toEqual(["waiting", "reading", "over"]);
  expect(windows.opened).toMatchObject([{ url: `${ORIGIN}/login`, title: "A site" }]);
  expect(windows.shown).toBe(1);
  expect((await windows.delivery()).origin).toBe(ORIGIN);
});

test("nobody listens any more once the library was taken", async () => {
  const summary = door.run("site");
  await handOver();
  await summary;
  await expect(handOver()).rejects.toThrow();
});

test("answers with nothing when the user closes the window", async () => {
  const summary = door.run("site");
  await windows.delivery();
  windows.user.closes();
  expect(await summary).toBeNull();
  expect([taken, phases]).toEqual([[], ["waiting", "over"]]);
});

test("gives up in time and closes the window; its address has expired then", async () => {
  const summary = door.run("site");
  await windows.delivery();
  await clock.advance(WINDOW_MS - 1);
  expect(windows.shown).toBe(1);
  await clock.advance(1);
  expect(await summary).toBeNull();
  expect(windows.shown).toBe(0);
  await expect(handOver()).rejects.toThrow();
});

test("is closed from the app, and may be opened again", async () => {
  const summary = door.run("site");
  await windows.delivery();
  door.cancel();
  expect([await summary, windows.shown]).toEqual([null, 0]);
  const again = door.run("site");
  await expect.poll(() => windows.opened.length).toBe(2);
  await handOver();
  expect(await again).toEqual(SUMMARY);
});

test("a page of another site hands nothing over", async () => {
  const summary = door.run("site");
  expect(await handOver("[]", "https://evil.example")).toContain("Refused");
  door.cancel();
  expect([await summary, taken]).toEqual([null, []]);
});

test("says in the window and in the app why an import failed", async () => {
  make({ importing: { run: () => Promise.reject(new SyncError("badInput", "It is <odd>")) } });
  const summary = door.run("site");
  summary.catch(() => {});
  expect(await handOver()).toContain("It is &#60;odd&#62;");
  await expect(summary).rejects.toThrow("It is <odd>");
});

test("opens one window at a time, and none while something else runs", async () => {
  const first = door.run("site");
  await windows.delivery();
  await expect(door.run("site")).rejects.toThrow("open already");
  door.cancel();
  await first;
  make({
    requireIdle() {
      throw new SyncError("badInput", "A sync runs");
    },
  });
  await expect(door.run("site")).rejects.toThrow("A sync runs");
  expect(windows.opened).toHaveLength(1);
});

test("says that there can be no window without a host, or without a script of the app's own", async () => {
  make({ windows: null });
  await expect(door.run("site")).rejects.toThrow("import the file");
  make({ registry: { get: () => ({ manifest: MANIFEST, source: "", windowScript: null }) } });
  await expect(door.run("site")).rejects.toThrow("import the file");
});
