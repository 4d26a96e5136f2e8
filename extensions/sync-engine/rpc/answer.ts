import type { ServerResponse } from "node:http";
import { once } from "node:events";

/** A plain text that says why there is nothing else. */
export function plain(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(`${text}\n`, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      ...headers,
    },
  });
}

export function methodNotAllowed(...allowed: readonly string[]): Response {
  const allow = allowed.join(", ");
  return plain(405, `Only ${allow} can be asked for here.`, { allow });
}

/** Sends an answer as fast as its reader takes it. When the reader leaves, the body is cancelled. */
export async function send(
  { status, headers, body }: Response,
  to: ServerResponse,
  withBody: boolean,
): Promise<void> {
  to.writeHead(status, Object.fromEntries(headers));
  if (!body || !withBody) {
    await body?.cancel();
    to.end();
    return;
  }
  const gone = new AbortController();
  to.once("close", () => gone.abort());
  try {
    for await (const piece of body) {
      if (gone.signal.aborted) return;
      if (!to.write(piece)) await once(to, "drain", { signal: gone.signal });
    }
    to.end();
  } catch {
    // Nothing can be said any more: a cut answer tells its reader that it is not whole.
    to.destroy();
  }
}
