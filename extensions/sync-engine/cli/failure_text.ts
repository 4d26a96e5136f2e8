import type { FrameError } from "../protocol.ts";
import { printable } from "./wording.ts";

/** What went wrong and what to do, in two lines; null for a stop that the user asked for. */
export function failureText({ code, message, hint }: FrameError): string | null {
  if (code === "cancelled") return null;
  // Line breaks of our own help are kept.
  const clean = message.split("\n").map(printable).join("\n");
  return hint === undefined ? `Error: ${clean}` : `Error: ${clean}\n${hint}`;
}
