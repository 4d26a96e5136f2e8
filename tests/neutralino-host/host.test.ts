import { afterAll, expect, test } from "vitest";
import { connectTo } from "./clients.ts";
import { type HostOptions, startHost } from "./host.ts";
import { ENGINE, writeApp } from "./small_app.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => Deno.removeSync(folder, { recursive: true })));

function start(config: Record<string, unknown> = {}, more: Partial<HostOptions> = {}) {
  const path = writeApp(config);
  folders.push(path);
  return startHost({ path, ...more });
}

test("calls that mean the window are lost before a page is there", async () => {
  const ends: number[] = [];
  await using host = await start({}, { onExit: (code) => void ends.push(code) });
  using engine = await connectTo(host, ENGINE);
  await engine.call("window.focus");
  engine.call("app.exit");
  await engine.call("extensions.getStats");
  expect([host.window.focused, ends]).toEqual([0, []]);
  using _page = await connectTo(host);
  await engine.call("window.focus");
  engine.call("app.exit", { code: 3 });
  await engine.call("extensions.getStats");
  expect([host.window.focused, ends]).toEqual([1, [3]]);
});

test("an open dialog holds up everything, files too", async () => {
  const chosen = Promise.withResolvers<string>();
  const opened = Promise.withResolvers<void>();
  await using host = await start({}, {
    folderDialog() {
      opened.resolve();
      return chosen.promise;
    },
  });
  using page = await connectTo(host);
  using other = await connectTo(host);
  const order: string[] = [];
  const dialog = page.call("os.showFolderDialog", { title: "Folder" });
  await opened.promise;
  const show = other.call("window.show").then(() => order.push("call"));
  const file = fetch(host.url).then(() => order.push("file"));
  // Longer than either takes when nothing is in the way.
  await new Promise((resolve) => setTimeout(resolve, 50));
  order.push("chosen");
  chosen.resolve("/models");
  expect(await dialog).toEqual({ success: true, returnValue: "/models" });
  await Promise.all([show, file]);
  expect(order[0]).toBe("chosen");
  expect(order).toHaveLength(3);
});

test("a notification goes to the system, and needs a title and a text", async () => {
  const shown: string[][] = [];
  const onNotification = (...words: string[]) => void shown.push(words);
  await using host = await start({}, { onNotification });
  using page = await connectTo(host);
  const words = { title: "Sync finished", content: "3 files downloaded", icon: "INFO" };
  expect(await page.call("os.showNotification", words)).toEqual({ success: true });
  expect(await page.call("os.showNotification", { title: "x" })).toHaveProperty("error");
  expect(shown).toEqual([["Sync finished", "3 files downloaded"]]);
});

test("closing the window is an event, or the end", async () => {
  const ends: number[] = [];
  const onExit = (code: number) => void ends.push(code);
  const kept = { modes: { window: { exitProcessOnClose: false } } };
  await using asking = await start(kept, { onExit });
  using page = await connectTo(asking);
  asking.closeWindow();
  expect(await page.event("windowClose")).toBeNull();
  expect(ends).toEqual([]);
  await using plain = await start({}, { onExit });
  plain.closeWindow();
  expect(ends).toEqual([0]);
});
