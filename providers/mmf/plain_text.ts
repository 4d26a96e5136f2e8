const BLOCKS = new Set(
  "p div br hr li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote pre section article header footer"
    .split(" "),
);
const HIDDEN = new Set(["script", "style", "template", "noscript", "iframe", "svg"]);
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["bull", "•"],
  ["copy", "©"],
  ["reg", "®"],
  ["trade", "™"],
  ["deg", "°"],
  ["times", "×"],
  ["euro", "€"],
]);

/**
 * The words of an HTML text, with a line for each block; null when there are none. Takes time proportional to the
 * length, whatever the text. The result is text, not markup: `&lt;b&gt;` becomes `<b>`.
 */
export function plainText(html: string): string | null {
  let out = "";
  let at = 0;
  let end = -1;
  let skipUntil: string | null = null;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    // Looked for once for each ">", or a text full of "<" would take the square of its length.
    if (open !== -1 && end < open) end = html.indexOf(">", open);
    if (open === -1 || end === -1) {
      if (skipUntil === null) out += inline(html.slice(at));
      break;
    }
    if (skipUntil === null) out += inline(html.slice(at, open));
    if (html.startsWith("<!--", open)) {
      const close = html.indexOf("-->", open + 4);
      if (close === -1) break;
      at = close + 3;
      continue;
    }
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 20));
    if (tag === null && !/^<[!?]/.test(html.slice(open, open + 2))) {
      if (skipUntil === null) out += "<";
      at = open + 1;
      continue;
    }
    at = end + 1;
    const name = (tag?.[2] ?? "").toLowerCase();
    const closing = tag?.[1] === "/";
    if (skipUntil !== null) {
      if (closing && name === skipUntil) skipUntil = null;
    } else if (HIDDEN.has(name) && !closing && html[end - 1] !== "/") {
      skipUntil = name;
    } else if (BLOCKS.has(name)) {
      out += name !== "li" ? "\n" : closing ? "" : "\n- ";
    }
  }
  return tidy(decode(out));
}

/**
 * A description that the site has flattened: runs of two or more blanks stand where lines ended.
 */
export function flatText(flat: string): string | null {
  return tidy(flat.replace(/[ \u00a0]{2,}/g, "\n"));
}

// A line break in the source is a blank on the page.
function inline(value: string): string {
  return value.replace(/[ \t\r\n]+/g, " ");
}

function decode(value: string): string {
  return value.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (
    all,
    decimal: string | undefined,
    hex: string | undefined,
    name: string | undefined,
  ) => {
    if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? all;
    const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? "", 16);
    const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid ? String.fromCodePoint(code) : "";
  });
}

function tidy(value: string): string | null {
  const lines = value
    .replace(/\r\n?/g, "\n")
    // deno-lint-ignore no-control-regex -- they are what is to be taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .split("\n")
    .map((line) => line.replace(/[ \t\u00a0]+/g, " ").trim());
  const kept: string[] = [];
  for (const line of lines) {
    if (line !== "-" && (line !== "" || (kept.at(-1) ?? "") !== "")) kept.push(line);
  }
  const text = kept.join("\n").trim();
  return text === "" ? null : text;
}
