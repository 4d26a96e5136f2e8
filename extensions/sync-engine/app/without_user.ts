import { basename } from "node:path";

/** Folders that systems keep one of for each user. */
const HOMES =
  /((?:\/home|\/Users|\/media|\/run\/media|\/mnt\/users|\b[A-Za-z]:\\Users)[\\/])[^\\/"'\s]+/g;

/** Takes the user's name out of a text: paths in the home start with `~`, other paths lose the segment. */
export function withoutUser(text: string, home: string): string {
  const user = basename(home);
  const cut = text.replaceAll(home, "~").replace(HOMES, "$1…");
  // Wherever else a drive or a server carries it as a folder.
  return user === ""
    ? cut
    : cut.split(/([\\/])/).map((part) => part === user ? "…" : part).join("");
}
