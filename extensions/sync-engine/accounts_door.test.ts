import { expect, test } from "vitest";
import { AccountsDoor } from "./accounts_door.ts";
import { fakeClient } from "./library/testing/fake_client.ts";
import { SyncError } from "./platform/errors.ts";
import { createMemorySecrets } from "./platform/secrets/memory.ts";
import { MemoryLog } from "./platform/testing/memory_log.ts";
import { parseManifest } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import { tempStore } from "./store/testing/temp_store.ts";

const MANIFEST = parseManifest(await Deno.readTextFile("providers/mmf/provider.toml"));
const LOGIN = { provider: "mmf", scheme: "session", secret: "PHPSESSID=s3cret" };

interface Options {
  readonly authenticate?: ProviderClient["authenticate"];
  readonly writer?: boolean;
}

function makeDoor(
  { authenticate = () => Promise.resolve({ id: "7", name: "someone" }), writer = true }: Options =
    {},
) {
  const temp = tempStore();
  const secrets = createMemorySecrets();
  const told = { status: 0, closed: 0 };
  const plugin = {
    id: "mmf",
    name: "MyMiniFactory",
    version: "1.0.0",
    state: "built-in",
    reason: null,
    enabled: true,
    hosts: [],
    permissions: [],
  } as const;
  const door = new AccountsDoor({
    ...temp,
    secrets,
    log: new MemoryLog(),
    news: { status: () => void told.status++ },
    http: { send: () => Promise.reject(new SyncError("retryable", "No network here")) },
    listen: () => Promise.reject(new SyncError("badInput", "Nothing listens here")),
    signInPort: () => 7330,
    checks: {
      all: () => Promise.resolve([]),
      one: () => Promise.reject(new SyncError("bug", "Nothing is checked here")),
    },
    registry: {
      list: () => [plugin, { ...plugin, id: "other", state: "unsigned" }],
      get: () => ({ manifest: MANIFEST, source: "", windowScript: null }),
    },
    client: (provider) => {
      if (provider !== "mmf") throw new SyncError("badInput", `There is no plugin "${provider}"`);
      return fakeClient({ authenticate, close: () => Promise.resolve(void told.closed++) });
    },
    requireWriter: () => {
      if (!writer) throw new SyncError("badInput", "The library was opened for reading only");
    },
  });
  return { ...temp, door, secrets, told };
}

/** A site that never answers. */
const silence: ProviderClient["authenticate"] = (signal) => {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal?.aborted) reject(signal.reason);
  signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  return promise;
};

test("list() shows how to sign in and what that opens, for each provider that can be used", () => {
  using scene = makeDoor();
  const rows = scene.door.list();
  expect(rows).toMatchObject([{ id: "mmf", account: null, signedInAt: null }]);
  expect(rows[0]?.schemes.map(({ id }) => id)).toEqual(["session", "oauth", "key"]);
  for (const { label, steps, can, cannot } of rows[0]?.schemes ?? []) {
    expect(label).toMatch(/^MyMiniFactory /);
    for (const texts of [steps, can, cannot]) expect(texts.length).toBeGreaterThan(0);
  }
});

test("login() and logout() show in list(), and are news", async () => {
  using scene = makeDoor();
  const { door, clock, secrets, told } = scene;
  expect(await door.login(LOGIN)).toEqual({ id: "7", name: "someone" });
  expect(door.list()).toMatchObject([{ account: "someone", signedInAt: clock.now() }]);
  expect(told).toEqual({ status: 1, closed: 1 });
  expect(await door.logout({ provider: "mmf" })).toBe(null);
  expect(door.list()).toMatchObject([{ account: null, signedInAt: null }]);
  expect(await secrets.get("mmf", "session")).toBe(null);
  expect(told).toEqual({ status: 2, closed: 2 });
});

test("cancelLogin() ends a sign-in that waits for the site, and keeps nothing of it", async () => {
  using scene = makeDoor({ authenticate: silence });
  const { door, secrets, told } = scene;
  const login = door.login(LOGIN);
  door.cancelLogin();
  await expect(login).rejects.toMatchObject({ kind: "cancelled" });
  expect(await secrets.get("mmf", "session")).toBe(null);
  expect(told.closed).toBe(1);
  expect(door.cancelLogin()).toBe(null);
});

test("login() ends when its own signal does, and when the door closes", async () => {
  using scene = makeDoor({ authenticate: silence });
  const { door } = scene;
  const stop = new AbortController();
  const first = door.login(LOGIN, stop.signal);
  stop.abort(new SyncError("cancelled", "Stopped"));
  await expect(first).rejects.toMatchObject({ kind: "cancelled" });
  const second = door.login(LOGIN);
  const refused = expect(second).rejects.toMatchObject({ kind: "cancelled" });
  await door.close();
  await refused;
});

test("login() is refused while another one is under way, and after that works again", async () => {
  let answers = false;
  using scene = makeDoor({
    authenticate: (signal) => answers ? Promise.resolve({ id: "7", name: "x" }) : silence(signal),
  });
  const { door } = scene;
  const first = door.login(LOGIN);
  await expect(door.login(LOGIN)).rejects.toMatchObject({ kind: "badInput" });
  door.cancelLogin();
  await expect(first).rejects.toThrow();
  answers = true;
  expect(await door.login(LOGIN)).toEqual({ id: "7", name: "x" });
});

test("login() refuses an unknown provider, and everything where only reading is allowed", async () => {
  using scene = makeDoor();
  await expect(scene.door.login({ ...LOGIN, provider: "x" })).rejects.toMatchObject({
    kind: "badInput",
  });
  expect(await scene.door.login(LOGIN)).toEqual({ id: "7", name: "someone" });
  using reader = makeDoor({ writer: false });
  await expect(reader.door.login(LOGIN)).rejects.toThrow("reading only");
  await expect(reader.door.logout({ provider: "mmf" })).rejects.toThrow("reading only");
});
