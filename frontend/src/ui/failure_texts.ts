import type { I18n } from "../i18n/i18n.tsx";

const KINDS = [
  "retryable",
  "throttled",
  "challenged",
  "needsAuth",
  "needsNewLease",
  "locked",
  "gone",
  "integrity",
  "diskFull",
  "permission",
  "cancelled",
  "badInput",
  "bug",
  "timeout",
  "disconnected",
] as const;

/** What happened and what to do, in the user's language. `remedy` may be empty. */
export function failureTexts(
  kind: string | null,
  t: I18n["t"],
): { readonly what: string; readonly remedy: string } {
  const known = KINDS.find((one) => one === kind) ?? "bug";
  return { what: t(`failure.${known}.what`), remedy: t(`failure.${known}.remedy`) };
}
