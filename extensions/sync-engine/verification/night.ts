/** How much is verified each night, and when. */
export interface NightPlan {
  /** Gigabytes (10⁹ bytes) a night. */
  readonly gigabytes: number;
  /** Minutes since midnight, local time, the first that belongs to it. */
  readonly from: number;
  /** The first minute that does not any more. Not after `from`: of the next day. */
  readonly to: number;
}

/** What has been read in a night. */
export interface NightSpent {
  /** When the night began: it is known by that. Milliseconds since the Unix epoch. */
  readonly night: number;
  readonly bytes: number;
}

/** What is to be done now. Times are milliseconds since the Unix epoch. */
export type NightState =
  | { readonly kind: "off" }
  | { readonly kind: "wait"; readonly until: number }
  /** `bytes` are left of the night's budget, which ends at `until`. */
  | {
    readonly kind: "run";
    readonly night: number;
    readonly until: number;
    readonly bytes: number;
  };

/** Days that are looked at: the night may have begun yesterday, and be one that summer time has taken away. */
const DAYS = [-1, 0, 1, 2];

/**
 * What the plan says at a time.
 *
 * @param spent Of the last night of which anything was read; null when there was none.
 */
export function nightAt(
  plan: NightPlan | null,
  spent: NightSpent | null,
  now: number,
): NightState {
  if (plan === null) return { kind: "off" };
  for (const day of DAYS) {
    const { start, end } = windowOf(plan, now, day);
    if (end <= start || end <= now) continue;
    if (start > now) return { kind: "wait", until: start };
    const bytes = plan.gigabytes * 1e9 - (spent?.night === start ? spent.bytes : 0);
    if (bytes > 0) return { kind: "run", night: start, until: end, bytes };
  }
  return { kind: "off" };
}

/** The window that begins so many days after today. */
function windowOf(
  { from, to }: NightPlan,
  now: number,
  day: number,
): { readonly start: number; readonly end: number } {
  const today = new Date(now);
  // Minutes overflow into hours, and hours that the day does not have into others: local time is the calendar's.
  const at = (days: number, minutes: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, 0, minutes).getTime();
  return { start: at(day, from), end: at(to <= from ? day + 1 : day, to) };
}
