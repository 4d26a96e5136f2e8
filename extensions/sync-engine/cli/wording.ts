import prettyBytes from "pretty-bytes";

/** Control characters and those that turn the direction of text: names come from outside. */
// deno-lint-ignore no-control-regex -- they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A text from outside on one line, unable to steer the terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, " ");
}

/** `1 file`, `1,234 files`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
}

/** `1,234 new`; null for none of it. */
export function some(n: number, what: string): string | null {
  return n === 0 ? null : `${n.toLocaleString("en-US")} ${what}`;
}

/** `1.34 MB`. */
export function size(bytes: number): string {
  return prettyBytes(bytes);
}

/** `3 s`, `4 min 5 s`, `2 h 3 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Local date and time to the minute, the date only when it is not that of `now`. */
export function time(ms: number, now: number): string {
  const [date, clock] = localParts(ms);
  return date === localParts(now)[0] ? clock : `${date} ${clock}`;
}

function localParts(ms: number): readonly [date: string, time: string] {
  const at = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return [
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    `${two(at.getHours())}:${two(at.getMinutes())}`,
  ];
}

/** The beginning of a text, with an ellipsis where it was cut. */
export function cut(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  return longest < 1 ? "" : `${characters.slice(0, longest - 1).join("")}…`;
}
