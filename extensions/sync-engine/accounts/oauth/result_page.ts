/**
 * The pages that the user's browser shows when the site has sent it back. They load nothing from elsewhere, and the
 * address that carries the code is left at once.
 *
 * @module
 */

/** What a page is told to look like; allowed by its hash, as the policy allows no other. */
const STYLE =
  `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;` +
  `margin:20vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0}`;

/** Path of the script that hands over what a site has put behind the `#`, which no browser sends. */
export const FRAGMENT_SCRIPT_PATH = "/callback.js";

const FRAGMENT_SCRIPT = `const fragment = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
const answer = await fetch(location.pathname, {
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: fragment,
});
location.replace(answer.ok ? "/signed-in" : "/not-signed-in");
`;

/** A page with a heading and a sentence, both plain text. */
export async function page(status: number, heading: string, text: string, script = false) {
  const tag = script ? `<script type="module" src="${FRAGMENT_SCRIPT_PATH}"></script>` : "";
  const body =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${
      escaped(heading)
    }</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style>${tag}</head>` +
    `<body><main><h1>${escaped(heading)}</h1><p>${escaped(text)}</p></main></body></html>`;
  return new Response(body, { status, headers: await headers("text/html; charset=utf-8") });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export async function fragmentScript(): Promise<Response> {
  return new Response(FRAGMENT_SCRIPT, { headers: await headers("text/javascript") });
}

/** Sends the browser on, away from an address with a secret in it. */
export async function sendTo(path: string): Promise<Response> {
  return new Response(null, {
    status: 303,
    headers: { ...await headers("text/plain"), location: path },
  });
}

async function headers(type: string): Promise<Record<string, string>> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(STYLE));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return {
    "content-type": type,
    "content-security-policy": `default-src 'none'; style-src 'sha256-${hash}'; ` +
      `script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  };
}
