import type { Events, RepairSummary, VerifySummary } from "../protocol.ts";
import { count, duration, printable, size, some } from "./wording.ts";

/** How a verification went, and what to do next. */
export function verifyText(summary: VerifySummary, repairs: boolean): string {
  const { ok, missing, size: wrongSize, hash, unverified, extra, sidecars, earlier } = summary;
  const bad = missing + wrongSize + hash;
  if (ok + bad + unverified + extra + sidecars + earlier === 0) {
    return "Nothing is here to verify yet";
  }
  const before = earlier === 0 ? "" : `, ${earlier.toLocaleString("en-US")} before it was stopped`;
  const parts = [
    some(missing, "missing"),
    some(wrongSize, "of wrong size"),
    some(hash, "of wrong content"),
    some(unverified, "that could not be read"),
    some(extra, "not from this library"),
    some(sidecars, "datapackage.json damaged or replaced"),
  ].filter((part) => part !== null);
  const { bytes, took } = summary;
  return [
    `${count(ok, "file")} verified${before} (${size(bytes)} read in ${duration(took)})`,
    ...parts.length > 0 ? [`Others: ${parts.join(", ")}`] : [],
    ...bad + sidecars > 0 && !repairs
      ? ["To fetch what is bad or missing again: repair --known-bad"]
      : [],
  ].join("\n");
}

/** How far a verification is. */
export function verifyLine(
  { checked, of, bytes, ofBytes, speed }: Events["verifyProgress"],
): string {
  const left = speed > 0 ? `, ${duration((ofBytes - bytes) / speed * 1000)} left` : "";
  return `${checked.toLocaleString("en-US")} of ${count(of, "file")} read ` +
    `(${size(bytes)} of ${size(ofBytes)}, ${size(speed)}/s${left})`;
}

/** How a repair went. */
export function repairText(repair: RepairSummary): string {
  const { queued, fetched, failed, waiting, reusedBytes, keptAside, sidecars, problems } = repair;
  if (queued + sidecars === 0) return "Nothing to repair";
  return [
    ...problems.map(({ message, hint }) => `${printable(message)}. ${hint ?? ""}`.trimEnd()),
    ...queued > 0
      ? [`Repaired ${fetched.toLocaleString("en-US")} of ${count(queued, "file")}`]
      : [],
    ...reusedBytes > 0 ? [`${size(reusedBytes)} of damaged files were good and were kept`] : [],
    ...keptAside > 0
      ? [`${count(keptAside, "file")} changed since they came: your copies are in .versions`]
      : [],
    ...sidecars > 0
      ? [`${count(sidecars, "datapackage.json", "datapackage.json")} written anew`]
      : [],
    ...failed > 0
      ? [`${count(failed, "file")} could not be fetched; \`queue retry\` tries again`]
      : [],
    ...waiting > 0 ? [`${count(waiting, "file")} still wait: sync goes on`] : [],
  ].join("\n");
}

/** Asks whether to repair although so much is bad. */
export function doubtText({ bad, of }: NonNullable<RepairSummary["doubt"]>, root: string): string {
  return `${bad.toLocaleString("en-US")} of ${count(of, "file")} are missing or damaged in ${
    printable(root)
  }. ` +
    "Is the right drive there, and is it well? Nothing was changed yet. Repair them all?";
}
