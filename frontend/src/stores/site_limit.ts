import type { EngineStatus, Events } from "../../../extensions/sync-engine/protocol.ts";
import type { I18n } from "../i18n/i18n.tsx";

/** A site that lets only so many downloads through. */
export interface SiteLimit {
  /** The site's name. */
  readonly name: string;
  /** When the next download begins; milliseconds since the Unix epoch. */
  readonly until: number;
  /** Milliseconds from one download to the next, null when that is not known. */
  readonly everyMs: number | null;
  /** The site wants to see a person first. */
  readonly isCheck?: true;
}

/** Reasons for waiting that are a site's wish. */
const LIMITS: ReadonlySet<string> = new Set(["paced", "throttled", "challenged"]);

/**
 * The limit that a sync meets, null when it meets none. What was told before this page was opened is known from the
 * status alone.
 *
 * @param now Milliseconds since the Unix epoch.
 */
export function siteLimit(
  waiting: Events["waiting"] | null,
  { busy, providers }: Pick<EngineStatus, "busy" | "providers">,
  now: number,
): SiteLimit | null {
  if (busy !== "sync") return null;
  if (waiting && waiting.provider !== null && LIMITS.has(waiting.reason)) {
    const { provider, until, everyMs } = waiting;
    const name = providers.find(({ id }) => id === provider)?.name ?? provider;
    return { name, until, everyMs, ...waiting.reason === "challenged" ? { isCheck: true } : {} };
  }
  const paused = providers.find(({ pausedUntil }) => (pausedUntil ?? 0) > now);
  return paused ? { name: paused.name, until: paused.pausedUntil ?? now, everyMs: null } : null;
}

/** One line that says what is waited for, until when, and how it goes on. */
export function limitText(
  { name, until, everyMs, isCheck }: SiteLimit,
  { t, format }: Pick<I18n, "t" | "format">,
): string {
  const date = new Date(until);
  const time = format().timeOfDay(date.getHours() * 60 + date.getMinutes());
  if (isCheck) return t("sync.checked", { name, time });
  return everyMs === null
    ? t("sync.limited", { name, time })
    : t("sync.limitedPace", { name, time, every: format().duration(everyMs) });
}
