import { SyncError } from "../platform/errors.ts";
import type { World } from "./world.ts";

/** Longest secret in characters, as the engine takes it. */
const LONGEST = 16_384;

const ENTER = new Set(["\r", "\n", "\x04"]);
const BACKSPACE = new Set(["\b", "\x7f"]);
const CTRL_C = "\x03";

/**
 * Reads a secret: the whole of a pipe, or one line typed or pasted at a prompt, where nothing is shown.
 *
 * @throws {SyncError} `badInput` when it is empty, too long or no single line; `cancelled` on Ctrl-C.
 */
export async function readSecret(
  world: Pick<World, "stdin" | "stderr">,
  prompt: string,
): Promise<string> {
  const secret = await readOptionalSecret(world, prompt);
  if (secret !== null) return secret;
  throw new SyncError("badInput", "Nothing came in: pipe the secret in or paste it at the prompt");
}

/** Like {@linkcode readSecret}; null when nothing comes in. */
export async function readOptionalSecret(
  { stdin, stderr }: Pick<World, "stdin" | "stderr">,
  prompt: string,
): Promise<string | null> {
  const raw = stdin.isTerminal
    ? await readHidden({ stdin, stderr }, prompt)
    : await readPipe({ stdin });
  // As it is copied from a browser's list of headers.
  const secret = raw.trim().replace(/^(?:cookie|authorization)\s*:\s*/i, "").replace(
    /^bearer\s+/i,
    "",
  );
  if (secret === "") return null;
  if (secret.length > LONGEST) {
    throw new SyncError(
      "badInput",
      `A secret has at most ${LONGEST} characters: paste only its value`,
    );
  }
  if (/[\r\n]/.test(secret)) {
    throw new SyncError(
      "badInput",
      "The secret has several lines: paste only the value, on one line",
    );
  }
  // deno-lint-ignore no-control-regex -- a header cannot carry them
  if (/[\u0000-\u001f\u007f]/.test(secret)) {
    throw new SyncError(
      "badInput",
      "The secret holds a tab or another control character: paste only the value",
    );
  }
  return secret;
}

async function readPipe({ stdin }: Pick<World, "stdin">): Promise<string> {
  let text = "";
  for await (const piece of pieces(stdin)) {
    text += piece;
    if (text.length > LONGEST * 2) break;
  }
  return text;
}

/** Raw mode, because a terminal cuts lines at 4096 bytes and session cookies can be longer. */
async function readHidden(
  { stdin, stderr }: Pick<World, "stdin" | "stderr">,
  prompt: string,
): Promise<string> {
  stderr.write(prompt);
  stdin.setRaw(true);
  const typed: string[] = [];
  try {
    for await (const piece of pieces(stdin)) {
      for (const key of piece) {
        if (key === CTRL_C) throw new SyncError("cancelled", "Stopped");
        if (ENTER.has(key)) return typed.join("");
        if (BACKSPACE.has(key)) typed.pop();
        else typed.push(key);
      }
    }
    return typed.join("");
  } finally {
    stdin.setRaw(false);
    stderr.write("\n");
  }
}

async function* pieces(stdin: World["stdin"]): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  for (;;) {
    const read = await stdin.read(buffer);
    if (read === null) return;
    yield decoder.decode(buffer.subarray(0, read), { stream: true });
  }
}
