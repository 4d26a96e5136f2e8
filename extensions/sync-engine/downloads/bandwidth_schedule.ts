/** A bandwidth, and times of day that have another one. Kilobytes (1,000 bytes) a second; null is unlimited. */
export interface BandwidthSchedule {
  /** Outside of all windows. */
  readonly bandwidth: number | null;
  /** The first that holds the time of day decides. */
  readonly bandwidthWindows: readonly {
    /** Minutes since midnight, the first that belongs to it. */
    readonly from: number;
    /** The first that does not any more. Not after `from`: of the next day. */
    readonly to: number;
    readonly limit: number | null;
  }[];
}

/**
 * The limit that holds at a time.
 *
 * @param time Milliseconds since the Unix epoch; its time of day is local.
 * @returns Bytes a second, null for none.
 */
export function limitAt(schedule: BandwidthSchedule, time: number): number | null {
  const { bandwidth, bandwidthWindows } = schedule;
  // Without windows no date has to be made: this is asked for at every block of every transfer.
  const window = bandwidthWindows.length === 0
    ? undefined
    : bandwidthWindows.find(({ from, to }) => isWithin(minuteOfDay(time), from, to));
  const kilobytes = window ? window.limit : bandwidth;
  return kilobytes === null ? null : kilobytes * 1000;
}

function minuteOfDay(time: number): number {
  const date = new Date(time);
  return date.getHours() * 60 + date.getMinutes();
}

function isWithin(minute: number, from: number, to: number): boolean {
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
}
