/**
 * Says what is wrong with a path segment, after the documentation of each file system and without anything from
 * the code under test.
 *
 * - Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 * - APFS: valid UTF-8 of assigned code points, at most 255 bytes, no `/` and (Finder) no `:`
 * - ext4: at most 255 bytes, no `/`, no NUL
 */
export function segmentFaults(segment: string): string[] {
  const faults: string[] = [];
  const bytes = new TextEncoder().encode(segment);
  if (segment === "") faults.push("is empty");
  if (segment === "." || segment === "..") faults.push("is a directory reference");
  if (bytes.length > 255) faults.push(`has ${bytes.length} bytes`);
  if (segment.length > 255) faults.push(`has ${segment.length} UTF-16 units`);
  if (new TextDecoder().decode(bytes) !== segment) faults.push("does not survive UTF-8");
  for (const unit of segment) {
    const code = unit.codePointAt(0) ?? 0;
    if (code < 32 || (code >= 127 && code < 160)) faults.push(`has control ${code}`);
    if ('<>:"/\\|?*'.includes(unit)) faults.push(`has ${unit}`);
    if (/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(unit)) faults.push(`has bidi ${code}`);
    if ((code & 0xfffe) === 0xfffe) faults.push(`has noncharacter ${code}`);
  }
  if (/^[ \t]|[ .\t]$/.test(segment)) faults.push("begins or ends with a space or ends with a dot");
  const device = (segment.split(".")[0] ?? "").trimEnd().toUpperCase();
  if (DEVICES.includes(device)) faults.push(`is the device ${device}`);
  return faults;
}

const DIGITS = [..."0123456789¹²³"];
const DEVICES = [
  "CON",
  "PRN",
  "AUX",
  "NUL",
  "CONIN$",
  "CONOUT$",
  ...DIGITS.map((digit) => `COM${digit}`),
  ...DIGITS.map((digit) => `LPT${digit}`),
];
