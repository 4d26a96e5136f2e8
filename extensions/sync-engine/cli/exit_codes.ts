import { type FailureKind, isFailureKind, type SyncError } from "../platform/errors.ts";
import { ProfileBusyError } from "../profile_busy_error.ts";
import type { FrameError, RepairSummary, SyncSummary, VerifySummary } from "../protocol.ts";

/** What the process ends with. */
export const EXIT = {
  ok: 0,
  fault: 1,
  usage: 2,
  signIn: 3,
  unfinished: 4,
  folder: 5,
  busy: 6,
  badFiles: 7,
  provider: 8,
  interrupted: 130,
  terminated: 143,
} as const;

/** Each exit code's meaning, as `--help` shows it. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: "all is well",
  fault: "unexpected fault, or the doctor found something",
  usage: "wrong usage or input",
  signIn: "a sign-in is needed",
  unfinished: "finished, but some files failed or still wait",
  folder: "folder or disk: no permission, disk full, library not there",
  busy: "another mmfsync works on this profile",
  badFiles: "verify found bad or missing files",
  provider: "a provider could not be read, or not to its end",
  interrupted: "stopped by Ctrl-C; all that was loaded is saved",
  terminated: "stopped by SIGTERM; all that was loaded is saved",
};

/** The table of exit codes, as `--help` shows it. */
export function exitCodeHelp(): string {
  const lines = Object.entries(EXIT_MEANINGS).map(([name, meaning]) =>
    `  ${String(EXIT[name as keyof typeof EXIT]).padStart(3)}  ${meaning}`
  );
  return ["Exit codes:", ...lines].join("\n");
}

const OF_FAILURE: Readonly<Record<FailureKind, number>> = {
  retryable: EXIT.provider,
  throttled: EXIT.provider,
  challenged: EXIT.provider,
  needsAuth: EXIT.signIn,
  needsNewLease: EXIT.provider,
  locked: EXIT.provider,
  refused: EXIT.provider,
  gone: EXIT.provider,
  integrity: EXIT.fault,
  diskFull: EXIT.folder,
  diskFault: EXIT.folder,
  permission: EXIT.folder,
  cancelled: EXIT.interrupted,
  badInput: EXIT.usage,
  bug: EXIT.fault,
};

/** Exit code of a command that failed. */
export function exitCodeOf(error: SyncError): number {
  return error instanceof ProfileBusyError ? EXIT.busy : OF_FAILURE[error.kind];
}

/** Most telling first: what has to be mended before anything else can go well. */
const BY_URGENCY: readonly number[] = [
  EXIT.folder,
  EXIT.signIn,
  EXIT.fault,
  EXIT.provider,
  EXIT.unfinished,
];

/** Exit code of a sync that came to its end. */
export function exitCodeOfSync(
  { dryRun, failed, waiting, scans, problems }: Pick<
    SyncSummary,
    "dryRun" | "failed" | "waiting" | "scans" | "problems"
  >,
): number {
  const codes = new Set<number>(problems.map(({ provider, error }) => {
    const scanned = scans.some((scan) => scan.provider === provider && scan.incomplete === null);
    return exitCodeOfProblem(error, scanned);
  }));
  if (scans.some(({ incomplete }) => incomplete !== null)) codes.add(EXIT.provider);
  if (!dryRun && failed + waiting > 0) codes.add(EXIT.unfinished);
  return BY_URGENCY.find((code) => codes.has(code)) ?? EXIT.ok;
}

/** Exit code of a repair that came to its end. */
export function exitCodeOfRepair(
  { missing, size, hash, unverified, sidecars }: Pick<
    VerifySummary,
    "missing" | "size" | "hash" | "unverified" | "sidecars"
  >,
  repair: RepairSummary,
): number {
  const codes = new Set(repair.problems.map((error) => exitCodeOfProblem(error, true)));
  if (repair.failed + repair.waiting > 0) codes.add(EXIT.unfinished);
  const found = BY_URGENCY.find((code) => codes.has(code));
  if (found !== undefined) return found;
  // What the site does not give any more, or what cannot be read, stays bad.
  const isMended = missing + size + hash === repair.queued && unverified === 0 &&
    sidecars === repair.sidecars;
  return isMended ? EXIT.ok : EXIT.badFiles;
}

/** A provider that was read well and is silent later only leaves files waiting. */
function exitCodeOfProblem({ code }: FrameError, scanned: boolean): number {
  const exit = isFailureKind(code) ? OF_FAILURE[code] : EXIT.fault;
  if (exit === EXIT.provider && scanned) return EXIT.unfinished;
  return exit === EXIT.usage ? EXIT.provider : exit;
}
