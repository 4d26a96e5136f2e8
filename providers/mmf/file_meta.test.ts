import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";

import { RESULTS } from "../../extensions/sync-engine/plugins/messages.ts";
import { writeRef } from "./asset_ref.ts";
import { fileMeta } from "./file_meta.ts";
import { FakeHost, FakeHostError, fixture, html, json, redirect } from "./testing/fake_host.ts";

const V2 = "/api/v2/objects/200";
const OWN = "/api/data-library/myObjects/object-200/downloadables";
const ASSET = { id: "object-200", ref: writeRef({ number: "200", updatedAt: null }) };
/** Longer than anything that the core lets through. */
const HUGE = fc.constantFrom(
  "a".repeat(20_000),
  `/download/200?downloadfile=${"b".repeat(20_000)}`,
);
const UNLINKED = { id: 1, filename: "a.stl", size: 5, download_url: null };

test("fileMeta() needs one call for a model with parts", async () => {
  const host = new FakeHost({ "/api/v2/objects/26231": json(fixture("object_parts")) });
  const detail = await fileMeta(host, { id: "object-26231", ref: "" });
  expect(host.asked).toEqual(["/api/v2/objects/26231"]);
  expect(detail).toMatchObject({
    description: "One coin.\n\nTwo sides & an edge.",
    license: "Creative Commons - Attribution - Noncommercial - ShareAlike",
    availability: "public",
  });
  expect(detail.files.map(({ id, name, size }) => [id, name, size])).toEqual([
    ["file-64938", "coin.stl", 5084],
    ["file-64939", "stand.stl", 1200],
    ["image-157187", "front.jpg", null],
    ["image-157188", "the back's side.JPG", null],
  ]);
  expect(detail.quarantined.map(({ item }) => item)).toEqual(["image-9", "image-10"]);
});

test("fileMeta() takes the creator's archives and not the site's zip", async () => {
  const host = new FakeHost({ "/api/v2/objects/802018": json(fixture("object_archives")) });
  const { files } = await fileMeta(host, { id: "object-802018", ref: "" });
  expect(files.map(({ id, name, size, ref }) => [id, name, size, ref])).toEqual([
    [
      "archive-33",
      "Castle.zip",
      52439309,
      "https://www.myminifactory.com/download/802018?archive_id=33",
    ],
    [
      "archive-34",
      "Castle.zip",
      3951369913,
      "https://www.myminifactory.com/download/802018?archive_id=34",
    ],
    ["archive-35", "Guide.pdf", 777, "https://www.myminifactory.com/download/802018?archive_id=35"],
  ]);
});

test("fileMeta() asks nothing for a bundle", async () => {
  const host = new FakeHost({});
  expect(await fileMeta(host, { id: "bundle-200", ref: "" })).toMatchObject({ files: [] });
  expect(host.asked).toEqual([]);
});

test("fileMeta() finds the files of a withdrawn model in the site library", async () => {
  const host = new FakeHost({ [OWN]: json(fixture("downloadables")) });
  const detail = await fileMeta(host, ASSET);
  expect(host.asked).toEqual([V2, OWN]);
  expect(detail).toMatchObject({ availability: "withdrawn", description: null });
  expect(detail.files).toMatchObject([
    {
      id: "archive-33",
      name: "model.zip",
      size: 300,
      ref: "https://www.myminifactory.com/download/200?archive_id=33",
    },
    { id: "file-2", name: "assembly.pdf", size: 20 },
  ]);
});

test("fileMeta() uses the model's own number where the row gave another", async () => {
  const host = new FakeHost({
    [OWN]: json({ parts: [{ id: 1, name: "a.stl" }] }),
  });
  const detail = await fileMeta(host, {
    id: "object-200",
    ref: writeRef({ number: "77", updatedAt: null }),
  });
  expect(host.asked).toEqual(["/api/v2/objects/77", OWN]);
  expect(detail.files[0]?.ref).toBe("https://www.myminifactory.com/download/77?downloadfile=a.stl");
});

test("fileMeta() fills in links from the site library", async () => {
  const host = new FakeHost({
    [V2]: json({ id: 200, description: "d", files: { total_count: 1, items: [UNLINKED] } }),
    [OWN]: json({ parts: [{ id: 1, name: "a.stl", size: 5 }] }),
  });
  expect(await fileMeta(host, ASSET)).toMatchObject({
    files: [{ id: "file-1" }],
    quarantined: [],
    description: "d",
    availability: "public",
  });
});

