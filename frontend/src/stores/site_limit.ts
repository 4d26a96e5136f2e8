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
  /** Files that still need a turn each, null when that is not known. */
  readonly links: number | null;
  /** The site wants to see a person first. */
  readonly isCheck?: true;
}

/** Of fewer files it is not said how long they take. */
const FEW_LINKS = 10;

/** Reasons for waiting that are a site's wish. */
const LIMITS: ReadonlySet<string> = new Set(["paced", "throttled", "challenged"]);

/**
 * The limit that downloads meet, null when they meet none. What was told before this page was opened, and what lasts
 * longer than the sync that met it, is known from the status alone.
 *
 * @param now Milliseconds since the Unix epoch.
 */
export function siteLimit(
  waiting: Events["waiting"] | null,
  { busy, providers }: Pick<EngineStatus, "busy" | "providers">,
  now: number,
): SiteLimit | null {
  if (busy === "sync" && waiting && waiting.provider !== null && LIMITS.has(waiting.reason)) {
    const { provider, until, everyMs, links } = waiting;
    const name = providers.find(({ id }) => id === provider)?.name ?? provider;
    return {
      name,
      until,
      everyMs,
      links,
      ...waiting.reason === "challenged" ? { isCheck: true } : {},
    };
  }
  for (const { name, pause } of providers) {
    if (!pause || pause.until <= now) continue;
    const isCheck = pause.reason === "challenged";
    return { name, until: pause.until, everyMs: null, links: null, ...isCheck ? { isCheck } : {} };
  }
  return null;
}

/** One line that says what is waited for, until when, and how it goes on. */
export function limitText(
  { name, until, everyMs, links, isCheck }: SiteLimit,
  { t, format }: Pick<I18n, "t" | "format">,
): string {
  const date = new Date(until);
  const time = format().timeOfDay(date.getHours() * 60 + date.getMinutes());
  if (isCheck) return t("sync.checked", { name, time });
  if (everyMs === null) return t("sync.limited", { name, time });
  const pace = t("sync.limitedPace", { name, time, every: format().duration(everyMs) });
  if (links === null || links < FEW_LINKS) return pace;
  const rest = t("sync.limitedRest", {
    rest: format().duration(links * everyMs),
    links: format().count(Math.max(1, Math.round(3_600_000 / everyMs))),
  });
  return `${pace}. ${rest}`;
}
