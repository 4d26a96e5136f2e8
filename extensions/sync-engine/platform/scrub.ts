const URL_IN_TEXT = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>()]+/gi;

/** Path segments that look like an endpoint's words or a number, not like somebody's file. */
const PLAIN_SEGMENT = /^(?:[A-Za-z]{1,24}(?:-[A-Za-z]{1,24})?|v?\d{1,20})$/;
/** After these words a path carries a name that people chose. */
const NAMES_FOLLOW = /^(?:users?|objects?|models?|collections?|creators?)$/;

const REDACTED = "[redacted]";
const CREDENTIALS: readonly (readonly [RegExp, string])[] = [
  [/\b((?:set-)?cookie|(?:proxy-)?authorization)(["']?\s*[:=]\s*)[^\r\n]+/gi, `$1$2${REDACTED}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${REDACTED}`],
  [
    /([\w-]*(?:token|secret|passw(?:or)?d|passphrase|signature|credential|api[_-]?key|sess(?:ion)?id|remember_?me|clearance|x-amz-)[\w-]*["']?\s*[:=]\s*["']?)[^\s&;,"')}]+/gi,
    `$1${REDACTED}`,
  ],
  [/\b((?:key|sig|code|state|sid|auth|session|password|hdnea)=)[^\s&;,"')}]+/gi, `$1${REDACTED}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED],
];

/**
 * Takes out of a text what must never reach a log or a report: the query, fragment and user of every
 * URL, the parts of its path that may be names, and everything that looks like a credential.
 */
export function scrub(text: string): string {
  let clean = text.replace(URL_IN_TEXT, scrubUrl);
  for (const [pattern, replacement] of CREDENTIALS) clean = clean.replace(pattern, replacement);
  return clean;
}

function scrubUrl(text: string): string {
  const url = URL.parse(text);
  if (!url) return REDACTED;
  if (!url.host) return `${url.protocol}//…`;
  let previous = "";
  const path = url.pathname.split("/").map((segment) => {
    const isName = NAMES_FOLLOW.test(previous) && !/^\d+$/.test(segment);
    previous = segment;
    return segment === "" || (PLAIN_SEGMENT.test(segment) && !isName) ? segment : "…";
  });
  return `${url.protocol}//${url.host}${path.join("/")}`;
}