test("fileMeta() asks the site library for sizes alone where only those are missing", async () => {
  const link = "/download/200?downloadfile=a.stl";
  const files = [{ id: 1, filename: "a.stl", size: null, download_url: link }];
  const other = { id: 9, name: "all.zip", size: 9 };
  const host = new FakeHost({
    [V2]: json({ id: 200, files }),
    [OWN]: json({ archives: [other], parts: [{ id: 1, name: "a.stl", size: 5 }] }),
  });
  expect((await fileMeta(host, ASSET)).files).toMatchObject([{ id: "file-1", size: 5 }]);
  for (const answer of [html(), json({}, 403), json({}, 404)]) {
    host.set(OWN, answer);
    expect((await fileMeta(host, ASSET)).files).toMatchObject([{ id: "file-1", size: null }]);
  }
});

test("fileMeta() falls back on the site's zip and dates it by the model", async () => {
  const host = new FakeHost({
    [V2]: json({ id: 200, name: "A", files: [UNLINKED], archive_download_url: "/download/200" }),
    [OWN]: html(),
  });
  const detail = await fileMeta(host, {
    id: "object-200",
    ref: writeRef({ number: "200", updatedAt: "2026-01-02T00:00:00.000Z" }),
  });
  expect(detail.files).toMatchObject([
    { id: "object-200-zip", name: "A.zip", revision: "?@2026-01-02T00:00:00.000Z" },
  ]);
  expect(detail.quarantined).toEqual([]);
});

test("fileMeta() says which files cannot be had", async () => {
  const linked = { id: 2, filename: "b.stl", download_url: "/download/200?downloadfile=b.stl" };
  const foreign = { id: 3, filename: "c.stl", download_url: "https://elsewhere.example/c" };
  const host = new FakeHost({
    [V2]: json({ id: 200, files: [UNLINKED, linked, foreign, null] }),
    [OWN]: json({}, 403),
  });
  const detail = await fileMeta(host, ASSET);
  expect(detail.files).toMatchObject([{ id: "file-2" }]);
  expect(detail.quarantined.map(({ item }) => item)).toEqual(["a.stl", "c.stl", "file 4"]);
});

test("fileMeta() finds nothing wrong with a model without files", async () => {
  const empty = json({ id: 200, files: { total_count: 0, items: [] }, images: null });
  for (const own of [json({ archives: [], parts: [] }), json({}, 404), html()]) {
    const host = new FakeHost({ [V2]: empty, [OWN]: own });
    expect(await fileMeta(host, ASSET)).toMatchObject({ files: [], quarantined: [] });
  }
});

test("fileMeta() tells locked, gone and signed out apart", async () => {
  const noLinks = json({ id: 200, files: [UNLINKED] });
  const missing = json({}, 404);
  const cases = [
    [noLinks, json({}, 403), "locked"],
    [noLinks, json({}, 401), "locked"],
    [
      json({ id: 200, files: [UNLINKED], archive_download_url: "/download/200" }),
      json({}, 403),
      "locked",
    ],
    [missing, json({}, 403), "locked"],
    [missing, json({}, 404), "gone"],
    // A token: API v2 accepts it, the site library never does.
    [missing, html(), "locked"],
    [json({}, 401), json({}, 401), "needsAuth"],
    [redirect("/login"), html(), "needsAuth"],
    [json([]), json({}), "badResponse"],
    [missing, json([]), "badResponse"],
  ] as const;
  for (const [v2, own, code] of cases) {
    const host = new FakeHost({ [V2]: v2, [OWN]: own });
    await expect(fileMeta(host, ASSET)).rejects.toMatchObject({ code });
  }
});

test("fileMeta() reads all pages of a long file list", async () => {
  const items = Array.from({ length: 230 }, (_, index) => ({
    id: index,
    filename: `${index}.stl`,
    size: index,
    download_url: `/download/200?downloadfile=${index}.stl`,
  }));
  const pages = [1, 2, 3].map((page) =>
    [
      `${V2}/files?page=${page}&per_page=100`,
      json({ total_count: 230, items: items.slice((page - 1) * 100, page * 100) }),
    ] as const
  );
  const host = new FakeHost({
    [V2]: json({ id: 200, files: { total_count: 230, items: items.slice(0, 30) } }),
    ...Object.fromEntries(pages),
  });
  expect((await fileMeta(host, ASSET)).files).toHaveLength(230);
  expect(host.asked).toHaveLength(4);
});

