import { SyncError } from "../../platform/errors.ts";
import type {
  AdoptSummary,
  ImportSummary,
  RebuildSummary,
  Settings,
  SyncSummary,
  VerifySummary,
} from "../../protocol.ts";
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
  sidecars: 0,
  earlier: 0,
  bytes: 4_200_000,
  repair: null,
  took: 1500,
};

const NOTHING_ADOPTED: AdoptSummary = {
  dryRun: false,
  looked: 0,
  adopted: 0,
  bytes: 0,
  by: { sidecar: 0, sha256: 0, name: 0, chosen: 0 },
  here: 0,
  ambiguous: 0,
  unknown: 0,
  own: 0,
  failed: 0,
  took: 1,
};

const NOTHING_IMPORTED: ImportSummary = {
  rows: 0,
  assets: 0,
  merged: 0,
  quarantined: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  incomplete: null,
};

const NOTHING_REBUILT: RebuildSummary = {
  folders: 0,
  added: 0,
  known: 0,
  odd: 0,
  foreign: 0,
  files: 0,
  bytes: 0,
  removed: 0,
  took: 1,
};

const LIBRARY = {
  assets: 2,
  files: 4,
  filesHere: 3,
  bytes: 5_000_000,
  bytesHere: 4_200_000,
  wanted: 2,
  wantedNotHere: { assets: 1, files: 1, bytes: 800_000 },
};

type Method = (...args: never[]) => unknown;

/** Some methods of the engine and of its doors. */
export type EngineParts = {
  readonly [K in keyof EngineDoor]?: EngineDoor[K] extends Method ? EngineDoor[K]
    : Partial<EngineDoor[K]>;
};

