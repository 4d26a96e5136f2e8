import { type Failure, type FailureKind, SyncError } from "./errors.ts";
import { scrub } from "./scrub.ts";

interface Verdict {
  readonly failure: Failure | FailureKind;
  /** For people, without addresses: what was thrown may carry a signed URL. */
  readonly message: string;
}

/**
 * A certificate that is not trusted is mostly a wrong clock, a Wi-Fi sign-in page or a renewal that
 * is late. Nothing was sent, and it heals without the app, but not within seconds.
 */
const CERTIFICATE_PAUSE_MS = 15 * 60_000;

const CUT: Verdict = {
  failure: "retryable",
  message: "The connection was cut before the answer was complete",
};
const REFUSED: Verdict = {
  failure: { kind: "retryable", unreached: "host" },
  message: "The site refused the connection",
};
const NO_ADDRESS: Verdict = {
  failure: { kind: "retryable", unreached: "network" },
  message: "Cannot find the site's address: check the internet connection",
};
const UNREACHABLE: Verdict = {
  failure: { kind: "retryable", unreached: "network" },
  message: "Cannot reach the site: check the internet connection",
};
const TIMED_OUT: Verdict = { failure: "retryable", message: "The answer took too long" };
const UNREADABLE: Verdict = {
  failure: "retryable",
  message: "The answer was not understandable HTTP",
};
const UNTRUSTED: Verdict = {
  failure: { kind: "retryable", after: CERTIFICATE_PAUSE_MS },
  message:
    "The site's certificate is not trusted: check this computer's date, and whether the network wants a sign-in",
};
const BAD_ADDRESS: Verdict = {
  failure: "badInput",
  message: "The address is not one that can be fetched",
};
const STOPPED: Verdict = { failure: "cancelled", message: "Stopped" };
const DISK_FULL: Verdict = { failure: "diskFull", message: "The disk is full" };
const DENIED: Verdict = { failure: "permission", message: "The system denies access" };
const READ_ONLY: Verdict = { failure: "permission", message: "The disk is read-only" };
const IN_THE_WAY: Verdict = {
  failure: "permission",
  message: "Something of another kind is in the way",
};
const IN_USE: Verdict = { failure: "diskFault", message: "Another program is using the file" };
const ABSENT: Verdict = { failure: "diskFault", message: "The file or folder is not there" };
const TOO_MANY: Verdict = {
  failure: "diskFault",
  message: "The system is out of file handles or memory for the moment",
};
const DISK_FAULT: Verdict = { failure: "diskFault", message: "The disk or network drive failed" };
const BAD_NAME: Verdict = {
  failure: "badInput",
  message: "The path is too long or not allowed on this disk: choose a shorter folder",
};
const CLOSED: Verdict = { failure: "bug", message: "Something closed was used" };

/** `code` of system errors, from Deno and from `node:` alike. */
const CODES: Readonly<Record<string, Verdict>> = {
  ENOSPC: DISK_FULL,
  EDQUOT: { failure: "diskFull", message: "The disk quota is used up" },
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: READ_ONLY,
  // FAT32 ends at 4 GiB a file; no freed space helps.
  EFBIG: {
    failure: "permission",
    message: "The file is larger than this disk's file system can hold",
  },
  // Temporary files lie beside their targets, so only a folder pooled from several disks does this.
  EXDEV: { failure: "permission", message: "The folder spans two disks: choose one on one disk" },
  EEXIST: IN_THE_WAY,
  ENOTDIR: IN_THE_WAY,
  EISDIR: IN_THE_WAY,
  ENOTEMPTY: IN_THE_WAY,
  ELOOP: IN_THE_WAY,
  EBUSY: IN_USE,
  ETXTBSY: IN_USE,
  ENOENT: ABSENT,
  EIO: DISK_FAULT,
  ENXIO: DISK_FAULT,
  ENODEV: DISK_FAULT,
  ESTALE: DISK_FAULT,
  EAGAIN: TOO_MANY,
  EINTR: TOO_MANY,
  EMFILE: TOO_MANY,
  ENFILE: TOO_MANY,
  ENOMEM: TOO_MANY,
  ENOBUFS: TOO_MANY,
  ENAMETOOLONG: BAD_NAME,
  EILSEQ: BAD_NAME,
  EBADF: CLOSED,
  ECONNREFUSED: REFUSED,
  ECONNRESET: CUT,
  ECONNABORTED: CUT,
  EPIPE: CUT,
  ENOTCONN: CUT,
  ETIMEDOUT: TIMED_OUT,
  ENETDOWN: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  ENOTFOUND: NO_ADDRESS,
  EAI_AGAIN: NO_ADDRESS,
};

