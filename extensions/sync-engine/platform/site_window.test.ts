import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostWindows, windowCommand, windowConfig } from "./site_window.ts";

const CONTENT = { url: "https://www.example.com/login", title: "A site", script: "secret();" };

let dir = "";
beforeEach(() => void (dir = Deno.makeTempDirSync({ prefix: "mmfsync-site-" })));
afterEach(() => Deno.removeSync(dir, { recursive: true }));

/** A program that notes what it was started with, and then does as told. */
function program(then: string): string {
  const path = join(dir, "host");
  const script = `#!/bin/sh
printf '%s\\n' "$@" > '${dir}/args'
folder=\${1#--path=}
cp "$folder/neutralino.config.json" "$folder/site_window.js" '${dir}'
stat -c '%a' "$folder" "$folder/site_window.js" > '${dir}/modes'
printf '%s' "$folder" > '${dir}/folder'
${then}
`;
  Deno.writeTextFileSync(path, script, { mode: 0o755 });
  return path;
}

/** Folder of the windows. */
const parent = () => join(dir, "site windows");

const read = (name: string) => Deno.readTextFileSync(join(dir, name));

test("a window's host has neither a server nor calls nor extensions, and tells the page nothing of itself", () => {
  expect(windowConfig(CONTENT)).toMatchObject({
    url: CONTENT.url,
    enableServer: false,
    enableNativeAPI: false,
    enableExtensions: false,
    exportAuthInfo: false,
    nativeAllowList: [],
    modes: { window: { injectGlobals: false, injectClientLibrary: false, enableInspector: false } },
  });
  // With such a list the other one would not count (auth/permission.cpp).
  expect(windowConfig(CONTENT)).not.toHaveProperty("nativeBlockList");
});

test("arguments name the window's folder only, and what the site leaves goes there too", () => {
  const { args, env } = windowCommand("/tmp/here");
  expect(args).toEqual(["--path=/tmp/here", "--res-mode=directory"]);
  expect(Object.values(env)).toEqual(Array(3).fill(join("/tmp/here", "data")));
});

test.runIf(Deno.build.os === "linux")(
  "script and address lie where only the user can read them, and are gone with the window",
  async () => {
    const windows = hostWindows(program("exit 0"), parent());
    const { closed } = await windows.open(CONTENT);
    await closed;
    expect(read("args")).not.toContain("example.com");
    expect(read("site_window.js")).toBe("secret();");
    expect(JSON.parse(read("neutralino.config.json"))).toMatchObject({ url: CONTENT.url });
    expect(read("modes")).toBe("700\n600\n");
    expect(() => Deno.statSync(read("folder"))).toThrow(Deno.errors.NotFound);
  },
);

test.runIf(Deno.build.os === "linux")("a window can be closed by the app", async () => {
  const window = await hostWindows(program("exec sleep 60"), parent()).open(CONTENT);
  window.close();
  window.close();
  await window.closed;
});

test.runIf(Deno.build.os === "linux")("a host that cannot show it is told as such", async () => {
  const window = await hostWindows(program("exit 1"), parent()).open(CONTENT);
  await expect(window.closed).rejects.toMatchObject({ kind: "permission" });
  await expect(hostWindows(join(dir, "none"), parent()).open(CONTENT)).rejects.toMatchObject({
    name: "SyncError",
  });
});

test("what a window left whose app ended suddenly is deleted, and nothing there is no fault", async () => {
  const windows = hostWindows("/host", parent());
  await windows.clear();
  Deno.mkdirSync(join(parent(), "abc/data"), { recursive: true });
  Deno.writeTextFileSync(join(parent(), "abc/data/cookies.sqlite"), "session");
  await windows.clear();
  expect(() => Deno.statSync(parent())).toThrow(Deno.errors.NotFound);
});

test("an address leads elsewhere only while a simulator stands in", () => {
  const url = new URL("https://www.example.com/login?x=1");
  expect(hostWindows("/host", parent()).actual(url).href).toBe(url.href);
  const { href } = hostWindows("/host", parent(), {
    "https://www.example.com": "http://127.0.0.1:1",
  })
    .actual(url);
  expect(href).toBe("http://127.0.0.1:1/login?x=1");
});
