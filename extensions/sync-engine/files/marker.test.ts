import { join } from "node:path";
import { expect, test } from "vitest";
import type { SyncError } from "../platform/errors.ts";
import { createDiskFs } from "../platform/fs.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { seededRandom } from "../platform/testing/seeded_random.ts";
import { MARKER_NAME, openRoot, type OpenRootOptions, placeMarker, readMarker } from "./marker.ts";

const ROOT = "/drive/library";
const MARKER = `${ROOT}/${MARKER_NAME}`;

function options(expectedId: string | null): OpenRootOptions {
  return { expectedId, random: seededRandom(1), clock: new FakeClock(Date.UTC(2026, 0, 1)) };
}

async function withMarker(text: string): Promise<MemoryFs> {
  const fs = new MemoryFs();
  await fs.mkdir(ROOT);
  await fs.writeTextAtomic(MARKER, text);
  return fs;
}

async function failure(opening: Promise<unknown>): Promise<string> {
  const error: SyncError = await opening.then(() => {
    throw new Error("It opened");
  }, (reason) => reason);
  return `${error.kind}: ${error.message}`;
}

test("openRoot() creates the folder and its marker the first time", async () => {
  const fs = new MemoryFs();
  const opened = await openRoot(fs, ROOT, options(null));
  expect(opened).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/), created: true });
  expect(JSON.parse((await fs.readText(MARKER)) ?? "")).toMatchObject({
    format: 1,
    id: opened.id,
    created: "2026-01-01T00:00:00.000Z",
    app: "mmfsync",
  });
});

test("openRoot() opens what it created, on a real disk", async () => {
  const root = join(Deno.makeTempDirSync(), "new", "library");
  try {
    const fs = createDiskFs();
    const { id } = await openRoot(fs, root, options(null));
    expect(await openRoot(fs, root, options(id))).toEqual({ id, created: false });
  } finally {
    Deno.removeSync(join(root, "..", ".."), { recursive: true });
  }
});

test("openRoot() marks a folder with files in it and touches none of them", async () => {
  const fs = new MemoryFs();
  await fs.mkdir(ROOT);
  await fs.writeTextAtomic(`${ROOT}/mine.txt`, "mine");
  expect(await openRoot(fs, ROOT, options(null))).toMatchObject({ created: true });
  expect(await fs.readText(`${ROOT}/mine.txt`)).toBe("mine");
});

test("openRoot() adopts a library when none is expected", async () => {
  const fs = await withMarker('{"format": 1, "id": "abc", "future": true}');
  expect(await openRoot(fs, ROOT, options(null))).toEqual({ id: "abc", created: false });
});

test("openRoot() never creates a tree where the drive is not connected", async () => {
  const absent = new MemoryFs();
  expect(await failure(openRoot(absent, ROOT, options("abc"))))
    .toBe(
      `permission: Cannot find the library in "${ROOT}": its drive seems not to be connected. ` +
        "Connect it, or choose the folder anew in the settings",
    );
  expect(await absent.stat(ROOT)).toBe(null);

  const mountPoint = new MemoryFs();
  await mountPoint.mkdir(ROOT);
  expect(await failure(openRoot(mountPoint, ROOT, options("abc")))).toMatch(/^permission: /);
  expect(mountPoint.files().size).toBe(0);
});

test("openRoot() refuses another library", async () => {
  const fs = await withMarker('{"format": 1, "id": "xyz"}');
  expect(await failure(openRoot(fs, ROOT, options("abc"))))
    .toMatch(/^badInput: Cannot use .* it holds another library/);
});

test.each([null, "abc"])(
  "openRoot() refuses a library of the future (expecting %s)",
  async (id) => {
    const text = '{"format": 2, "id": "abc"}';
    const fs = await withMarker(text);
    expect(await failure(openRoot(fs, ROOT, options(id)))).toMatch(/^badInput: .* has format 2/);
    expect(await fs.readText(MARKER)).toBe(text);
  },
);

test.each(["", "\0\0\0\0", "{", "[]", '{"format": 1}', '{"format": 1, "id": ""}'])(
  "openRoot() keeps the damaged marker %j aside and writes it anew",
  async (text) => {
    const known = await withMarker(text);
    expect(await openRoot(known, ROOT, options("abc"))).toEqual({ id: "abc", created: true });
    expect(await known.readText(`${MARKER}.damaged`)).toBe(text);
    expect(await openRoot(known, ROOT, options("abc"))).toEqual({ id: "abc", created: false });

    const unknown = await withMarker(text);
    const { id } = await openRoot(unknown, ROOT, options(null));
    expect(id).toMatch(/^[0-9a-f]{32}$/);
  },
);

test("openRoot() refuses a file", async () => {
  const fs = new MemoryFs();
  await fs.mkdir("/drive");
  await fs.writeTextAtomic(ROOT, "text");
  expect(await failure(openRoot(fs, ROOT, options(null)))).toMatch(/^badInput: .* it is a file$/);
});

test("placeMarker() marks a new folder as a place of the library, and leaves one that is", async () => {
  const fs = new MemoryFs();
  expect(await placeMarker(fs, ROOT, "the-library", options(null))).toBe("the-library");
  expect(await readMarker(fs, ROOT)).toEqual({ id: "the-library" });
  const text = await fs.readText(MARKER);
  expect(await placeMarker(fs, ROOT, "the-library", options(null))).toBe("the-library");
  expect(await placeMarker(fs, ROOT, null, options(null))).toBe("the-library");
  expect(await fs.readText(MARKER)).toBe(text);
});

test("placeMarker() refuses a place of another library", async () => {
  const fs = await withMarker(JSON.stringify({ format: 1, id: "other" }));
  expect(await failure(placeMarker(fs, ROOT, "this", options(null)))).toMatch(
    /^badInput:.*another/,
  );
});

test("readMarker() tells no marker from a damaged one", async () => {
  expect(await readMarker(new MemoryFs(), ROOT)).toBe(null);
  expect(await readMarker(await withMarker("{"), ROOT)).toEqual({ id: null });
});
