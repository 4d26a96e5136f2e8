import type { Events, TransferProgress } from "../protocol.ts";
import { count, cut, printable, size } from "./wording.ts";

const WIDEST_BAR = 24;
const WIDEST_NAME = 44;

/** The line of one transfer, never longer than `columns`. */
export function transferLine(
  { title, name, done, size: total }: TransferProgress,
  columns: number,
): string {
  const numbers = total === null
    ? size(done)
    : `${percent(done, total).padStart(4)} of ${size(total)}`;
  const label = printable(`${name} · ${title}`);
  const bar = Math.min(WIDEST_BAR, columns - numbers.length - 20);
  if (bar < 6) return cut(`${numbers.trimStart()} ${label}`, columns);
  const drawn = drawBar(total === null || total === 0 ? 0 : done / total, bar);
  const width = Math.min(WIDEST_NAME, columns - bar - numbers.length - 2);
  return `${cut(label, width).padEnd(width)} ${drawn} ${numbers}`;
}

/** The line of the whole sync, never longer than `columns`. */
export function totalLine(
  { fetched, fetchedBytes, failed, waiting, running, speed }: Events["progress"],
  columns: number,
): string {
  const all = fetched + failed + running.length + waiting;
  const parts = [
    `${fetched.toLocaleString("en-US")} of ${count(all, "file")}`,
    size(fetchedBytes),
    ...speed > 0 ? [`${size(speed)}/s`] : [],
    ...failed > 0 ? [`${failed} failed`] : [],
  ];
  return cut(parts.join(" · "), columns);
}

function drawBar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "━".repeat(full) + "┄".repeat(width - full);
}

function percent(done: number, total: number): string {
  return `${total === 0 ? 100 : Math.min(100, Math.floor(done / total * 100))}%`;
}