/** `name` of `Deno.errors.*` that come without a code, and of `DOMException`s. */
const NAMES: Readonly<Record<string, Verdict>> = {
  AbortError: STOPPED,
  TimeoutError: TIMED_OUT,
  QuotaExceededError: DISK_FULL,
  NotFound: ABSENT,
  PermissionDenied: DENIED,
  AlreadyExists: IN_THE_WAY,
  NotADirectory: IN_THE_WAY,
  IsADirectory: IN_THE_WAY,
  FilesystemLoop: IN_THE_WAY,
  ConnectionRefused: REFUSED,
  ConnectionReset: CUT,
  ConnectionAborted: CUT,
  NotConnected: CUT,
  BrokenPipe: CUT,
  UnexpectedEof: CUT,
  AddrNotAvailable: UNREACHABLE,
  NetworkUnreachable: UNREACHABLE,
  TimedOut: TIMED_OUT,
  Http: UNREADABLE,
  Interrupted: TOO_MANY,
  WouldBlock: TOO_MANY,
  WriteZero: DISK_FAULT,
  Busy: IN_USE,
  InvalidData: { failure: "integrity", message: "The bytes are not what they should be" },
  BadResource: CLOSED,
  NotCapable: {
    failure: "bug",
    message: "The engine was started without a permission that it needs",
  },
};

/** Texts of Deno 2.9.6 (hyper, rustls, the system's resolver). First match wins. */
const TEXTS: readonly (readonly [RegExp, Verdict])[] = [
  [/invalid peer certificate/i, UNTRUSTED],
  [/^invalid url|url scheme .* not supported|requests to port \d+ are blocked/i, BAD_ADDRESS],
  [/dns error|failed to lookup address/i, NO_ADDRESS],
  [/connection refused|os error (?:61|111|10061)\)/i, REFUSED],
  [/connection reset|os error (?:54|104|10053|10054)\)/i, CUT],
  [/connection (?:was )?(?:closed|aborted)|broken pipe|(?:handshake|unexpected) eof/i, CUT],
  [/error reading a body from connection|error decoding response body/i, CUT],
  [/stream error|http2 error|connection error|go ?away|channel closed/i, CUT],
  [/(?:network|host) (?:is )?unreachable|no route to host/i, UNREACHABLE],
  [/timed out|timeout/i, TIMED_OUT],
  [/^unexpected end of file$|gzip header|deflate stream|brotli|corrupt/i, UNREADABLE],
  [/invalid .* parsed|message head is too large|received (?:fatal alert|corrupt)/i, UNREADABLE],
  // Windows names a file that another program has open by number only: sharing and lock violation.
  [/\(os error (?:32|33)\)/, IN_USE],
  [/error sending request|client error \(|^fetch failed/i, UNREACHABLE],
];

/**
 * The failure behind anything that was thrown. A `SyncError`, also as a cause, is handed on as it is;
 * a wish to stop wins over whatever broke because of it; otherwise the innermost cause that is known
 * decides, because it is the most exact. What is not known at all is a bug.
 */
export function classifyThrown(error: unknown): SyncError {
  const chain = causesOf(error);
  const known = chain.find((link) => link instanceof SyncError);
  if (known) return known;
  const verdict = chain.some((link) => link.name === "AbortError")
    ? STOPPED
    : chain.reverse().map(judge).find((one) => one !== undefined);
  const cause = scrubbed(error);
  if (verdict) return new SyncError(verdict.failure, verdict.message, { cause });
  return new SyncError("bug", `Unexpected failure: ${cause.message}`, { cause });
}

/**
 * The failure behind what an operation on the disk threw: a drive in the network breaks with the same codes as a
 * connection to a site, and is none.
 */
export function classifyDiskError(error: unknown): SyncError {
  const known = classifyThrown(error);
  if (known.kind !== "retryable") return known;
  return new SyncError(DISK_FAULT.failure, DISK_FAULT.message, { cause: known.cause });
}

function judge(error: Error): Verdict | undefined {
  const code = "code" in error ? error.code : undefined;
  const byCode = typeof code === "string" ? own(CODES, code) : undefined;
  return byCode ?? own(NAMES, error.name) ??
    TEXTS.find(([pattern]) => pattern.test(error.message))?.[1];
}

function own(table: Readonly<Record<string, Verdict>>, key: string): Verdict | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Causes from the outside in; stops at ten, because a chain may bite its own tail. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let link = error;
  while (link instanceof Error && chain.length < 10) {
    chain.push(link);
    link = link.cause;
  }
  return chain;
}

/** A copy that may be printed with its stack: Deno puts the whole URL into its messages. */
function scrubbed(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(scrub(String(error)));
  const messages = causesOf(error).map((link) => scrub(link.message)).filter((text) => text !== "");
  const copy = new Error(messages.join(": ") || error.name);
  copy.name = error.name;
  // To write a stack out takes longer than what most of these errors stop, such as a look for a file that is not there.
  Object.defineProperty(copy, "stack", { get: () => scrub(error.stack ?? copy.message) });
  return copy;
}
