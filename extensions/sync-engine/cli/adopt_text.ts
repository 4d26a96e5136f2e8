import type { AdoptSummary, Ambiguity, Events, RecognisedBy } from "../protocol.ts";
import { count, printable, size, some } from "./wording.ts";

const BY: Readonly<Record<RecognisedBy, string>> = {
  sidecar: "sidecar",
  sha256: "SHA-256",
  name: "name",
  chosen: "chosen",
};

/** A file that was taken over: by what it was recognised, where it is from, where it is. */
export function adoptedText({ from, path, by }: Events["adopted"]): string {
  return `${BY[by].padEnd(8)} ${printable(from)} → ${printable(path)}`;
}

/** How far an adoption is. */
export function adoptLine({ looked, adopted, bytes }: Events["adoptProgress"]): string {
  return `${count(looked, "file")} looked at, ${count(adopted, "file")} taken over (${
    size(bytes)
  })`;
}

/** Files that could be several, or one that several could be. */
export function unclearText({ paths, files }: Ambiguity): string {
  return [
    "Not clear, so left alone:",
    ...paths.map((path) => `  ${printable(path)}`),
    paths.length === 1 ? "could be" : "could each be",
    ...files.map(({ fileId, title, name }) =>
      `  ${fileId}  ${printable(title)} / ${printable(name)}`
    ),
  ].join("\n");
}

/** How looking for files that are here already went. */
export function adoptText(summary: AdoptSummary): string {
  const { dryRun, looked, adopted, bytes, here, ambiguous, unknown, own, failed } = summary;
  const { sidecar, sha256, name, chosen } = summary.by;
  const ways = [
    some(sidecar, "by sidecar"),
    some(sha256, "by SHA-256"),
    some(name, "by size and name"),
    some(chosen, "chosen"),
  ].filter((part) => part !== null);
  const others = [
    some(here, "here already"),
    some(ambiguous, "not clear"),
    some(unknown, "not of the library"),
    some(own, "of the app or the system"),
    some(failed, "failed"),
  ].filter((part) => part !== null);
  const did = dryRun ? "Would take over" : "Took over";
  return [
    `Looked at ${count(looked, "file")}`,
    `${did} ${count(adopted, "file")} (${size(bytes)})${
      ways.length > 0 ? `: ${ways.join(", ")}` : ""
    }`,
    ...others.length > 0 ? [`Others: ${others.join(", ")}`] : [],
    ...ambiguous > 0 ? ["To choose: adopt <the file> --as <id>, one file at a time"] : [],
    ...dryRun ? ["Nothing was changed"] : [],
  ].join("\n");
}
