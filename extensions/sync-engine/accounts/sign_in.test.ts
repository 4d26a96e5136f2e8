import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { createMemorySecrets } from "../platform/secrets/memory.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import { fakeClient } from "../library/testing/fake_client.ts";
import { type TempStore, tempStore } from "../store/testing/temp_store.ts";
import { signIn, signOut } from "./sign_in.ts";

function makePorts({ store, clock }: TempStore) {
  return { store, clock, secrets: createMemorySecrets(), log: new MemoryLog() };
}

const welcome = fakeClient({ authenticate: () => Promise.resolve({ id: "7", name: "someone" }) });
const refusal = fakeClient({
  authenticate: () => Promise.reject(new SyncError("needsAuth", "The site does not know it")),
});

test("signIn() keeps a credential that the site accepts, and whose account it is", async () => {
  using temp = tempStore();
  const ports = makePorts(temp);
  expect(await signIn(ports, welcome, "session", "secret")).toEqual({ id: "7", name: "someone" });
  expect(await ports.secrets.get("mmf", "session")).toBe("secret");
  expect(temp.store.accounts.get("mmf")).toEqual({
    provider: "mmf",
    accountId: "7",
    name: "someone",
    signedInAt: temp.clock.now(),
  });
  expect(JSON.stringify(ports.log.entries)).not.toContain("secret");
});

test("signIn() does not keep a credential that the site refuses", async () => {
  using temp = tempStore();
  const ports = makePorts(temp);
  await expect(signIn(ports, refusal, "session", "wrong")).rejects.toMatchObject({
    kind: "needsAuth",
  });
  expect(await ports.secrets.get("mmf", "session")).toBe(null);
  expect(temp.store.accounts.get("mmf")).toBe(null);
});

test("signIn() leaves the credential before as it was when the new one is refused", async () => {
  using temp = tempStore();
  const ports = makePorts(temp);
  await signIn(ports, welcome, "session", "good");
  await expect(signIn(ports, refusal, "session", "wrong")).rejects.toThrow();
  expect(await ports.secrets.get("mmf", "session")).toBe("good");
  expect(temp.store.accounts.get("mmf")?.name).toBe("someone");
});

test("signIn() refuses a scheme that the provider does not have, naming those it has", async () => {
  using temp = tempStore();
  const ports = makePorts(temp);
  const attempt = signIn(ports, welcome, "password", "secret");
  await expect(attempt).rejects.toMatchObject({ kind: "badInput" });
  await expect(attempt).rejects.toThrow(
    'MyMiniFactory has no sign-in "password", use one of "session"',
  );
  expect(await ports.secrets.get("mmf", "password")).toBe(null);
});

test("signOut() removes credential and account", async () => {
  using temp = tempStore();
  const ports = makePorts(temp);
  await signIn(ports, welcome, "session", "good");
  await signOut(ports, welcome);
  expect(await ports.secrets.get("mmf", "session")).toBe(null);
  expect(temp.store.accounts.get("mmf")).toBe(null);
  await signOut(ports, welcome);
});
