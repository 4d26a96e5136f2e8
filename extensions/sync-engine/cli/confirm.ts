import { SyncError } from "../platform/errors.ts";
import type { World } from "./world.ts";

/** Longest answer that is read, in bytes. */
const LONGEST = 4096;

/**
 * Asks a yes-or-no question on the terminal; anything but a yes is a no.
 *
 * @throws {SyncError} `badInput` where nobody sits at a terminal, `cancelled` when the signal aborts.
 */
export async function confirm(
  { stdin, stderr }: Pick<World, "stdin" | "stderr">,
  question: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (!stdin.isTerminal) {
    throw new SyncError("badInput", "Nobody can be asked here: say --yes if that is what you want");
  }
  stderr.write(`${question} [y/N] `);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new SyncError("cancelled", "Stopped"));
  signal.addEventListener("abort", stop, { once: true });
  try {
    return /^\s*y(es)?\s*$/i.test(await Promise.race([readLine(stdin), stopped]));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function readLine(stdin: World["stdin"]): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(256);
  let line = "";
  while (line.length < LONGEST && !line.includes("\n")) {
    const read = await stdin.read(buffer);
    if (read === null) break;
    line += decoder.decode(buffer.subarray(0, read), { stream: true });
  }
  return line;
}
