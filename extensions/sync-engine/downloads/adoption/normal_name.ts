/** What browsers append to a name that is taken: `dragon (1).stl`. */
const COPY = / ?\(\d{1,3}\)(?=\.[^.]*$|$)/;

/**
 * What stays of a file's name when it goes through browsers, archivers and file systems: equal for names that mean the
 * same. Case, Unicode forms, runs of blanks and of what some systems do not take, and the number of a copy do not count.
 */
export function normalName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("%20", " ")
    .replace(COPY, "")
    .replace(/[^\p{L}\p{N}.]+/gu, " ")
    .replace(/ ?\. ?/g, ".")
    .trim();
}
