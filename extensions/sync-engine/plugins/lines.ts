/** Thrown by `readLines()`. */
export class LineTooLongError extends Error {
  override readonly name = "LineTooLongError";
}

/**
 * Splits a stream of UTF-8 into lines, without their line feeds. A last line without one is left out:
 * its writer died in the middle.
 *
 * @param longest Bytes that a line may have.
 * @throws {LineTooLongError}
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
  longest: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let size = 0;

  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      yield parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
      parts = [];
      size = 0;
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }

  function keep(part: Uint8Array) {
    size += part.length;
    if (size > longest) throw new LineTooLongError(`A line is longer than ${longest} bytes`);
    if (part.length > 0) parts.push(part);
  }
}
