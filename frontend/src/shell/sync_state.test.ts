import { describe, expect, it } from "vitest";
import type { EngineStatus } from "../../../extensions/sync-engine/protocol.ts";
import { syncState } from "./sync_state.ts";

const provider = {
  id: "mmf",
  name: "MyMiniFactory",
  enabled: true,
  account: "ada",
  lastScan: 1,
  importUrl: null,
  hasWindow: false,
  pause: null,
};

const status: EngineStatus = {
  root: "/models",
  busy: null,
  paused: false,
  library: {
    assets: 3,
    files: 3,
    filesHere: 3,
    bytes: 30,
    bytesHere: 30,
    wanted: 3,
    wantedNotHere: { assets: 0, files: 0, bytes: 0 },
  },
  queue: { queued: 0, running: 0, paused: 0, failed: 0 },
  providers: [provider],
  recovered: null,
  offline: null,
};

const facts = { status, phase: null, running: 0, waiting: null, now: 1_000 };
const syncing: EngineStatus = { ...status, busy: "sync" };
const pause = {
  until: 2_000,
  reason: "throttled",
  hint: "",
  provider: "mmf",
  everyMs: null,
  links: null,
};

describe("syncState", () => {
  it("is up to date when all that is wanted is here", () => {
    expect(syncState(facts)).toEqual({ kind: "idle" });
  });

  it("counts wanted models that are not here", () => {
    const wantedNotHere = { assets: 2, files: 4, bytes: 9 };
    const library = { ...status.library, wantedNotHere };
    expect(syncState({ ...facts, status: { ...status, library } }))
      .toEqual({ kind: "notHere", assets: 2 });
  });

  it("says before all else that nobody is signed in, when nothing runs", () => {
    const out = { ...status, providers: [{ ...provider, account: null }] };
    expect(syncState({ ...facts, status: out })).toEqual({ kind: "signedOut" });
  });

  it("names the phase of a sync until downloads run", () => {
    expect(syncState({ ...facts, status: syncing, phase: "scanning" }))
      .toEqual({ kind: "scanning" });
    expect(syncState({ ...facts, status: syncing, phase: "looking", running: 1 }))
      .toEqual({ kind: "fetching" });
  });

  it("waits as long as a site asked for, and not longer", () => {
    expect(syncState({ ...facts, status: syncing, waiting: pause }))
      .toEqual({ kind: "waiting", until: 2_000, reason: pause.reason });
    expect(syncState({ ...facts, status: syncing, waiting: { ...pause, reason: "paced" } }).kind)
      .toBe("fetching");
    expect(syncState({ ...facts, status: syncing, waiting: pause, now: 2_000 }))
      .toEqual({ kind: "fetching" });
  });

  it("knows from the status what a site asked for before the page was opened", () => {
    const until = 2_000;
    const providers = [{ ...provider, pause: { until, reason: "challenged" } as const }];
    const told = { ...facts, status: { ...syncing, providers } };
    expect(syncState(told)).toEqual({ kind: "waiting", until, reason: "challenged" });
    expect(syncState({ ...told, now: until })).toEqual({ kind: "fetching" });
    expect(syncState({ ...told, running: 1 })).toEqual({ kind: "fetching" });
  });

  it("is paused while the queue is held, also during a sync that has nothing else to do", () => {
    const held = { ...status, paused: true, queue: { ...status.queue, queued: 5 } };
    expect(syncState({ ...facts, status: held })).toEqual({ kind: "paused" });
    expect(syncState({ ...facts, status: { ...held, busy: "sync" } })).toEqual({ kind: "paused" });
  });

  it("does not call an empty held queue paused", () => {
    expect(syncState({ ...facts, status: { ...status, paused: true } })).toEqual({ kind: "idle" });
  });
});
