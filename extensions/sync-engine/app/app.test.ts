import { expect, test } from "vitest";
import { type EngineParts, fakeEngine } from "../cli/testing/fake_engine.ts";
import { SyncError } from "../platform/errors.ts";
import { App, type LibraryKind, type OpenLibrary } from "./app.ts";

/** Opens fake libraries and remembers what was done. */
function opener(parts: EngineParts = {}) {
  const done: string[] = [];
  const broken = new Set<LibraryKind>();
  const emits: Parameters<OpenLibrary>[1][] = [];
  const open: OpenLibrary = (kind, emit) => {
    done.push(`open ${kind}`);
    if (broken.has(kind)) return Promise.reject(new SyncError("permission", `No ${kind}`));
    emits.push(emit);
    const engine = fakeEngine({
      queue: { goOn: () => void done.push("go on") },
      listensOn: (port) => void done.push(`port ${port}`),
      ...parts,
    });
    const close = () => Promise.resolve(void done.push(`close ${kind}`));
    return Promise.resolve({ engine, appData: `/${kind}`, close });
  };
  return { open, done, broken, emits };
}

test("an app goes on with what the last run left in the queue", async () => {
  const { open, done } = opener();
  await App.open(open);
  expect(done).toEqual(["open own", "go on"]);
});

test("entering the demo closes one library, opens the other and tells everybody", async () => {
  const { open, done } = opener();
  const app = await App.open(open);
  const heard: string[] = [];
  app.connect({ send: (event) => void heard.push(event) });
  await app.enterDemo();
  expect(done.slice(2)).toEqual(["close own", "open demo"]);
  expect([app.kind, await app.appData(), heard]).toEqual(["demo", "/demo", ["engineChanged"]]);

  await app.leaveDemo();
  expect(done.slice(4)).toEqual(["close demo", "open own", "go on"]);
  expect([app.kind, heard.length]).toEqual(["own", 2]);
});

test("entering the demo twice changes nothing the second time", async () => {
  const { open, done } = opener();
  const app = await App.open(open);
  await Promise.all([app.enterDemo(), app.enterDemo()]);
  expect(done.filter((what) => what === "open demo")).toHaveLength(1);
});

test("who asks while libraries are exchanged gets the new one", async () => {
  const { open } = opener();
  const app = await App.open(open);
  const entering = app.enterDemo();
  await Promise.resolve();
  const asked = app.appData();
  await entering;
  await expect(asked).resolves.toBe("/demo");
});

test("a demo that cannot be opened leads back to the user's own library", async () => {
  const { open, done, broken } = opener();
  broken.add("demo");
  const app = await App.open(open);
  const heard: string[] = [];
  app.connect({ send: (event) => void heard.push(event) });
  await expect(app.enterDemo()).rejects.toThrow("No demo");
  expect(done.slice(2, 5)).toEqual(["close own", "open demo", "open own"]);
  expect([app.kind, await app.appData(), heard]).toEqual(["own", "/own", ["engineChanged"]]);
});

test("an app without any library says why, and can still be led to one", async () => {
  const { open, broken } = opener();
  const app = await App.open(open, "demo");
  broken.add("own").add("demo");
  await expect(app.leaveDemo()).rejects.toThrow("No own");
  await expect(app.engine()).rejects.toThrow("No demo");
  broken.clear();
  await app.leaveDemo();
  await expect(app.appData()).resolves.toBe("/own");
});

test("all front ends hear all events until they leave", async () => {
  const { open, emits } = opener();
  const app = await App.open(open);
  const heard: string[] = [];
  const leave = app.connect({ send: (event) => void heard.push(`a ${event}`) });
  app.connect({ send: (event) => void heard.push(`b ${event}`) });
  emits[0]?.("libraryChanged", {});
  leave();
  emits[0]?.("queueChanged", {});
  expect(heard).toEqual(["a libraryChanged", "b libraryChanged", "b queueChanged"]);
});

test("every library that is opened tells where the app listens", async () => {
  const { open, done } = opener();
  const app = await App.open(open);
  await app.listensOn(4711);
  await app.enterDemo();
  expect(done.filter((what) => what === "port 4711")).toHaveLength(2);
});

test("an app that listens has the library read before anybody asks, whatever comes of it", async () => {
  const { open, done } = opener({
    library: {
      readAhead: () => {
        done.push("read ahead");
        return Promise.reject(new SyncError("bug", "The database is closed"));
      },
    },
  });
  const app = await App.open(open);
  await app.listensOn(4711);
  expect(done.slice(2)).toEqual(["port 4711", "read ahead"]);
});

test("a fault goes to the log of the library that is open, and nowhere where there is none", async () => {
  const faults: unknown[] = [];
  const { open, broken } = opener({ logFault: (...fault) => void faults.push(fault) });
  const app = await App.open(open);
  app.onFault("engine.status", "boom");
  await app.engine();
  expect(faults).toEqual([["engine.status", "boom"]]);
  broken.add("own").add("demo");
  await expect(app.enterDemo()).rejects.toThrow("No demo");
  app.onFault("engine.status", "boom");
  await expect(app.engine()).rejects.toThrow("No own");
  expect(faults).toHaveLength(1);
});

test("closing waits for an exchange, closes what is open, and nothing is opened after it", async () => {
  const { open, done } = opener();
  const app = await App.open(open);
  const entering = app.enterDemo();
  await Promise.all([entering, app.close(), app.close()]);
  expect(done.slice(2)).toEqual(["close own", "open demo", "close demo"]);
  await expect(app.engine()).rejects.toMatchObject({ kind: "cancelled" });
  await expect(app.leaveDemo()).rejects.toMatchObject({ kind: "cancelled" });
});
