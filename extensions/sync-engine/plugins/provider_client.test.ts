import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import type { Clock } from "../platform/ports.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import { parseManifest } from "./manifest.ts";
import { createProviderClient, type ProviderClient } from "./provider_client.ts";

const MANIFEST = parseManifest(`
id = "site"
name = "A site"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com", "dl.example.com"]
`);

const open: ProviderClient[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

function start(
  methods: string,
  clock: Clock = systemClock,
  namedReleases: () => readonly string[] = () => [],
) {
  const client = createProviderClient({
    manifest: MANIFEST,
    source: `let calls = 0; export default { ${methods} };`,
    runtime: {
      deno: Deno.execPath(),
      childPath: fileURLToPath(new URL("./sandbox_child.ts", import.meta.url)),
    },
    http: {
      send: ({ url }) =>
        Promise.resolve({ status: 200, headers: new Headers(), body: new Response(url).body }),
    },
    credentials: { get: () => Promise.resolve(null), renew: () => Promise.resolve(false) },
    clock,
    random: { next: () => 0 },
    log: new MemoryLog(),
    namedReleases,
  });
  open.push(client);
  return client;
}

const json = (value: unknown) => JSON.stringify(value);

const ASSET = {
  id: "object-1",
  title: "Dragon",
  creator: null,
  updatedAt: "2026-01-01T00:00:00Z",
  thumbUrl: null,
  url: "https://www.example.com/1",
  tags: ["a"],
  sources: [],
  releases: [],
  revision: "1",
  ref: "",
};
const PAGE = {
  seen: 3,
  assets: [ASSET],
  merged: 1,
  quarantined: [{ item: "2", reason: "no id" }],
  next: null,
};
const FILE = {
  id: "file-1",
  kind: "model",
  name: "a.zip",
  size: 1,
  revision: "1",
  sha256: null,
  ref: "",
};
const DETAIL = {
  files: [FILE],
  quarantined: [],
  description: null,
  license: null,
  availability: "public",
};

test("ProviderClient hands over parameters and gives back checked results", async () => {
  const client = start(
    `authenticate: async (host) => ({ id: "1", name: (await host.request({ url: "https://www.example.com/me" })).body, extra: 1 }),
     libraryPage: async (host, cursor) => ({ ...${json(PAGE)}, next: cursor }),
     fileMeta: async (host, { id, ref }) => ({ ...${json(DETAIL)}, description: id + ref }),
     downloadUrl: async (host, { id, ref }) => ({ url: "https://dl.example.com/" + id + ref, expiresAt: 5 })`,
  );
  expect(await client.authenticate()).toEqual({ id: "1", name: "https://www.example.com/me" });
  expect(await client.libraryPage("p2")).toEqual({ ...PAGE, next: "p2" });
  expect(await client.libraryPage(null)).toEqual(PAGE);
  expect(await client.fileMeta({ id: "object-1", ref: "r" })).toEqual({
    ...DETAIL,
    description: "object-1r",
  });
  expect(await client.downloadUrl({ id: "file-1", ref: "r" })).toEqual({
    url: "https://dl.example.com/file-1r",
    expiresAt: 5,
  });
});

test("ProviderClient lets a plugin read a saved list, and nothing of the site meanwhile", async () => {
  const client = start(
    `importLibrary: async (host, documents, cursor) => {
       if (cursor === "ask") await host.request({ url: "https://www.example.com/me" });
       if (cursor === "wrong") throw host.error("badInput", "Save the list");
       return { ...${json(PAGE)}, releases: [{ id: "r", kind: "bundle", label: documents[0].text,
         isNamed: true, owner: null, month: null }] };
     }`,
  );
  const saved = { name: "a.json", url: null, text: "Winter Set" };
  expect(await client.importLibrary([saved], null))
    .toMatchObject({ seen: 3, releases: [{ label: "Winter Set" }] });
  await expect(client.importLibrary([saved], "ask")).rejects.toMatchObject({ kind: "bug" });
  await expect(client.importLibrary([saved], "wrong"))
    .rejects.toMatchObject({ kind: "badInput", message: "Save the list" });
});

test.each<[string, unknown, string]>([
  ["libraryPage", { ...PAGE, seen: 4 }, "The site listed 4 items, but 1 assets, 1 merged and 1"],
  ["libraryPage", { ...PAGE, assets: [{ ...ASSET, id: "../1" }] }, "assets.0.id"],
  ["libraryPage", { ...PAGE, assets: [{ ...ASSET, id: "object-../../1" }] }, "assets.0.id"],
  ["libraryPage", { ...PAGE, assets: [{ ...ASSET, title: "x".repeat(2001) }] }, "assets.0.title"],
  ["libraryPage", { ...PAGE, assets: [{ ...ASSET, url: "javascript:1" }] }, "assets.0.url"],
  ["libraryPage", { ...PAGE, assets: [{ ...ASSET, thumbUrl: "file:///x" }] }, "assets.0.thumbUrl"],
  ["libraryPage", { ...PAGE, assets: [{ ...ASSET, updatedAt: "soon" }] }, "assets.0.updatedAt"],
  ["libraryPage", { ...PAGE, assets: [{ ...ASSET, tags: Array(501).fill("a") }] }, "assets.0.tags"],
  ["libraryPage", { ...PAGE, merged: -1 }, "merged"],
  ["fileMeta", { ...DETAIL, files: [{ ...FILE, size: -1 }] }, "files.0.size"],
  ["fileMeta", { ...DETAIL, files: [{ ...FILE, size: 1.5 }] }, "files.0.size"],
  ["fileMeta", { ...DETAIL, files: [{ ...FILE, kind: "virus" }] }, "files.0.kind"],
  ["fileMeta", { ...DETAIL, files: [{ ...FILE, sha256: "ABC" }] }, "files.0.sha256"],
  ["fileMeta", null, "answer"],
  ["fileMeta", [], "answer"],
])("ProviderClient refuses what %s answers: %#", async (method, answer, words) => {
  const client = start(`${method}: async () => (${json(answer)})`);
  const ref = { id: "object-1", ref: "" };
  const call = method === "fileMeta" ? client.fileMeta(ref) : client.libraryPage(null);
  await expect(call).rejects.toMatchObject({
    kind: "bug",
    message: expect.stringContaining(words),
  });
});

test.each(["https://evil.test/", "https://dl.example.com:444/", "https://u@dl.example.com/"])(
  "ProviderClient.downloadUrl() refuses an address on %s",
  async (url) => {
    const client = start(`downloadUrl: async () => (${json({ url, expiresAt: null })})`);
    await expect(client.downloadUrl({ id: "file-1", ref: "" })).rejects.toMatchObject({
      kind: "permission",
    });
  },
);

test.each([
  "{}",
  "null",
  "{ url: 'https://www.example.com/', method: 'DELETE' }",
  "{ url: 'https://www.example.com/', headers: { a: 1 } }",
  "{ url: 'https://www.example.com/', body: 'x'.repeat(2 ** 20 + 1) }",
])("ProviderClient refuses the malformed request %s", async (request) => {
  const client = start(`authenticate: (host) => host.request(${request})`);
  await expect(client.authenticate()).rejects.toMatchObject({ kind: "badInput" });
});

test("ProviderClient starts the plugin anew after it crashed", async () => {
  const client = start(
    `authenticate: async () => ({ id: "1", name: String(++calls) }),
     libraryPage: () => new Promise(() => { setTimeout(() => { throw new Error("Oh no"); }) })`,
  );
  expect((await client.authenticate()).name).toBe("1");
  await expect(client.libraryPage(null)).rejects.toMatchObject({
    kind: "bug",
    message: expect.stringMatching(/plugin "site" was stopped: it crashed .*Oh no/),
  });
  expect((await client.authenticate()).name).toBe("1");
});

test("ProviderClient ends an idle plugin, and starts it again when needed", async () => {
  const clock = new FakeClock();
  const client = start(`authenticate: async () => ({ id: "1", name: String(++calls) })`, clock);
  expect((await client.authenticate()).name).toBe("1");
  await clock.advance(50_000);
  expect((await client.authenticate()).name).toBe("2");
  await clock.advance(50_000);
  expect((await client.authenticate()).name).toBe("3");
  await clock.advance(61_000);
  expect((await client.authenticate()).name).toBe("1");
});

test("ProviderClient keeps silent when the plugin says that the site asks for it", async () => {
  const client = start(
    `authenticate: async (host) => { throw host.error("throttled", "Slow down"); },
     libraryPage: (host) => host.request({ url: "https://www.example.com/" })`,
  );
  await expect(client.authenticate()).rejects.toMatchObject({
    failure: { kind: "throttled", after: 300_000 },
    message: "Slow down",
  });
  await expect(client.libraryPage(null)).rejects.toMatchObject({ kind: "throttled" });
});

test("ProviderClient keeps silent about download addresses alone when only these are limited", async () => {
  const client = start(
    `downloadUrl: async (host, { id }) => {
       if (id === "page") return { url: (await host.request({ url: "https://www.example.com/" })).body, expiresAt: null };
       throw host.error("challenged", "A check");
     },
     libraryPage: async (host) => {
       await host.request({ url: "https://www.example.com/" });
       return ${json(PAGE)};
     }`,
  );
  await expect(client.downloadUrl({ id: "file", ref: "" })).rejects.toMatchObject({
    failure: { kind: "challenged", after: 1_800_000 },
  });
  await expect(client.downloadUrl({ id: "page", ref: "" })).rejects.toMatchObject({
    message: "A site asked for a pause",
  });
  expect(await client.libraryPage(null)).toEqual(PAGE);
});

test("ProviderClient tells with each page which releases have their names", async () => {
  const client = start(
    `libraryPage: async (host, cursor, named) => ({ ...${json(PAGE)}, next: named.join() })`,
    systemClock,
    () => ["may", "june"],
  );
  expect(await client.libraryPage(null)).toEqual({ ...PAGE, next: "may,june" });
});

test("createProviderClient() refuses a module that imports", () => {
  expect(() => start("x: () => import('x')")).toThrow("must not import anything");
});

test("ProviderClient.close() is final", async () => {
  const client = start("");
  await client.close();
  await expect(client.authenticate()).rejects.toMatchObject({ kind: "bug" });
});
