import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { readSidecar } from "../../files/sidecar.ts";
import { SyncError } from "../../platform/errors.ts";
import { content, makeWorld, ROOT, type World } from "../testing/world.ts";
import { adopt, type AdoptOptions, type AdoptTally } from "./adopt.ts";

const MINE = "/home/ann/models";

async function put(world: World, path: string, bytes: Uint8Array): Promise<string> {
  const at = path.startsWith("/") ? path : `${MINE}/${path}`;
  await world.fs.mkdir(at.slice(0, at.lastIndexOf("/")));
  const file = await world.fs.open(at, { write: true });
  await file.write(bytes, 0);
  file.close();
  return at;
}

interface Result {
  readonly tally: AdoptTally;
  /** `<path> as <file id>, by <way>` */
  readonly adopted: readonly string[];
  readonly unclear: readonly {
    readonly paths: readonly string[];
    readonly ids: readonly string[];
  }[];
  readonly failed: readonly string[];
}

async function run(world: World, options: Partial<AdoptOptions> = {}): Promise<Result> {
  const adopted: string[] = [];
  const unclear: { paths: string[]; ids: string[] }[] = [];
  const failed: string[] = [];
  await world.fs.mkdir(MINE);
  const tally = await adopt(world.ports, {
    folder: MINE,
    how: "copy",
    dryRun: false,
    signal: new AbortController().signal,
    hear: {
      progress() {},
      adopted: ({ owned, fileId, by }) =>
        void adopted.push(`${owned.path.slice(MINE.length + 1)} as ${fileId}, by ${by}`),
      unclear: (owned, files) =>
        void unclear.push({
          paths: owned.map(({ path }) => path.slice(MINE.length + 1)),
          ids: files.map(({ id }) => id),
        }),
      failed: ({ path }) => void failed.push(path.slice(MINE.length + 1)),
    },
    ...options,
  });
  const { here, ambiguous, unknown, own } = tally;
  expect(tally.adopted + here + ambiguous + unknown + own + tally.failed).toBe(tally.looked);
  return { tally, adopted, unclear, failed };
}

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("adopt() takes over what has the size and the name, and says by what it was recognised", async () => {
  using world = makeWorld();
  const bytes = content(5_000);
  const [id = ""] = world.list(1, [
    { name: "Dragon: Body.stl", path: "mmf/Somebody/Model 1/files/Dragon_ Body.stl", bytes },
  ]);
  const mine = await put(world, "old/dragon_ body (1).STL", bytes);
  await put(world, "old/holiday.jpg", content(77));
  const { tally, adopted } = await run(world);
  expect(adopted).toEqual([`old/dragon_ body (1).STL as ${id}, by name`]);
  expect(tally).toMatchObject({ looked: 2, adopted: 1, bytes: 5_000, unknown: 1 });
  const file = world.store.files.get(id);
  expect(file).toMatchObject({
    sha256: sha(bytes),
    downloadedRevision: "1",
    downloadedSize: 5_000,
  });
  expect(world.disk().get(file?.path ?? "")).toEqual(bytes);
  expect(world.store.recognitions.get(id)).toBe("name");
  expect(world.store.jobs.get(id)).toBeNull();
  const sidecar = await readSidecar(world.fs, `${ROOT}/mmf/Somebody/Model 1/datapackage.json`);
  expect(sidecar).toMatchObject({ sidecar: { files: [{ sha256: sha(bytes) }] } });
  expect(await world.fs.stat(mine)).not.toBeNull();
});

test("adopt() knows by its hash what has another name, for each model that has it", async () => {
  using world = makeWorld();
  const bytes = content(900);
  const [one = ""] = world.list(1, [{ name: "a.stl", bytes, expectedSha256: sha(bytes) }]);
  const [two = ""] = world.list(2, [{ name: "b.stl", bytes, expectedSha256: sha(bytes) }]);
  await put(world, "renamed.bin", bytes);
  const { tally, adopted } = await run(world, { how: "move" });
  expect(adopted).toEqual([`renamed.bin as ${one}, by sha256`, `renamed.bin as ${two}, by sha256`]);
  expect(tally).toMatchObject({ looked: 1, adopted: 1, by: { sha256: 1 } });
  expect([...world.disk().values()].filter((found) => found.length === 900)).toHaveLength(2);
  expect(await world.fs.stat(`${MINE}/renamed.bin`)).toBeNull();
});

