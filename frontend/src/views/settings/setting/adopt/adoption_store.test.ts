import { createRoot } from "solid-js";
import { expect, test } from "vitest";
import type { EventName, Events } from "../../../../../../extensions/sync-engine/protocol.ts";
import type { Bridge } from "../../../../bridge/bridge.ts";
import { createAdoption } from "./adoption_store.ts";

/** A bridge that remembers what was asked; `tell` is the engine. */
function fakeBridge() {
  const asked: unknown[] = [];
  const hearers = new Map<string, (data: never) => void>();
  const bridge: Bridge = {
    call: (method, params) => {
      asked.push([method, params]);
      return new Promise(() => {});
    },
    on: (event, hear) => {
      hearers.set(event, hear);
      return () => hearers.delete(event);
    },
    state: () => "open",
    onState: () => () => {},
    close() {},
  };
  const tell = <E extends EventName>(event: E, data: Events[E]) =>
    hearers.get(event)?.(data as never);
  return { bridge, asked, tell, hearers };
}

const FILES = ["one", "two"].map((fileId) => ({ fileId, title: "", name: "", path: "" }));
const GROUP = { paths: ["/m/a", "/m/b"], size: 1, files: FILES };

test("createAdoption() lets a file of the library be only one of those on the disk", () => {
  createRoot((dispose) => {
    const { bridge, asked, tell } = fakeBridge();
    const adoption = createAdoption(bridge, () => {});
    adoption.run({ folder: "/m", how: "link", dryRun: false });
    tell("adoptAmbiguous", GROUP);
    tell("adoptAmbiguous", { ...GROUP, paths: ["/m/c"] });
    adoption.choose("/m/a", "one");
    adoption.choose("/m/b", "one");
    expect(adoption.choices()).toEqual([{ path: "/m/b", fileId: "one" }]);
    adoption.takeChosen();
    expect(asked.at(-1)).toEqual([
      "adoption.start",
      { folder: "/m", how: "link", choices: [{ path: "/m/b", fileId: "one" }] },
    ]);
    expect(adoption.unclear()).toHaveLength(1);
    expect(adoption.choices()).toEqual([]);
    dispose();
  });
});

test("createAdoption() hears nothing any more once it is disposed of", () => {
  const { bridge, hearers } = fakeBridge();
  createAdoption(bridge, () => {}).dispose();
  expect(hearers.size).toBe(0);
});
