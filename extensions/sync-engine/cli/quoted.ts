/** A path as one word of the user's shell: single quotes on POSIX, double quotes on Windows. */
export function quoted(path: string, { windows }: { readonly windows: boolean }): string {
  // Windows knows no double quote in paths, but takes a backslash before one as its escape.
  if (windows) return `"${path.replace(/\\+$/, "$&$&")}"`;
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
