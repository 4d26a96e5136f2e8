/** The site's way to write a time: `2026-06-29T11:45:22+00:00`. */
export function isoDate(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "+00:00");
}
