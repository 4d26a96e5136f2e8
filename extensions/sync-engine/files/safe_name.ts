import { pathKey } from "./fold_path.ts";

/** Options for {@linkcode safeName}. */
export interface SafeNameOptions {
  /**
   * Longest result in bytes of UTF-8. The file systems allow 255; the default leaves room for what the
   * engine appends to a name: a collision suffix, a version's date, a partial file's ending.
   *
   * @default {200}
   */
  readonly maxBytes?: number;
  /**
   * Longest result in UTF-16 units, which is how Windows counts.
   *
   * @default {maxBytes}
   */
  readonly maxUnits?: number;
}

/** The shortest limit that {@linkcode safeName} accepts: room for any reserved name and its `_`. */
export const MIN_NAME_LENGTH = 32;

const PLACEHOLDER = "unnamed";

/** Bidirectional controls (they can make `gpj.exe` look like `exe.jpg`) and invisible marks. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** Line breaks and other white space that is a control character. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

/**
 * Refused by NTFS (`<>:"/\|?*`), by everyone (controls, lone surrogates), by APFS (unassigned code points), or
 * given another meaning by the SMB client of macOS (private use).
 */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Cs}\p{Cn}\p{Co}]/gu;

/** Devices of Windows, whatever the extension. The key has folded COM¹ into com1 and CON into con. */
const DEVICE = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9]|lpt[0-9])$/;

/** Names with a meaning for this app, or on which Windows acts when it opens a folder. */
const OWN_OR_SYSTEM: ReadonlySet<string> = new Set([
  "datapackage.json",
  "datapackage.json.damaged",
  "files",
  "renders",
  "autorun.inf",
  "desktop.ini",
  "ehthumbs.db",
  "thumbs.db",
]);

/** `.stl` (never more than 26 bytes), and the two-part endings that only mean something together: `.tar.gz`, `.7z.001`. */
const EXTENSION = /(?:\.(?:tar|zip|7z|rar|part\d{1,4}))?\.[a-z0-9_-]{1,16}$/i;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
const utf8 = new TextEncoder();

/**
 * Turns a name that a site gave into one path segment that is valid on NTFS, APFS and ext4 at once and that
 * none of this app's own files uses. Applying it again changes nothing.
 *
 * What cannot stay becomes `_`: it is plain ASCII, so no file system folds it into something else, and it shows that
 * something was replaced, which a look-alike such as `：` would hide. A leading dot becomes `_` too, for it
 * would hide the file.
 *
 * Different names can give the same result; `layout.ts` keeps their paths apart.
 *
 * @throws {RangeError} If a limit is below {@linkcode MIN_NAME_LENGTH}.
 */
export function safeName(name: string, options: SafeNameOptions = {}): string {
  const { maxBytes = 200, maxUnits = maxBytes } = options;
  if (!(maxBytes >= MIN_NAME_LENGTH && maxUnits >= MIN_NAME_LENGTH)) {
    throw new RangeError(
      `Cannot shorten names to ${maxBytes} bytes or ${maxUnits} units: the least is ${MIN_NAME_LENGTH}`,
    );
  }
  let safe = clean(name);
  for (;;) {
    // Shortening can uncover a reserved name, and the `_` against it can make the name too long again.
    const next = dodgeReserved(shorten(safe, maxBytes, maxUnits));
    if (next === safe) return safe;
    safe = next;
  }
}

/** Where a name's extension starts, its dot included; the name's length when it has none. */
export function extensionStart(name: string): number {
  const index = EXTENSION.exec(name)?.index ?? 0;
  return index > 0 ? index : name.length;
}

/**
 * Puts `suffix` before the extension, shortening what stands before it as far as the limits ask.
 *
 * @param name A result of {@linkcode safeName}.
 * @param suffix Safe characters only, and well below the limits.
 */
export function suffixName(name: string, suffix: string, options: SafeNameOptions = {}): string {
  const { maxBytes = 200, maxUnits = maxBytes } = options;
  const at = extensionStart(name);
  const tail = suffix + name.slice(at);
  const stem = cut(name.slice(0, at), maxBytes - byteLength(tail), maxUnits - tail.length);
  return safeName(stem + tail, options);
}

function clean(name: string): string {
  const text = name
    .replace(BREAKS, " ")
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .replace(FORBIDDEN, "_")
    .trim();
  return trimEnd(text);
}

function dodgeReserved(name: string): string {
  // Asked of the key, so that no look-alike or invisible mark gets around it.
  const key = pathKey(name);
  if (key === "") return PLACEHOLDER;
  if (key.startsWith(".")) return `_${name.replace(/^\./, "")}`;
  if (key.endsWith(".part") || OWN_OR_SYSTEM.has(key)) return `${name}_`;
  // Windows takes everything up to the first dot, without trailing spaces, for the device's name.
  const dot = name.indexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  return DEVICE.test(pathKey(stem)) ? `${stem}_${name.slice(stem.length)}` : name;
}

function shorten(name: string, maxBytes: number, maxUnits: number): string {
  if (name.length <= maxUnits && byteLength(name) <= maxBytes) return name;
  const at = extensionStart(name);
  const extension = name.slice(at);
  const [bytes, units] = [maxBytes - byteLength(extension), maxUnits - extension.length];
  // An extension that would take most of the name says less than the name does.
  if (bytes < maxBytes / 2 || units < maxUnits / 2) return cut(name, maxBytes, maxUnits);
  return cut(name.slice(0, at), bytes, units) + extension;
}

/** The longest start of `text` within the limits that splits no character as people see it. */
function cut(text: string, maxBytes: number, maxUnits: number): string {
  const parts = function* () {
    for (const { segment } of graphemes.segment(text)) yield segment;
  };
  const kept = take(parts(), maxBytes, maxUnits);
  // A first character of hundreds of combining marks is split after all.
  return trimEnd(kept === "" ? take(text, maxBytes, maxUnits) : kept);
}

function take(parts: Iterable<string>, maxBytes: number, maxUnits: number): string {
  let [taken, bytes] = ["", 0];
  for (const part of parts) {
    bytes += byteLength(part);
    if (bytes > maxBytes || taken.length + part.length > maxUnits) break;
    taken += part;
  }
  return taken;
}

/** Windows drops dots and spaces at a name's end; other white space there misleads people. */
function trimEnd(text: string): string {
  return text.replace(/[\s.]+$/u, "");
}

function byteLength(text: string): number {
  return utf8.encode(text).length;
}
