import { join } from "node:path";
import { expect, test } from "vitest";
import { SyncError } from "../errors.ts";
import type { Fs } from "../ports.ts";

/** A file system to test, with an empty directory in it that the test may fill. */
export interface FsUnderTest extends AsyncDisposable {
  readonly fs: Fs;
  readonly root: string;
}

/** What every implementation of the `Fs` port does, as tests named after `name`. */
export function fsContract(name: string, makeFs: () => Promise<FsUnderTest>): void {
  const check = (sentence: string, run: (fs: Fs, at: (path: string) => string) => Promise<void>) =>
    test(`${name}: ${sentence}`, async () => {
      await using made = await makeFs();
      await run(made.fs, (path) => join(made.root, path));
    });

  check("open().write() and read() work at any offset", async (fs, at) => {
    const file = await fs.open(at("a.bin"), { write: true });
    await file.write(bytes("world"), 6);
    await file.write(bytes("hello "), 0);
    expect(await file.size()).toBe(11);
    expect(await readAt(file, 0, 11)).toBe("hello world");
    expect(await readAt(file, 6, 100)).toBe("world");
    expect(await readAt(file, 11, 5)).toBe("");
    expect(await readAt(file, 500, 5)).toBe("");
    await file.sync();
    file.close();
  });

  check("open().write() past the end leaves zeros between", async (fs, at) => {
    const file = await fs.open(at("a.bin"), { write: true });
    await file.write(bytes("x"), 3);
    expect(await readAt(file, 0, 10)).toBe("\0\0\0x");
    file.close();
  });

  check("open().write() takes turns when calls overlap", async (fs, at) => {
    const file = await fs.open(at("a.bin"), { write: true });
    const piece = 100_000;
    await Promise.all(
      [4, 2, 0, 3, 1].map((i) => file.write(new Uint8Array(piece).fill(i), i * piece)),
    );
    for (let i = 0; i < 5; i++) {
      const back = new Uint8Array(piece);
      expect(await file.read(back, i * piece)).toBe(piece);
      expect(back.every((byte) => byte === i)).toBe(true);
    }
    file.close();
  });

  check("open() keeps what is there, and truncate() cuts and grows it", async (fs, at) => {
    await fs.writeTextAtomic(at("a.txt"), "0123456789");
    const file = await fs.open(at("a.txt"), { write: true });
    expect(await file.size()).toBe(10);
    await file.truncate(4);
    expect(await readAt(file, 0, 10)).toBe("0123");
    await file.truncate(6);
    expect(await readAt(file, 0, 10)).toBe("0123\0\0");
    file.close();
  });

  check("open() empties a file when told so, and makes one that is absent", async (fs, at) => {
    await fs.writeTextAtomic(at("a.txt"), "0123456789");
    for (const name of ["a.txt", "b.txt"]) {
      const file = await fs.open(at(name), { write: true, truncate: true });
      expect(await file.size()).toBe(0);
      await file.write(new TextEncoder().encode("x"), 2);
      expect(await readAt(file, 0, 10)).toBe("\0\0x");
      file.close();
    }
  });

  check("open() for reading refuses what is absent and refuses to write", async (fs, at) => {
    await expectFailure(fs.open(at("none")), "diskFault");
    await fs.writeTextAtomic(at("a.txt"), "text");
    const file = await fs.open(at("a.txt"));
    expect(await readAt(file, 0, 4)).toBe("text");
    await expectFailure(file.write(bytes("x"), 0), "bug");
    file.close();
  });

  check("open() for writing refuses a folder and an absent parent", async (fs, at) => {
    await fs.mkdir(at("folder"));
    await expectFailure(fs.open(at("folder"), { write: true }), "permission");
    await expectFailure(fs.open(at("none/a"), { write: true }), "diskFault");
  });

  check("a file that was closed refuses to be used", async (fs, at) => {
    const file = await fs.open(at("a.bin"), { write: true });
    file.close();
    await expectFailure(file.write(bytes("x"), 0), "bug");
    await expectFailure(file.read(new Uint8Array(1), 0), "bug");
  });

  check("readText() gives back what writeTextAtomic() wrote, null when absent", async (fs, at) => {
    expect(await fs.readText(at("a.txt"))).toBe(null);
    await fs.writeTextAtomic(at("a.txt"), "Grüße 🐉", { sync: true });
    expect(await fs.readText(at("a.txt"))).toBe("Grüße 🐉");
    await fs.writeTextAtomic(at("a.txt"), "");
    expect(await fs.readText(at("a.txt"))).toBe("");
    expect(await fs.readText(at("a.txt/below"))).toBe(null);
  });

  check("writeTextAtomic() leaves nothing but the file", async (fs, at) => {
    await fs.writeTextAtomic(at("a.txt"), "one");
    await fs.mkdir(at("folder"));
    await expectFailure(fs.writeTextAtomic(at("folder"), "two"), "permission");
    await expectFailure(fs.writeTextAtomic(at("none/a.txt"), "three"), "diskFault");
    expect((await fs.list(at("."))).map((one) => one.name).sort()).toEqual(["a.txt", "folder"]);
  });

  check("rename() moves a file and replaces its target", async (fs, at) => {
    await fs.writeTextAtomic(at("old"), "old");
    await fs.writeTextAtomic(at("new"), "new");
    await fs.rename(at("new"), at("old"));
    expect(await fs.readText(at("old"))).toBe("new");
    expect(await fs.stat(at("new"))).toBe(null);
    await expectFailure(fs.rename(at("none"), at("old")), "diskFault");
    expect(await fs.readText(at("old"))).toBe("new");
  });

  check("rename() moves a folder with all that is in it", async (fs, at) => {
    await fs.mkdir(at("a/b"));
    await fs.writeTextAtomic(at("a/b/c.txt"), "c");
    await fs.rename(at("a"), at("z"));
    expect(await fs.readText(at("z/b/c.txt"))).toBe("c");
    expect(await fs.stat(at("a"))).toBe(null);
  });

  check("rename() does not put a file over a folder", async (fs, at) => {
    await fs.mkdir(at("folder"));
    await fs.writeTextAtomic(at("a"), "a");
    await expectFailure(fs.rename(at("a"), at("folder")), "permission");
    expect(await fs.readText(at("a"))).toBe("a");
  });

  check("link() gives a file a second name, and replaces nothing", async (fs, at) => {
    await fs.writeTextAtomic(at("a"), "a");
    await fs.writeTextAtomic(at("b"), "b");
    await fs.link(at("a"), at("c"));
    await fs.remove(at("a"));
    expect(await fs.readText(at("c"))).toBe("a");
    await expect(fs.link(at("c"), at("b"))).rejects.toBeInstanceOf(SyncError);
    expect(await fs.readText(at("b"))).toBe("b");
  });

  check("remove() takes a file or an empty folder, and absence is fine", async (fs, at) => {
    await fs.mkdir(at("folder"));
    await fs.writeTextAtomic(at("folder/a"), "a");
    await expectFailure(fs.remove(at("folder")), "permission");
    await fs.remove(at("folder/a"));
    await fs.remove(at("folder"));
    await fs.remove(at("folder"));
    expect(await fs.list(at("."))).toEqual([]);
  });

  check("mkdir() makes parents, and existing is fine", async (fs, at) => {
    await fs.mkdir(at("a/b/c"));
    await fs.mkdir(at("a/b/c"));
    expect((await fs.stat(at("a/b/c")))?.kind).toBe("directory");
    await fs.writeTextAtomic(at("file"), "");
    await expectFailure(fs.mkdir(at("file")), "permission");
    await expectFailure(fs.mkdir(at("file/below")), "permission");
  });

  check("stat() tells kind and size, null when absent", async (fs, at) => {
    expect(await fs.stat(at("a.txt"))).toBe(null);
    await fs.writeTextAtomic(at("a.txt"), "12345");
    expect(await fs.stat(at("a.txt"))).toMatchObject({ kind: "file", size: 5 });
    expect((await fs.stat(at(".")))?.kind).toBe("directory");
  });

  check("list() gives the direct entries, none when absent", async (fs, at) => {
    await fs.mkdir(at("folder/deep"));
    await fs.writeTextAtomic(at("a.txt"), "");
    const entries = (await fs.list(at("."))).sort((a, b) => a.name < b.name ? -1 : 1);
    expect(entries).toEqual([{ name: "a.txt", kind: "file" }, {
      name: "folder",
      kind: "directory",
    }]);
    expect(await fs.list(at("none"))).toEqual([]);
  });

  check("syncDir() works on a folder", async (fs, at) => {
    await fs.mkdir(at("folder"));
    await fs.syncDir(at("folder"));
  });

  check("freeSpace() measures, also below what does not exist yet", async (fs, at) => {
    expect(await fs.freeSpace(at("."))).toBeGreaterThan(0);
    expect(await fs.freeSpace(at("none/deeper/still"))).toBeGreaterThan(0);
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function readAt(
  file: { read(into: Uint8Array, at: number): Promise<number> },
  at: number,
  length: number,
): Promise<string> {
  const into = new Uint8Array(length);
  const count = await file.read(into, at);
  return new TextDecoder().decode(into.subarray(0, count));
}

async function expectFailure(work: Promise<unknown>, kind: SyncError["kind"]): Promise<void> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(SyncError);
  expect(error).toMatchObject({ kind });
}
