import { join } from "node:path";

/** A path that the user enters, with `~` for their home. Others stay as they are. */
export function expandHome(text: string, home: string): string {
  return text === "~" || /^~[\\/]/.test(text) ? join(home, text.slice(1)) : text;
}
