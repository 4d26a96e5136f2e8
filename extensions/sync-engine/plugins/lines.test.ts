import { expect, test } from "vitest";
import { LineTooLongError, readLines } from "./lines.ts";

function streamOf(chunks: (string | number[])[]) {
  return ReadableStream.from(
    chunks.map((chunk) =>
      typeof chunk === "string" ? new TextEncoder().encode(chunk) : new Uint8Array(chunk)
    ),
  );
}

test("readLines() joins chunks and splits lines, also within a character", async () => {
  const lines = readLines(streamOf(["a\nb", "c\n", "\n", [0xc3], [0xa4, 10], "cut"]), 100);
  expect(await Array.fromAsync(lines)).toEqual(["a", "bc", "", "ä"]);
});

test("readLines() stops at a line over the bound, also without its end", async () => {
  await expect(Array.fromAsync(readLines(streamOf(["123\n", "12", "345"]), 4))).rejects.toThrow(
    LineTooLongError,
  );
  expect(await Array.fromAsync(readLines(streamOf(["1234\n", "1234\n"]), 4))).toHaveLength(2);
});
