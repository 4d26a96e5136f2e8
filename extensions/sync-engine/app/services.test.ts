import { expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { createServices, type ServicesOptions } from "./services.ts";

/** Services of a Linux desktop, and the programs that they started. */
async function services(options: Partial<ServicesOptions> = {}) {
  const started: string[] = [];
  const run: ServicesOptions["run"] = ([program]) => {
    started.push(program);
    return Promise.resolve({ code: 0, stdout: "" });
  };
  const made = await createServices({
    version: "1.2.3",
    os: "linux",
    fs: new MemoryFs(),
    clock: new FakeClock(),
    run,
    launch: run,
    env: (name) => name === "DISPLAY" ? ":0" : undefined,
    home: "/home/somebody",
    platform: {},
    isLocal: true,
    launchCommand: null,
    shutdown() {},
    ...options,
  });
  return { made, started };
}

test("links are opened where the user sits", async () => {
  const { made, started } = await services();
  expect(made.canReveal).toBe(true);
  await made.openLink("https://www.myminifactory.com/");
  expect(started).toEqual(["xdg-open"]);
});

test.each<[string, Partial<ServicesOptions>]>([
  ["for people elsewhere", { isLocal: false }],
  ["on a computer without a screen", { env: () => undefined }],
])("nothing is opened %s", async (_, options) => {
  const { made, started } = await services(options);
  expect(made.canReveal).toBe(false);
  await expect(made.openLink("https://www.myminifactory.com/")).rejects.toMatchObject({
    kind: "badInput",
  });
  await expect(made.reveal("/home/somebody")).rejects.toMatchObject({ kind: "badInput" });
  expect(started).toEqual([]);
});

test("the app starts at sign-in only where it can be started by itself", async () => {
  expect((await services()).made.canAutoLaunch).toBe(false);
  const { made } = await services({ launchCommand: ["/opt/mmfsync/mmfsync"] });
  expect(made.canAutoLaunch).toBe(true);
});