test("adopt() does not believe a name where the site announces another hash", async () => {
  using world = makeWorld();
  const [id = ""] = world.list(1, [
    { name: "a.stl", bytes: content(900), expectedSha256: "ab".repeat(32) },
  ]);
  await put(world, "a.stl", content(900));
  const { tally } = await run(world);
  expect(tally).toMatchObject({ adopted: 0, unknown: 1 });
  expect(world.store.files.get(id)?.sha256).toBeNull();
});

test("adopt() believes a sidecar whose hash is right, and not one that lies", async () => {
  using world = makeWorld();
  const bytes = content(400);
  const files = [{ name: "a.stl", bytes, size: null }, { name: "b.stl", bytes, size: null }];
  const [first = "", second = ""] = world.list(1, files);
  await put(world, "M/files/x.stl", bytes);
  await put(world, "M/files/y.stl", content(401));
  const of = (id: string, path: string) => ({
    id,
    kind: "model",
    name: path,
    path,
    sha256: sha(bytes),
    size: 400,
    validator: null,
    revision: "1",
    downloadedAt: null,
  });
  const text = JSON.stringify({
    mmfsync: {
      format: 1,
      provider: "mmf",
      assetId: "object-1",
      revision: "1",
      creator: null,
      license: null,
      files: [of("file-1", "files/x.stl"), of("file-2", "files/y.stl")],
    },
  });
  await put(world, "M/datapackage.json", new TextEncoder().encode(text));
  const { tally, adopted } = await run(world);
  expect(adopted).toEqual([`M/files/x.stl as ${first}, by sidecar`]);
  expect(tally).toMatchObject({ looked: 3, own: 1, unknown: 1 });
  expect(world.store.files.get(second)?.sha256).toBeNull();
});

test("adopt() leaves the choice to the user where several would do", async () => {
  using world = makeWorld();
  const bytes = content(300);
  const [one = ""] = world.list(1, [{ name: "base.stl", bytes }]);
  const [two = ""] = world.list(2, [{ name: "base.stl", bytes }]);
  const [three = ""] = world.list(3, [{ name: "tail.stl", bytes: content(200) }]);
  await put(world, "base.stl", bytes);
  await put(world, "a/tail.stl", content(200));
  await put(world, "b/tail.stl", content(200).map((byte) => byte ^ 1));
  const { tally, unclear, adopted } = await run(world);
  expect([adopted, tally.ambiguous]).toEqual([[], 3]);
  expect(unclear).toEqual([
    { paths: ["base.stl"], ids: [one, two] },
    { paths: ["a/tail.stl", "b/tail.stl"], ids: [three] },
  ]);
  const choices = [{ path: "b/tail.stl", fileId: three }, { path: "base.stl", fileId: two }];
  expect((await run(world, { choices })).tally.by.chosen).toBe(2);
  expect(world.store.recognitions.get(three)).toBe("chosen");
  expect(world.store.files.get(one)?.sha256).toBeNull();
  await expect(run(world, { choices: [{ path: "../../library/x", fileId: one }] })).rejects
    .toMatchObject({ kind: "badInput" });
});

test("adopt() takes one of several copies of the same file", async () => {
  using world = makeWorld();
  const bytes = content(300);
  world.list(1, [{ name: "base.stl", bytes }]);
  await put(world, "a/base.stl", bytes);
  await put(world, "b/base.stl", bytes);
  expect((await run(world)).tally).toMatchObject({ adopted: 1, here: 1, ambiguous: 0 });
});

test("adopt() changes nothing in a dry run", async () => {
  using world = makeWorld();
  const bytes = content(300);
  world.list(1, [{ name: "base.stl", bytes }]);
  await put(world, "base.stl", bytes);
  const before = world.fs.files();
  const { tally } = await run(world, { dryRun: true, how: "move" });
  expect(tally).toMatchObject({ adopted: 1, bytes: 300 });
  expect(world.fs.files()).toEqual(before);
  expect(world.store.assets.summary().filesHere).toBe(0);
});

test("adopt() looks into the library's own folder, and finds nothing to do the second time", async () => {
  using world = makeWorld();
  const bytes = content(300);
  const [id = ""] = world.list(1, [{ name: "base.stl", bytes }]);
  const path = world.store.files.get(id)?.path ?? "";
  await put(world, `${ROOT}/${path}`, bytes);
  expect((await run(world, { folder: ROOT, how: "move" })).tally.adopted).toBe(1);
  expect(world.disk().get(path)).toEqual(bytes);
  expect((await run(world, { folder: ROOT })).tally).toMatchObject({ adopted: 0, here: 1 });
});

