/** Whether the engine takes this as a limit: whole kilobytes a second, 10 to 10,000,000. */
export function isRate(value: number): boolean {
  return Number.isInteger(value) && value >= 10 && value <= 10_000_000;
}

/** `22:00` for minutes since midnight, as a time field wants it. */
export function toTime(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Minutes since midnight of a time field, null when it is empty or odd. */
export function fromTime(text: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
