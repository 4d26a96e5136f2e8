import type { SyncSummary, VerifySummary } from "../../protocol.ts";
import type { EngineDoor } from "../opened_engine.ts";

/** A sync that found nothing to do. */
export const IDLE_SYNC: SyncSummary = {
  dryRun: false,
  assets: 2,
  files: 3,
  bytes: 4_200_000,
  fetched: 0,
  fetchedBytes: 0,
  failed: 0,
  waiting: 0,
  missing: 0,
  scans: [],
  problems: [],
  took: 1500,
};

/** A verification that found nothing wrong. */
export const GOOD_VERIFY: VerifySummary = {
  ok: 3,
  missing: 0,
  size: 0,
  hash: 0,
  unverified: 0,
  extra: 0,
  bytes: 4_200_000,
  queued: 0,
  took: 1500,
};

/** An engine of a small library that answers at once. `parts` replaces what a test is about. */
export function fakeEngine(parts: Partial<EngineDoor> = {}): EngineDoor {
  let settings = { root: "/home/somebody/MyMiniFactorySync", concurrency: 3, newWanted: true };
  const plugins = [{
    id: "mmf",
    name: "MyMiniFactory",
    version: "0.1.0",
    state: "built-in" as const,
    reason: null,
    enabled: true,
    hosts: ["www.myminifactory.com"],
  }];
  return {
    close: () => Promise.resolve(),
    status: () => ({
      root: settings.root,
      busy: null,
      library: {
        assets: 2,
        files: 4,
        filesHere: 3,
        bytes: 5_000_000,
        bytesHere: 4_200_000,
        wanted: 2,
        wantedNotHere: { assets: 1, files: 1, bytes: 800_000 },
      },
      queue: { queued: 1, running: 0, paused: 0, failed: 0 },
      providers: [{
        id: "mmf",
        name: "MyMiniFactory",
        enabled: true,
        account: "Somebody",
        lastScan: null,
        pausedUntil: null,
      }],
      recovered: null,
    }),
    query: () => ({ rows: [], total: 0 }),
    unknownIds: () => [],
    quarantine: () => ({ rows: [], total: 0 }),
    setWanted: () => 0,
    downloads: () => ({ rows: [], total: 0 }),
    history: () => ({ rows: [], total: 0 }),
    settings: () => settings,
    changeSettings: (changes) => settings = Object.assign({}, settings, changes),
    plugins: () => plugins,
    setPluginEnabled: () => plugins,
    signIn: () => Promise.resolve({ id: "1", name: "Somebody" }),
    signOut: () => Promise.resolve(),
    doctor: () => Promise.resolve({ ok: true, findings: [] }),
    sync: () => Promise.resolve(IDLE_SYNC),
    verify: () => Promise.resolve(GOOD_VERIFY),
    startSync: () => ({ started: true }),
    startVerify: () => ({ started: true }),
    stop() {},
    ...parts,
  };
}
