import { expect, test } from "vitest";
import { type SavedText, sendFiles } from "./send_files.ts";

const MIB = 1024 * 1024;

/** Takes what is sent, until it refuses with a status. */
function createEngine(refusal: number | null = null) {
  const sent: { path: string; bytes: number }[] = [];
  const fetch = (url: string | URL | Request, { body }: RequestInit = {}) => {
    if (refusal !== null) return Promise.resolve(new Response(null, { status: refusal }));
    sent.push({ path: String(url), bytes: body instanceof Blob ? body.size : -1 });
    return Promise.resolve(new Response(null, { status: 204 }));
  };
  return { sent, fetch };
}

function text(bytes: number, name = "list.json"): SavedText {
  return { name, content: new Blob([new Uint8Array(bytes)]), savedAt: 5 };
}

const options = { base: "/media/key/", signal: new AbortController().signal, onProgress() {} };

test("files go out in pieces, in order, each under a name of its own", async () => {
  const { sent, fetch } = createEngine();
  const progress: number[] = [];
  const documents = await sendFiles([text(9 * MIB), text(10, "names.json")], {
    ...options,
    fetch,
    onProgress: (bytes) => progress.push(bytes),
  });
  expect(documents).toMatchObject([
    { name: "list.json", savedAt: 5 },
    { name: "names.json", savedAt: 5 },
  ]);
  const [first, second] = documents.map(({ upload }) => upload);
  expect(first).not.toBe(second);
  expect(sent).toEqual([
    { path: `/media/key/import/${first}/0`, bytes: 4 * MIB },
    { path: `/media/key/import/${first}/${4 * MIB}`, bytes: 4 * MIB },
    { path: `/media/key/import/${first}/${8 * MIB}`, bytes: MIB },
    { path: `/media/key/import/${second}/0`, bytes: 10 },
  ]);
  expect(progress).toEqual([4 * MIB, 8 * MIB, 9 * MIB, 9 * MIB + 10]);
});

test("an empty file is sent too, for the engine to say what is wrong with it", async () => {
  const { sent, fetch } = createEngine();
  await sendFiles([text(0)], { ...options, fetch });
  expect(sent).toMatchObject([{ bytes: 0 }]);
});

test.each([[413, "tooLarge"], [500, "failed"]])(
  "a refusal with %d is told as %s",
  async (status, reason) => {
    const { fetch } = createEngine(status);
    await expect(sendFiles([text(1)], { ...options, fetch })).rejects.toMatchObject({ reason });
  },
);

test("an engine that takes no files is told, and giving up is what it is", async () => {
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  await expect(sendFiles([text(1)], { ...options, fetch }))
    .rejects.toMatchObject({ reason: "unreachable" });
  const stop = AbortSignal.abort();
  const aborted = () => Promise.reject(stop.reason);
  await expect(sendFiles([text(1)], { ...options, signal: stop, fetch: aborted }))
    .rejects.toMatchObject({ name: "AbortError" });
});
