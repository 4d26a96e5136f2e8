import { expect, test } from "vitest";
import { readText } from "./read_text.ts";

function answer(chunks: number[][], headers: Record<string, string> = {}) {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk) controller.enqueue(new Uint8Array(chunk));
      else controller.close();
    },
    cancel: () => void (cancelled = true),
  });
  return {
    response: { status: 200, headers: new Headers(headers), body },
    wasCancelled: () => cancelled,
  };
}

test("readText() joins chunks within a character and replaces what is not UTF-8", async () => {
  const { response } = answer([[0x61, 0xc3], [0xa4, 0xff]]);
  expect(await readText(response, 10)).toBe("aä\ufffd");
  expect(await readText({ ...response, body: null }, 10)).toBe("");
});

test("readText() stops at the bound, however the size is told", async () => {
  const honest = answer([[1]], { "content-length": "11" });
  await expect(readText(honest.response, 10)).rejects.toMatchObject({ kind: "bug" });
  expect(honest.wasCancelled()).toBe(true);
  const lying = answer([Array(6).fill(65), Array(5).fill(65), [65]], { "content-length": "1" });
  await expect(readText(lying.response, 10)).rejects.toMatchObject({ kind: "bug" });
  expect(lying.wasCancelled()).toBe(true);
  expect(await readText(answer([Array(10).fill(65)]).response, 10)).toHaveLength(10);
});
