import type { Events, RebuildSummary, Recovery } from "../protocol.ts";
import { count, printable, size, some, time } from "./wording.ts";

/** What was read back from the model folders. */
export function rebuildText(summary: RebuildSummary): string {
  const { folders, added, files, bytes, odd } = summary;
  const parts = [
    `Read back from ${count(folders, "model folder")}: ${count(added, "model")} and ` +
    `${count(files, "file")} (${size(bytes)}) that the database did not have`,
    some(odd, "damaged or twice there, left alone"),
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** How far reading back is. */
export function rebuildLine({ folders }: Events["rebuildProgress"]): string {
  return `${count(folders, "model folder")} read`;
}

/** How a damaged or lost database was replaced. */
export function recoveryText({ aside, backupAt, rebuilt }: Recovery, now: number): string {
  const what = aside === null
    ? "The database was gone"
    : `The database was damaged and is now in ${printable(aside)}`;
  const instead = backupAt === null
    ? "a new one takes its place"
    : `the backup of ${time(backupAt, now)} takes its place`;
  const left = rebuilt === null
    ? " What the model folders know is read back as soon as the library's folder is there."
    : "";
  return `${what}; ${instead}.${left}`;
}