/** An engine of a small library that answers at once. `parts` replaces what a test is about. */
export function fakeEngine(
  {
    accounts,
    adoption,
    exporting,
    files,
    handover,
    history,
    importing,
    library,
    libraryWindow,
    queue,
    rebuilding,
    roots,
    thumbnails,
    unpacking,
    verification,
    versions,
    ...parts
  }: EngineParts = {},
): EngineDoor {
  let settings: Settings = {
    root: "/home/somebody/MyMiniFactorySync",
    concurrency: 3,
    connections: 4,
    newWanted: true,
    bandwidth: null,
    bandwidthWindows: [],
    nightlyVerify: null,
    watchFolder: null,
    watchMove: false,
    signInPort: 7330,
    theme: "system",
    notifications: true,
    language: "system",
  };
  const plugins = [{
    id: "mmf",
    name: "MyMiniFactory",
    version: "0.1.0",
    state: "built-in" as const,
    reason: null,
    enabled: true,
    hosts: ["www.myminifactory.com"],
    permissions: ["Reach www.myminifactory.com", "No files, no programs"],
  }];
  const provider = {
    id: "mmf",
    name: "MyMiniFactory",
    enabled: true,
    account: "Somebody",
    lastScan: null,
    importUrl: "https://www.myminifactory.com/api/data-library/objectPreviews",
    hasWindow: true,
    pause: null,
  };
  const scheme = {
    id: "session",
    kind: "secret" as const,
    label: "MyMiniFactory website session",
    steps: ["Sign in there.", "Copy the value."],
    url: "https://www.myminifactory.com/login",
    can: ["Read your library"],
    cannot: ["Last for ever"],
  };
  const app = {
    redirectUri: "http://localhost:7330/callback",
    clientId: "client",
    hasSecret: true,
  };
  return {
    close: () => Promise.resolve(),
    logFault() {},
    accounts: {
      list: () => [{ ...provider, signedInAt: 1, schemes: [scheme], signIns: [] }],
      login: () => Promise.resolve({ id: "1", name: "Somebody" }),
      app: () => Promise.resolve(app),
      setApp: () => Promise.resolve(app),
      authorize: () => Promise.resolve({ url: "https://auth.myminifactory.com/", until: 0 }),
      returned: () => null,
      authorized: () => Promise.resolve({ id: "1", name: "Somebody" }),
      cancelLogin: () => null,
      logout: () => Promise.resolve(null),
      check: () => Promise.resolve([]),
      close: () => Promise.resolve(),
      ...accounts,
    },
    status: () => ({
      root: settings.root,
      busy: null,
      paused: false,
      library: LIBRARY,
      queue: { queued: 1, running: 0, paused: 0, failed: 0 },
      damaged: 0,
      providers: [provider],
      recovered: null,
      offline: null,
    }),
    lookForNetwork: () => null,
    library: {
      query: () => ({ rows: [], total: 0 }),
      summary: () => LIBRARY,
      facets: () => ({ providers: [], sources: [], availabilities: [] }),
      creators: () => ({ rows: [], total: 0 }),
      releases: () => ({ rows: [], total: 0 }),
      asset: () => {
        throw new SyncError("badInput", "There is no such model");
      },
      unknownIds: () => [],
      quarantine: () => ({ rows: [], total: 0 }),
      setWanted: () => Promise.resolve({ changed: 0, undo: null }),
      undoWanted: () => Promise.resolve({ changed: 0 }),
      readAhead: () => Promise.resolve(),
      ...library,
    },
    queue: {
      list: () => ({ rows: [], total: 0 }),
      speed: () => ({ samples: [] }),
      pause: () => ({ changed: 0 }),
      resume: () => ({ changed: 0 }),
      cancel: () => Promise.resolve({ changed: 0 }),
      retry: () => ({ changed: 0 }),
      move: () => ({ changed: 0 }),
      goOn() {},
      ...queue,
    },
    history: {
      list: () => ({ rows: [], total: 0 }),
      clear: () => ({ changed: 0 }),
      ...history,
    },
    files: {
      refetch: () => Promise.resolve({ queued: 0 }),
      remove: () => Promise.resolve({ removed: 0, bytes: 0 }),
      restore: () => Promise.resolve({ restored: 0 }),
      pathOf: () => Promise.resolve(settings.root),
      open: () => Promise.reject(new SyncError("gone", "There is no such file")),
      endRemovals: () => Promise.resolve(),
      idle: () => Promise.resolve(),
      alone: (work) => work(),
      ...files,
    },
    adoption: {
      run: () => Promise.resolve(NOTHING_ADOPTED),
      start: () => ({ started: true }),
      ...adoption,
    },
    handover: {
      list: () => ({
        rows: [],
        total: 0,
        unclear: [],
        problem: null,
        suggestion: "/home/me/Downloads",
      }),
      start() {},
      review() {},
      close: () => Promise.resolve(),
      watch: () => Promise.resolve({ filed: 0, bytes: 0, unclear: 0 }),
      ...handover,
    },
    exporting: {
      *pieces() {},
      write: (_params, path = "/exports/library.json") =>
        Promise.resolve({ path, assets: 0, files: 0 }),
      ...exporting,
    },
    importing: { run: () => Promise.resolve(NOTHING_IMPORTED), ...importing },
    libraryWindow: {
      run: () => Promise.resolve(NOTHING_IMPORTED),
      cancel: () => null,
      close: () => Promise.resolve(),
      ...libraryWindow,
    },
    rebuilding: {
      recovery: () => null,
      run: () => Promise.resolve(NOTHING_REBUILT),
      start: () => ({ started: true }),
      settle: () => Promise.resolve(),
      ...rebuilding,
    },
    versions: {
      list: () => Promise.resolve({ rows: [], total: 0, bytes: 0 }),
      drop: () => Promise.resolve({ dropped: 0, bytes: 0 }),
      restore: () => Promise.resolve({ path: "" }),
      ...versions,
    },
    thumbnails: { get: () => Promise.resolve(null), ...thumbnails },
    unpacking: {
      unpack: () => Promise.resolve({ folders: [] }),
      close: () => Promise.resolve(),
      ...unpacking,
    },
    verification: {
      overview: () => ({
        counts: { MISSING: 0, SIZE: 0, HASH: 0, UNVERIFIED: 0, EXTRA: 0, SIDECAR: 0 },
        last: null,
        unfinished: null,
        night: null,
      }),
      findings: () => ({ rows: [], total: 0 }),
      run: () => Promise.resolve(GOOD_VERIFY),
      start: () => ({ started: true }),
      ...verification,
    },
    roots: {
      check: ({ path }) =>
        Promise.resolve({
          path,
          exists: false,
          writable: true,
          library: null,
          empty: true,
          free: null,
          problem: null,
        }),
      change: () => Promise.resolve({ started: true }),
      resume: () => false,
      run({ path }) {
        settings = { ...settings, root: path };
        return Promise.resolve(path);
      },
      settle: () => Promise.resolve(),
      requireSettled() {},
      ...roots,
    },
    settings: () => settings,
    changeSettings: (changes) => settings = Object.assign({}, settings, changes),
    plugins: () => plugins,
    setPluginEnabled: () => plugins,
    doctor: () => Promise.resolve({ ok: true, findings: [] }),
    sync: () => Promise.resolve(IDLE_SYNC),
    verify: () => Promise.resolve(GOOD_VERIFY),
    startSync: () => ({ started: true }),
    startVerify: () => ({ started: true }),
    listensOn() {},
    stop() {},
    ...parts,
  };
}
