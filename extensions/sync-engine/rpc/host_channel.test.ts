import { afterEach, expect, test } from "vitest";
import { parseConfig } from "../../../tests/neutralino-host/config.ts";
import { connectTo } from "../../../tests/neutralino-host/clients.ts";
import { type Host, startHost } from "../../../tests/neutralino-host/host.ts";
import { connectHost } from "./host_channel.ts";
import type { Introduction } from "./introduction.ts";

const ID = "mmfsync.engine";
const config = parseConfig(
  Deno.readTextFileSync(new URL("../../../neutralino.config.json", import.meta.url)),
);
const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host[Symbol.asyncDispose]();
});

async function start(): Promise<Host> {
  const host = await startHost({
    path: "/nowhere",
    config: { ...config, extensions: [{ id: ID }] },
    onExit: () => host[Symbol.asyncDispose](),
  });
  hosts.push(host);
  return host;
}

function introductionTo({ port, tokens }: Host, change: Partial<Introduction> = {}): Introduction {
  return {
    nlPort: String(port),
    nlToken: tokens.access,
    nlConnectToken: tokens.connect,
    nlExtensionId: ID,
    ...change,
  };
}

test("connectHost() calls what the host's allow list permits", async () => {
  const host = await start();
  using _page = await connectTo(host);
  const channel = await connectHost(introductionTo(host), () => {});
  expect(host.window.visible).toBe(false);
  await channel.call("window.show");
  await channel.call("window.unminimize");
  await channel.call("window.focus");
  expect(host.window).toMatchObject({ visible: true, focused: 1 });
});

test("connectHost() hears pages and speaks to them", async () => {
  const host = await start();
  using page = await connectTo(host);
  const heard = Promise.withResolvers<unknown>();
  const channel = await connectHost(introductionTo(host), (event, data) => {
    if (event === "hello") heard.resolve(data);
  });
  await page.call("extensions.dispatch", { extensionId: ID, event: "hello", data: { nonce: "n" } });
  expect(await heard.promise).toEqual({ nonce: "n" });
  await channel.call("app.broadcast", { event: "welcome", data: { nonce: "n" } });
  expect(await page.event("welcome")).toEqual({ nonce: "n" });
});

test("connectHost() fails when the host is gone or does not know the extension", async () => {
  const host = await start();
  await expect(connectHost(introductionTo(host, { nlExtensionId: "other" }), () => {}))
    .rejects.toMatchObject({ kind: "cancelled" });
  await expect(connectHost(introductionTo(host, { nlPort: "1" }), () => {}))
    .rejects.toMatchObject({ kind: "cancelled" });
});

test("a call that the host refuses fails", async () => {
  const host = await start();
  const channel = await connectHost(introductionTo(host, { nlToken: "wrong" }), () => {});
  await expect(channel.call("window.show")).rejects.toMatchObject({ kind: "bug" });
});

test("calls under way fail when the host goes, and later ones too", async () => {
  const host = await start();
  using _page = await connectTo(host);
  const channel = await connectHost(introductionTo(host), () => {});
  // The host does not answer an exit: it ends.
  const exit = channel.call("app.exit");
  await expect(exit).rejects.toMatchObject({ kind: "cancelled" });
  await channel.closed;
  await expect(channel.call("window.show")).rejects.toMatchObject({ kind: "cancelled" });
});
