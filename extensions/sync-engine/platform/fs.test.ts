import { join } from "node:path";
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createDiskFs } from "./fs.ts";
import { SyncError } from "./errors.ts";
import { fsContract } from "./testing/fs_contract.ts";

const posix = Deno.build.os !== "windows";

function temporaryDirectory() {
  const root = Deno.makeTempDirSync();
  return { root, [Symbol.dispose]: () => Deno.removeSync(root, { recursive: true }) };
}

fsContract("createDiskFs()", () => {
  const directory = temporaryDirectory();
  return Promise.resolve({
    fs: createDiskFs(),
    root: directory.root,
    [Symbol.asyncDispose]: () => Promise.resolve(directory[Symbol.dispose]()),
  });
});

test("createDiskFs().open() writes without holding up the event loop", async () => {
  using directory = temporaryDirectory();
  const file = await createDiskFs().open(join(directory.root, "a"), { write: true });
  const data = new Uint8Array(32 << 20).fill(3);
  const order: string[] = [];
  const write = file.write(data, 0).then(() => order.push("written"));
  const hash = createHash("sha256").update(data.subarray(0, 1024)).digest("hex");
  order.push("hashed while writing");
  await write;
  file.close();
  expect(hash).toHaveLength(64);
  expect(order).toEqual(["hashed while writing", "written"]);
});

test("createDiskFs().stat() and list() do not follow symbolic links", async () => {
  using directory = temporaryDirectory();
  const fs = createDiskFs();
  await fs.mkdir(join(directory.root, "real"));
  await Deno.symlink(join(directory.root, "real"), join(directory.root, "link"));
  expect((await fs.stat(join(directory.root, "link")))?.kind).toBe("other");
  expect(await fs.list(directory.root)).toContainEqual({ name: "link", kind: "other" });
});

test.runIf(Deno.build.os === "linux")(
  "createDiskFs().mkdir() asks for another folder where the place takes none",
  async () => {
    await expect(createDiskFs().mkdir("/proc/nowhere/below")).rejects.toMatchObject({
      kind: "permission",
      message: expect.stringMatching(/^Cannot create folder "[^"]+": .*choose another folder$/),
    });
  },
);

test("createDiskFs().stat() tells when a file was changed", async () => {
  using directory = temporaryDirectory();
  const fs = createDiskFs();
  const path = join(directory.root, "a");
  await fs.writeTextAtomic(path, "x");
  await Deno.utime(path, 1000, 1234);
  expect(await fs.stat(path)).toEqual({
    kind: "file",
    size: 1,
    modifiedAt: 1_234_000,
    isOnlineOnly: false,
  });
});

test.runIf(Deno.build.os === "linux")(
  "createDiskFs() tells a full disk, and its message says what and why",
  async () => {
    const file = await createDiskFs().open("/dev/full", { write: true });
    const error = await file.write(new Uint8Array(10), 0).then(() => null, (reason) => reason);
    file.close();
    expect(error).toBeInstanceOf(SyncError);
    expect(error).toMatchObject({
      kind: "diskFull",
      message: 'Cannot write "/dev/full": the disk is full',
    });
  },
);

test.runIf(posix)("createDiskFs() gives new files the mode that was asked for", async () => {
  using directory = temporaryDirectory();
  const fs = createDiskFs({ fileMode: 0o600 });
  const text = join(directory.root, "a.txt");
  await fs.writeTextAtomic(text, "1");
  await fs.writeTextAtomic(text, "2");
  (await fs.open(join(directory.root, "b"), { write: true })).close();
  expect(((await Deno.stat(text)).mode ?? 0) & 0o777).toBe(0o600);
  expect(((await Deno.stat(join(directory.root, "b"))).mode ?? 0) & 0o777).toBe(0o600);
});

test("createDiskFs().writeTextAtomic() writes a name that is as long as names can be", async () => {
  using directory = temporaryDirectory();
  const fs = createDiskFs();
  const path = join(directory.root, "n".repeat(255));
  await fs.writeTextAtomic(path, "long");
  expect(await fs.readText(path)).toBe("long");
  await expect(fs.writeTextAtomic(`${path}n`, "longer")).rejects.toMatchObject({
    kind: "badInput",
  });
  expect(await fs.list(directory.root)).toHaveLength(1);
});

test("createDiskFs() counts a refused rename on Windows as passing, since scanners cause it", async () => {
  using directory = temporaryDirectory();
  const from = join(directory.root, "from");
  const folder = join(directory.root, "folder");
  await Deno.writeTextFile(from, "");
  await Deno.mkdir(folder);
  const rename = (windows: boolean) => createDiskFs({ windows }).rename(from, folder);
  await expect(rename(true)).rejects.toMatchObject({ kind: "diskFault" });
  await expect(rename(false)).rejects.toMatchObject({ kind: "permission" });
});

test("createDiskFs().syncDir() does nothing on Windows and refuses an absent folder elsewhere", async () => {
  await createDiskFs({ windows: true }).syncDir("/no/such/folder");
  await expect(createDiskFs({ windows: false }).syncDir("/no/such/folder")).rejects.toMatchObject({
    kind: "diskFault",
  });
});

test("createDiskFs() quotes paths so that the log finds their ends", async () => {
  await expect(createDiskFs().open('/no/a"b')).rejects.toThrow(
    `Cannot open "/no/a'b": the file or folder is not there`,
  );
});

test.runIf(Deno.build.os === "linux")(
  "createDiskFs().open().sync() is content where nothing can be flushed",
  async () => {
    const file = await createDiskFs().open("/dev/null", { write: true });
    await file.sync();
    file.close();
  },
);
