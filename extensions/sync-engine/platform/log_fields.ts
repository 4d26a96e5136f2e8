import { createHmac } from "node:crypto";
import { DEFAULT_REDACT_FIELDS, EMAIL_ADDRESS_PATTERN } from "@logtape/redaction";
import type { LogFields } from "./ports.ts";
import { scrub } from "./scrub.ts";

/** Words that make a field one that people chose: `title`, but also `fileName` and `target_path`. */
const PRIVATE_WORDS: ReadonlySet<string> = new Set([
  "title",
  "creator",
  "name",
  "path",
  "file",
  "asset",
  "account",
]);

const CREDENTIAL_FIELDS: readonly (string | RegExp)[] = [
  ...DEFAULT_REDACT_FIELDS,
  /cookie/i,
  /sess(?:ion)?_?id/i,
  /bearer/i,
  /clearance/i,
  /remember_?me/i,
  /^(?:code|otp|pin|sig)$/i,
];

/** An absolute path in quotes, as the messages of the `Fs` port carry it for the user. */
const QUOTED_PATHS = [
  /(?<=")(?:\/|[A-Za-z]:[\\/]|\\\\)[^"\r\n]*(?=")/g,
  /(?<=')(?:\/|[A-Za-z]:[\\/]|\\\\)[^'\r\n]*(?=')/g,
  // Without quotes only what lies in somebody's home, because other slashes start endpoints.
  /(?:\/home\/|\/Users\/|[A-Za-z]:\\Users\\)[^\s"':,;)]+/g,
];

/** Makes fit for the log what the engine would say to its user. */
export interface LogCleaner {
  /** A message without credentials, with URLs cut and quoted paths hashed. */
  message(text: string): string;
  /** Fields without credentials and absent values, names hashed, other texts cleaned as messages. */
  fields(fields: LogFields): Record<string, string | number | boolean | null>;
}

/**
 * @param salt Kept with the profile, never in the log: without it, a hash of a known title would tell
 * who owns that title.
 */
export function createLogCleaner(salt: string): LogCleaner {
  const hash = (value: string | number | boolean) =>
    createHmac("sha256", salt).update(String(value)).digest("hex").slice(0, 12);

  const message = (text: string) => {
    // Paths first: one that looks like a credential would be cut in the middle.
    const hashed = QUOTED_PATHS.reduce(
      (rest, pattern) => rest.replace(pattern, (path) => `#${hash(path)}`),
      text,
    );
    return scrub(hashed).replace(EMAIL_ADDRESS_PATTERN.pattern, "[email]");
  };

  return {
    message,
    fields(fields) {
      const clean: Record<string, string | number | boolean | null> = {};
      for (const [key, value] of Object.entries(fields)) {
        if (value === undefined || looksLikeCredential(key)) continue;
        if (value === null) clean[key] = null;
        else if (PRIVATE_WORDS.has(key)) clean[key] = hash(value);
        else if (typeof value !== "string") clean[key] = value;
        else clean[key] = isPrivate(key) ? hash(value) : message(value);
      }
      return clean;
    },
  };
}

function looksLikeCredential(key: string): boolean {
  return CREDENTIAL_FIELDS.some((pattern) =>
    typeof pattern === "string" ? pattern === key : pattern.test(key)
  );
}

/** `fileName`, `file_name` and `FILE-NAME` are all the words "file" and "name". */
function isPrivate(key: string): boolean {
  const words = key.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z\d]+/);
  return words.some((word) => PRIVATE_WORDS.has(word) || word.endsWith("name"));
}