test("fileMeta() ends when pages repeat themselves, and says what is missing", async () => {
  const item = { id: 1, filename: "a.stl", download_url: "/download/200?downloadfile=a.stl" };
  const files = { total_count: 900, items: [item] };
  const host = new FakeHost({ [V2]: json({ id: 200, files }), [OWN]: json({}, 403) });
  for (let page = 1; page < 10; page++) {
    host.set(`${V2}/files?page=${page}&per_page=100`, json(files));
  }
  const detail = await fileMeta(host, ASSET);
  expect(host.asked).toHaveLength(4);
  expect(detail.files).toHaveLength(1);
  expect(detail.quarantined).toMatchObject([{ item: "899 files" }]);
});

test("fileMeta() gives parts that share a name one address each", async () => {
  const parts = [{ id: 1, name: "a.stl" }, { id: 2, name: "a.stl" }, { name: "b.stl" }, {}];
  const host = new FakeHost({ [OWN]: json({ archives: [7], parts }) });
  const detail = await fileMeta(host, ASSET);
  expect(detail.files.map((file) => [file.id, new URL(file.ref).search])).toEqual([
    ["file-1", "?downloadfile=1"],
    ["file-2", "?downloadfile=2"],
    [expect.stringMatching(/^file-x\w+$/), "?downloadfile=b.stl"],
  ]);
  expect(detail.quarantined.map(({ item }) => item)).toEqual(["archive 1", "part 4"]);
});

test("fileMeta() gives linked parts that share a name one address each", async () => {
  const part = { filename: "a.stl", download_url: "/download/200?downloadfile=a.stl" };
  const files = [{ ...part, id: 1 }, { ...part, id: 2 }];
  const detail = await fileMeta(new FakeHost({ [V2]: json({ id: 200, files }) }), ASSET);
  expect(detail.files.map((file) => new URL(file.ref).search))
    .toEqual(["?downloadfile=1", "?downloadfile=2"]);
});

test("fileMeta() keeps the revisions of a model that is withdrawn", async () => {
  const host = new FakeHost({
    [V2]: json({
      id: 200,
      files: [{
        id: 1,
        filename: "a.stl",
        size: "5",
        download_url: "/download/200?downloadfile=a.stl",
      }],
    }),
    [OWN]: json({ parts: [{ id: 1, name: "a.stl", size: 5, updatedAt: "2026-01-01T00:00:00Z" }] }),
  });
  const before = await fileMeta(host, ASSET);
  host.set(V2, json({}, 404));
  const after = await fileMeta(host, ASSET);
  expect(after.availability).toBe("withdrawn");
  expect(after.files.map(({ id, revision }) => [id, revision]))
    .toEqual(before.files.map(({ id, revision }) => [id, revision]));
});

test("fileMeta() takes archives with ids that are no numbers", async () => {
  const host = new FakeHost({ [OWN]: json({ archives: [{ id: "a/b", name: "a.zip" }] }) });
  const { files } = await fileMeta(host, ASSET);
  expect(files).toMatchObject([{ id: expect.stringMatching(/^archive-x\w+$/), name: "a.zip" }]);
  expect(files[0]?.ref).toContain("?archive_id=a%2Fb");
});

test("fileMeta() answers any JSON with files, quarantine or an error of the host", async () => {
  const value = fc.oneof(fc.jsonValue(), HUGE);
  const item = fc.oneof(
    value,
    fc.record({
      id: value,
      filename: value,
      name: value,
      size: value,
      download_url: fc.oneof(value, fc.webUrl()),
    }),
  );
  const items = fc.array(item, { maxLength: 4 });
  const v2 = fc.oneof(
    value,
    fc.record({ id: value, files: fc.record({ total_count: value, items }), images: items }),
  );
  const own = fc.oneof(value, fc.record({ archives: items, parts: items }));
  await fc.assert(fc.asyncProperty(v2, own, async (first, second) => {
    const host = new FakeHost({ [V2]: json(first), [OWN]: json(second) });
    try {
      const detail = await fileMeta(host, ASSET);
      const { files } = detail;
      expect(v.safeParse(RESULTS.fileMeta, detail).issues).toBeUndefined();
      expect(new Set(files.map(({ id }) => id)).size).toBe(files.length);
    } catch (error) {
      if (!(error instanceof FakeHostError)) throw error;
    }
  }));
});
