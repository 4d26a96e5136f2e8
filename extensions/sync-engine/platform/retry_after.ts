/** Nobody means more than a day; a larger figure is a mistake or an attack. */
const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * The three forms of an HTTP-date (RFC 9110, 5.6.7), in the order of their use: IMF-fixdate, RFC 850
 * and asctime.
 */
const DATE_FORMS = [
  /^[a-z]{3}, (?<day>\d{2}) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) gmt$/i,
  /^[a-z]{6,9}, (?<day>\d{2})-(?<month>[a-z]{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) gmt$/i,
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/i,
];

/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3).
 *
 * @param value The header: seconds or an HTTP-date; null when it is absent.
 * @param now Milliseconds since the Unix epoch.
 * @returns Milliseconds to wait from `now`, 0 for a date in the past, at most 24 hours; null when the
 * header is absent or not understood.
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_PAUSE_MS);
  const at = parseHttpDate(text, now);
  return at === null ? null : Math.min(Math.max(0, at - now), LONGEST_PAUSE_MS);
}

function parseHttpDate(text: string, now: number): number | null {
  for (const form of DATE_FORMS) {
    const { day, month, year, time } = form.exec(text)?.groups ?? {};
    if (!day || !month || !year || !time) continue;
    const [hour, minute, second] = time.split(":").map(Number);
    const index = MONTHS.indexOf(month.toLowerCase());
    if (index < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
    const fullYear = year.length === 2 ? nearestYear(Number(year), now) : Number(year);
    const midnight = Date.UTC(fullYear, index, Number(day));
    if (new Date(midnight).getUTCDate() !== Number(day)) return null;
    return midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  }
  return null;
}

/** RFC 9110: a two-digit year that seems more than 50 years ahead lies in the past. */
function nearestYear(twoDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - thisYear % 100 + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
