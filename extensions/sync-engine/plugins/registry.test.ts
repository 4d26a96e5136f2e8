import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDiskFs } from "../platform/fs.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import { createRegistry, type RegistryOptions } from "./registry.ts";

let dir = "";
beforeEach(() => void (dir = Deno.makeTempDirSync()));
afterEach(() => Deno.removeSync(dir, { recursive: true }));

const SOURCE = "export default {};";

function put(folder: string, id: string, changes: Record<string, string> = {}, source = SOURCE) {
  const path = join(dir, folder, id);
  Deno.mkdirSync(path, { recursive: true });
  const fields = {
    id: `"${id}"`,
    name: '"A site"',
    version: '"1.2.3"',
    api_version: "1",
    entry: '"provider.js"',
    hosts: '["www.example.com"]',
    ...changes,
  };
  const toml = Object.entries(fields).map(([key, value]) => `${key} = ${value}\n`).join("");
  Deno.writeTextFileSync(join(path, "provider.toml"), toml);
  if (source) Deno.writeTextFileSync(join(path, "provider.js"), source);
}

async function start(options: Partial<RegistryOptions> = {}) {
  const chosen = new Map<string, boolean>();
  const log = new MemoryLog();
  const registry = await createRegistry({
    builtinDir: join(dir, "builtin"),
    pluginsDir: join(dir, "plugins"),
    fs: createDiskFs(),
    settings: {
      get: (key) => chosen.get(key) ?? true,
      set: (key, value) => void chosen.set(key, value),
    },
    log,
    ...options,
  });
  return { registry, chosen, log };
}

const WINDOW = {
  import: '{ url = "https://www.example.com/list", ' +
    'window = { url = "https://www.example.com/login", script = "window.js" } }',
};

test("Registry.get() hands out the script of a window, but only of what comes with the app", async () => {
  put("builtin", "site", WINDOW);
  Deno.writeTextFileSync(join(dir, "builtin/site/window.js"), "work();");
  put("plugins", "a-site", WINDOW);
  Deno.writeTextFileSync(join(dir, "plugins/a-site/window.js"), "steal();");
  const { registry } = await start({ developerMode: true });
  expect(registry.get("site").windowScript).toBe("work();");
  expect(registry.get("a-site").windowScript).toBeNull();
});

test("a built-in plugin without the script that it names is invalid", async () => {
  put("builtin", "site", WINDOW);
  const { registry } = await start();
  expect(registry.list()).toMatchObject([{ state: "invalid", reason: "window.js is not there" }]);
});

test("createRegistry() finds nothing where nothing is", async () => {
  expect((await start()).registry.list()).toEqual([]);
});

test("Registry.list() tells built-in from unsigned, by id, and leaves other folders out", async () => {
  put("plugins", "a-site");
  put("builtin", "site");
  Deno.mkdirSync(join(dir, "builtin", "sdk"));
  Deno.writeTextFileSync(join(dir, "plugins", "readme.txt"), "");
  expect((await start()).registry.list()).toEqual([
    {
      id: "a-site",
      name: "A site",
      version: "1.2.3",
      state: "unsigned",
      reason: null,
      enabled: true,
      hosts: ["www.example.com"],
      permissions: ["Reach www.example.com", "No files, no programs"],
    },
    expect.objectContaining({ id: "site", state: "built-in" }),
  ]);
});

test("Registry.get() gives the manifest and the source of a built-in plugin", async () => {
  put("builtin", "site");
  const { manifest, source } = (await start()).registry.get("site");
  expect(manifest.id).toBe("site");
  expect(source).toBe(SOURCE);
});

test("Registry.get() gives an unsigned plugin in developer mode only", async () => {
  put("plugins", "site");
  const careful = await start();
  expect(() => careful.registry.get("site")).toThrow("is not signed: switch on the developer mode");
  expect((await start({ developerMode: true })).registry.get("site").source).toBe(SOURCE);
});

test("Registry.get() refuses an unknown id", async () => {
  const { registry } = await start();
  expect(() => registry.get("site")).toThrow(
    expect.objectContaining({ failure: { kind: "badInput" } }),
  );
  expect(() => registry.setEnabled("site", true)).toThrow('There is no plugin "site"');
});

test.each<[string, () => void]>([
  ['Its id is "other", but its folder', () => put("plugins", "site", { id: '"other"' })],
  ["made for version 2", () => put("plugins", "site", { api_version: "2" })],
  ["version: ", () => put("plugins", "site", { version: '"1"' })],
  ["provider.js is not there", () => put("plugins", "site", {}, "")],
  ["must not import anything", () => put("plugins", "site", {}, 'import "./x.js";')],
])("Registry.list() says why a plugin is invalid: %s", async (reason, prepare) => {
  prepare();
  const { registry, log } = await start({ developerMode: true });
  expect(registry.list()).toMatchObject([
    { id: "site", state: "invalid", reason: expect.stringContaining(reason) },
  ]);
  expect(() => registry.get("site")).toThrow(reason);
  expect(log.messages("warn")).toEqual(["Plugin is invalid"]);
});

test("createRegistry() does not let a plugin take the place of a built-in one", async () => {
  put("builtin", "site");
  put("plugins", "site", {}, "export default { evil: true };");
  const { registry, log } = await start({ developerMode: true });
  expect(registry.list()).toMatchObject([{ id: "site", state: "built-in" }]);
  expect(registry.get("site").source).toBe(SOURCE);
  expect(log.messages("warn")).toEqual(["Plugin left out"]);
});

test("Registry.setEnabled() is remembered by the settings", async () => {
  put("builtin", "site");
  const { registry, chosen } = await start();
  registry.setEnabled("site", false);
  expect(registry.list()).toMatchObject([{ enabled: false }]);
  expect([...chosen]).toEqual([["plugins.site.enabled", false]]);
});
