/**
 * Encodes `text`, blanks and `end` to exactly `size` bytes, so that sizes are known before content is made.
 *
 * @throws {RangeError} If they do not fit.
 */
export function padText(text: string, end: string, size: number): Uint8Array {
  const head = new TextEncoder().encode(text);
  const tail = new TextEncoder().encode(end);
  if (head.length + tail.length > size) {
    throw new RangeError(`Cannot fit ${head.length + tail.length} bytes of text into ${size}`);
  }
  const bytes = new Uint8Array(size).fill(0x20);
  bytes.set(head);
  bytes.set(tail, size - tail.length);
  return bytes;
}
