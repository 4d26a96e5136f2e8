import { isAbsolute, join } from "node:path";
import { SyncError } from "../platform/errors.ts";

/**
 * Whether `relative` is a '/'-separated path that stays below where it starts, on every platform: no empty, `.` or `..`
 * segment, and none of `\`, `:` (drives and streams of Windows) and NUL.
 */
export function isRelativePath(relative: string): boolean {
  return !/[\\:\0]/.test(relative) &&
    relative.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}

/**
 * Joins a path of the library to its root, in the platform's own form.
 *
 * It looks at the text alone: symbolic links that the user put below the root are theirs to answer for.
 *
 * @param root Absolute, in the platform's own form.
 * @param relative '/'-separated, below the root.
 * @throws {SyncError} `badInput` If the result would not be below the root.
 */
export function resolveInRoot(root: string, relative: string): string {
  if (!isAbsolute(root)) {
    throw new SyncError("badInput", `Cannot use the folder "${root}": its path is not absolute`);
  }
  if (!isRelativePath(relative)) {
    throw new SyncError(
      "badInput",
      `Cannot use the path "${relative}": it leaves the library folder`,
    );
  }
  return join(root, ...relative.split("/"));
}
