import type { Input } from "../world.ts";

/** The first line, and when the input ends after it. */
export async function readLine(
  input: Input,
): Promise<{ readonly line: string; readonly ended: Promise<void> }> {
  const decoder = new TextDecoder();
  const reading = pieces(input);
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await reading.next();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  const drain = async () => {
    while (!(await reading.next()).done);
  };
  return { line: text.split("\n", 1)[0] ?? "", ended: drain() };
}

async function* pieces(input: Input): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(4096);
  for (;;) {
    const length = await input.read(buffer);
    if (length === null) return;
    yield buffer.slice(0, length);
  }
}
