/** Numbers, sizes and times in a language. */
export interface Format {
  /** A whole number. */
  count(n: number): string;
  /** Bytes in decimal units, as disks are sold: `84 GB`. */
  bytes(n: number): string;
  /** Bytes a second. */
  speed(n: number): string;
  /** Of 1. */
  percent(share: number): string;
  /** Milliseconds, in its one or two largest units. */
  duration(ms: number): string;
  /** Day and time. Milliseconds since the Unix epoch, or ISO 8601. */
  dateTime(time: number | string): string;
  /** Day. */
  date(time: number | string): string;
  /** `3 minutes ago`, `in 2 hours`. */
  relative(time: number, now?: number): string;
  /** `12:05`, from minutes since midnight. */
  timeOfDay(minutes: number): string;
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const RELATIVE_UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]] as const;

/** @param locale BCP 47 */
export function createFormat(locale: string): Format {
  const counts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const byteFormats = [0, 1, 2].map((digits) =>
    BYTE_UNITS.map((unit) =>
      new Intl.NumberFormat(locale, {
        style: "unit",
        unit,
        unitDisplay: unit === "byte" ? "long" : "short",
        maximumFractionDigits: digits,
        minimumFractionDigits: digits,
      })
    )
  );
  const units = (unit: string, value: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" }).format(value);

  function bytes(n: number): string {
    const power = Math.min(
      BYTE_UNITS.length - 1,
      n < 1000 ? 0 : Math.floor(Math.log10(n * 1.0000001) / 3),
    );
    const value = n / 1000 ** power;
    const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return byteFormats[power < 3 ? Math.min(digits, 1) : digits]?.[power]?.format(value) ?? "";
  }

  return {
    count: (n) => counts.format(n),
    bytes,
    speed: (n) => `${bytes(n)}/s`,
    percent: (share) => percents.format(share),
    duration(ms) {
      const seconds = Math.max(0, Math.round(ms / 1000));
      if (seconds < 60) return units("second", seconds);
      if (seconds < 3600) {
        return `${units("minute", Math.floor(seconds / 60))} ${units("second", seconds % 60)}`;
      }
      const minutes = Math.round(seconds / 60);
      if (minutes < 1440) {
        return `${units("hour", Math.floor(minutes / 60))} ${units("minute", minutes % 60)}`;
      }
      return `${units("day", Math.floor(minutes / 1440))} ${
        units("hour", Math.floor(minutes % 1440 / 60))
      }`;
    },
    dateTime: (time) => dateTimes.format(new Date(time)),
    date: (time) => dates.format(new Date(time)),
    relative(time, now = Date.now()) {
      const seconds = Math.round((time - now) / 1000);
      const [unit, length] = RELATIVE_UNITS.find(([, size]) => Math.abs(seconds) >= size) ??
        ["second", 1];
      return relatives.format(Math.round(seconds / length), unit);
    },
    timeOfDay: (minutes) => times.format(new Date(minutes * 60_000)),
  };
}