test("adopt() moves by a second name, and copies where the disk knows none", async () => {
  for (const links of [true, false]) {
    using world = makeWorld();
    const bytes = content(300);
    const [id = ""] = world.list(1, [{ name: "base.stl", bytes }]);
    const mine = await put(world, "base.stl", bytes);
    let written = 0;
    world.fs.onOperation = ({ name, path }) => {
      if (name === "link" && !links) throw new SyncError("permission", "No links here");
      if (name === "file.write" && path.endsWith(".part")) written++;
    };
    expect((await run(world, { how: "move" })).tally.adopted).toBe(1);
    expect(written).toBe(links ? 0 : 1);
    expect(await world.fs.stat(mine)).toBeNull();
    expect(world.disk().get(world.store.files.get(id)?.path ?? "")).toEqual(bytes);
  }
});

test("adopt() goes on where it was stopped, whichever step that was at", async () => {
  using counting = makeWorld();
  const bytes = [content(300), content(301), content(302)];
  const setUp = async (world: World) => {
    world.list(1, bytes.map((one, n) => ({ name: `${n}.stl`, bytes: one })));
    for (const [n, one] of bytes.entries()) await put(world, `${n}.stl`, one);
  };
  await setUp(counting);
  let operations = 0;
  counting.fs.onOperation = () => void operations++;
  await run(counting, { how: "move" });
  for (let at = 1; at <= operations; at++) {
    using world = makeWorld();
    await setUp(world);
    let count = 0;
    world.fs.onOperation = () => {
      if (++count >= at) throw new SyncError("permission", "Killed");
    };
    await run(world, { how: "move" }).catch(() => {});
    world.fs.onOperation = undefined;
    await run(world, { how: "move" });
    expect(world.store.assets.summary()).toMatchObject({ files: 3, filesHere: 3 });
    for (const file of world.store.files.downloaded()) {
      expect(sha(world.disk().get(file.path) ?? new Uint8Array())).toBe(file.sha256);
    }
  }
});

test("adopt() stops within a file, and leaves nothing half done", async () => {
  using world = makeWorld();
  const bytes = content(3 * 1024 * 1024);
  world.list(1, [{ name: "base.stl", bytes }]);
  await put(world, "base.stl", bytes);
  const stop = new AbortController();
  world.fs.onOperation = ({ name, path }) => {
    if (name === "file.write" && path.endsWith(".part")) stop.abort();
  };
  await expect(run(world, { signal: stop.signal })).rejects.toThrow();
  expect([...world.disk().keys()].filter((path) => path.startsWith("mmf"))).toEqual([]);
});

test("adopt() ends when the disk is full, and passes over what it cannot read", async () => {
  using world = makeWorld();
  const bytes = content(300);
  world.list(1, [{ name: "a.stl", bytes }, { name: "b.stl", bytes: content(301) }]);
  await put(world, "a.stl", bytes);
  await put(world, "b.stl", content(301));
  world.fs.onOperation = ({ name, path }) => {
    if (name === "open" && path === `${MINE}/a.stl`) throw new SyncError("permission", "No");
  };
  expect((await run(world)).failed).toEqual(["a.stl"]);
  world.fs.onOperation = undefined;
  world.fs.capacity = world.fs.used + 100;
  await expect(run(world)).rejects.toMatchObject({ kind: "diskFull" });
});

test("adopt() reads nothing that a cloud drive keeps elsewhere", async () => {
  using world = makeWorld();
  const bytes = content(300);
  const [id = ""] = world.list(1, [{ name: "a.stl", bytes }]);
  world.list(2, [{ name: "b.stl", bytes: content(301), expectedSha256: sha(content(301)) }]);
  for (const [name, one] of [["a.stl", bytes], ["b.stl", content(301)]] as const) {
    world.fs.putOnline(await put(world, name, one));
  }
  const read: string[] = [];
  world.fs.onOperation = ({ name, path }) => {
    if (name === "open" && path.startsWith(MINE)) read.push(path);
  };
  expect((await run(world)).tally).toMatchObject({ looked: 2, adopted: 0 });
  const choices = [{ path: "a.stl", fileId: id }];
  expect((await run(world, { choices })).tally).toMatchObject({ adopted: 0, failed: 1 });
  expect(read).toEqual([]);
});
