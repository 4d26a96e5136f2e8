import type { EventName, Events, SyncSummary } from "../protocol.ts";
import { adoptedText, unclearText } from "./adopt_text.ts";
import { rebuildText } from "./recovery_text.ts";
import { count, duration, printable, size, some, time } from "./wording.ts";

/** What sentences need besides the news. */
export interface Words {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** How the user calls this program. */
  readonly programName: string;
  /** The option that leads another command to this library; null when nothing is kept in it. */
  readonly option: string | null;
  /** What a provider is called. */
  readonly nameOf: (provider: string) => string;
}

/** Words for the events that are worth a line of their own; null for the others. */
type Sentences = {
  readonly [E in EventName]: (data: Events[E], words: Words) => string | null;
};

const SENTENCES: Sentences = {
  scan: ({ provider, done, ...scan }, { nameOf, programName, option }) => {
    if (!done) return null;
    const parts = [
      `${count(scan.kept, "model")} listed`,
      some(scan.added, "new"),
      some(scan.updated, "changed"),
      some(scan.removed, "no longer there"),
      some(scan.quarantined, notUnderstood(programName, option)),
    ].filter((part) => part !== null);
    const sentence = `${nameOf(provider)}: ${parts.join(", ")}`;
    if (scan.incomplete === null) return sentence;
    return `${sentence}. The list is incomplete: ${printable(scan.incomplete)}`;
  },
  plan: ({ provider, done, looked, locked, gone, failed, enqueued }, { nameOf }) => {
    if (!done || looked === 0) return null;
    const parts = [
      `${count(enqueued, "file")} to fetch`,
      some(locked, "not open to this account"),
      some(gone, "gone"),
      some(failed, "could not be looked at"),
    ].filter((part) => part !== null);
    return `${nameOf(provider)}: looked at ${count(looked, "model")}: ${parts.join(", ")}`;
  },
  libraryWindow: ({ phase }) =>
    phase === "reading" ? "The library was handed over; reading it …" : null,
  progress: () => null,
  fileDone: () => null,
  fileFailed: ({ title, name, error, retryAt }, { now }) => {
    const next = retryAt === null
      ? error.hint ?? "It is set aside."
      : `It is tried again at ${time(retryAt, now)}.`;
    return `Failed: ${printable(title)} / ${printable(name)}: ${printable(error.message)}. ${next}`;
  },
  waiting: waitingText,
  verdict: ({ path, verdict }) => `${verdict.padEnd(10)} ${printable(path)}`,
  verifyProgress: () => null,
  wouldFetch: () => null,
  statusChanged: () => null,
  adopted: adoptedText,
  adoptAmbiguous: unclearText,
  adoptFailed: ({ from, error }) => `Failed: ${printable(from)}: ${printable(error.message)}`,
  adoptProgress: () => null,
  adoptEnded: () => null,
  rebuildProgress: () => null,
  rebuildEnded: (end) => "summary" in end ? rebuildText(end.summary) : null,
  libraryChanged: () => null,
  queueChanged: () => null,
  settingsChanged: () => null,
  engineChanged: () => null,
  rootProgress: () => null,
  rootChanged: () => null,
  syncEnded: () => null,
  verifyEnded: () => null,
};

/** What is waited for, until when, and how it goes on. */
function waitingText(
  { until, hint, reason, provider, everyMs, links }: Events["waiting"],
  { now, nameOf }: Words,
): string {
  if (reason === "offline") return `No connection: waiting. ${hint}`;
  const at = time(until, now);
  const isLimit = provider !== null && LIMITS.has(reason);
  if (!isLimit) return `Waiting until ${at}. ${hint}`;
  const pace = everyMs === null ? "" : `, about 1 every ${duration(everyMs)}`;
  const rest = everyMs === null || links === null ? "" : restText(links, everyMs);
  const sentence = `${nameOf(provider)} limits downloads; next one at ${at}${pace}${rest}`;
  return reason === "challenged" ? `${sentence}. ${hint}` : sentence;
}

/** How long what is left takes at the site's pace; nothing for the last few. */
function restText(links: number, everyMs: number): string {
  if (links < FEW_LINKS) return "";
  const anHour = Math.max(1, Math.round(3_600_000 / everyMs)).toLocaleString("en-US");
  return `; about ${duration(links * everyMs)} for ${count(links, "file")}: ` +
    `the site gives about ${anHour} links an hour`;
}

/** Of fewer files it is not said how long they take. */
const FEW_LINKS = 10;

/** Reasons to wait that are a site's wish. */
const LIMITS: ReadonlySet<string> = new Set(["paced", "throttled", "challenged"]);

/** What an event means to a person, null when it is not worth a line. */
export function sentenceOf<E extends EventName>(
  event: E,
  data: Events[E],
  words: Words,
): string | null {
  return SENTENCES[event](data, words);
}

/** How a sync went, and what to do next. */
export function syncText(summary: SyncSummary, nameOf: Words["nameOf"]): string {
  const { dryRun, assets, files, bytes, fetched, fetchedBytes, failed, waiting, took } = summary;
  const problems = summary.problems.map(({ provider, error }) =>
    `${nameOf(provider)}: ${printable(error.message)}. ${error.hint ?? ""}`.trimEnd()
  );
  const here = `Library: ${count(assets, "model")}, ${count(files, "file")} here (${size(bytes)})`;
  if (dryRun) {
    const would = `Would fetch ${count(fetched, "file")} (${size(fetchedBytes)} as far as known)`;
    return [...problems, here, `${would}. Nothing was changed.`].join("\n");
  }
  const got = fetched === 0
    ? "Nothing new to fetch"
    : `Fetched ${count(fetched, "file")} (${size(fetchedBytes)}) in ${duration(took)}`;
  return [
    ...problems,
    got,
    here,
    ...failed > 0
      ? [`${count(failed, "file")} could not be fetched; \`sync --full\` tries them again`]
      : [],
    ...waiting > 0 ? [`${count(waiting, "file")} still wait for the next sync`] : [],
  ].join("\n");
}

/** How far a move of the library is. */
export function moveText({ files, ofFiles, bytes, ofBytes }: Events["rootProgress"]): string {
  const moved = files.toLocaleString("en-US");
  return `${moved} of ${count(ofFiles, "file")} moved (${size(bytes)} of ${size(ofBytes)})`;
}

function notUnderstood(programName: string, option: string | null): string {
  if (option === null) return "not understood";
  const command = `${programName} list --not-understood ${option}`.trimEnd();
  return `not understood and kept aside; to see them:\n  ${command}`;
}
