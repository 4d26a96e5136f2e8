import { expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { type Diagnosed, exportDiagnostics } from "./diagnostics.ts";

const LIBRARY = {
  assets: 5,
  files: 4,
  filesHere: 3,
  bytes: 10,
  bytesHere: 9,
  wanted: 2,
  wantedNotHere: { assets: 1, files: 1, bytes: 1 },
};

const engine: Diagnosed = {
  settings: () => ({
    root: "/home/ann/Models",
    concurrency: 3,
    connections: 4,
    newWanted: true,
    bandwidth: null,
    bandwidthWindows: [],
    nightlyVerify: null,
    watchFolder: null,
    watchMove: false,
    signInPort: 7330,
    theme: "dark",
    notifications: true,
    language: "en",
  }),
  status: () => ({
    root: "/home/ann/Models",
    busy: null,
    paused: false,
    damaged: 0,
    offline: null,
    library: LIBRARY,
    queue: { queued: 1, running: 0, paused: 0, failed: 7 },
    providers: [{
      id: "mmf",
      name: "MyMiniFactory",
      enabled: true,
      account: "annie93",
      lastScan: 5,
      importUrl: null,
      hasWindow: false,
      pause: null,
    }],
    recovered: {
      aside: "/home/ann/.local/share/mmfsync/sync.db.damaged",
      backupAt: null,
      rebuilt: null,
    },
  }),
  plugins: () => [{ id: "mmf", version: "0.1.0", state: "built-in", enabled: true, reason: null }],
  doctor: () =>
    Promise.resolve({
      findings: [{
        name: "folder",
        ok: false,
        text: 'Cannot list "/media/ann/Disk" with token=abc123',
      }],
    }),
};

async function exported() {
  const fs = new MemoryFs();
  await fs.mkdir("/data/logs");
  const lines = ["a", "GET https://x.example/download/1?sig=s3cret", "Cookie: PHPSESSID=s3cret"];
  await fs.writeTextAtomic("/data/logs/mmfsync.log", `${lines.join("\n")}\n`);
  const clock = new FakeClock(Date.UTC(2026, 0, 31, 12, 34, 56));
  const path = await exportDiagnostics({
    fs,
    clock,
    engine,
    appData: "/data",
    home: "/home/ann",
    version: "0.1.0",
    platform: { os: "linux", deno: "2.9.6" },
  });
  return { path, text: await fs.readText(path) ?? "" };
}

test("exportDiagnostics() writes what helps to find a fault into one file", async () => {
  const { path, text } = await exported();
  expect(path).toBe("/data/diagnostics/mmfsync-20260131T123456Z.json");
  expect(JSON.parse(text)).toMatchObject({
    at: "2026-01-31T12:34:56.000Z",
    version: "0.1.0",
    platform: { os: "linux", deno: "2.9.6" },
    settings: { root: "~/Models", concurrency: 3 },
    status: { library: LIBRARY, queue: { failed: 7 }, providers: [{ id: "mmf", signedIn: true }] },
    plugins: [{ id: "mmf", version: "0.1.0" }],
    findings: [{ name: "folder", ok: false }],
    log: ["a", "GET https://x.example/download/1", "Cookie: [redacted]"],
  });
});

test("exportDiagnostics() tells neither secrets nor who the user is", async () => {
  const { text } = await exported();
  expect(text).not.toMatch(/\bann\b|annie93|abc123|s3cret/);
});
