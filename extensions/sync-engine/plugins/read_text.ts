import { SyncError } from "../platform/errors.ts";
import type { HttpResponse } from "../platform/ports.ts";

/**
 * Reads an answer's body as UTF-8, replacing what is not.
 *
 * @param largest Bytes; reading stops as soon as there are more.
 * @throws {SyncError} bug when the body is larger
 */
export async function readText({ headers, body }: HttpResponse, largest: number): Promise<string> {
  if (!body) return "";
  const tooLarge = () =>
    new SyncError("bug", `The site's answer is larger than the ${largest} bytes of the manifest`);
  if (Number(headers.get("content-length")) > largest) {
    await body.cancel();
    throw tooLarge();
  }
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop cancels the body.
    if (size > largest) throw tooLarge();
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}
