/** The page that logged-out visitors get. */
export const LOGIN_PAGE =
  `<!DOCTYPE html><html lang="en"><head><title>Login - MyMiniFactory</title></head>
<body><div id="login-root" data-component="LoginForm"></div><noscript>Please log in</noscript></body></html>`;

/** Cloudflare's waiting page. */
export const CHALLENGE_PAGE =
  `<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>
<meta http-equiv="refresh" content="390"></head><body><noscript>Enable JavaScript and cookies to continue</noscript>
<script>window._cf_chl_opt={cType:'managed'};</script></body></html>`;

/** The plain refusal of the site's own throttle. */
export const FORBIDDEN_PAGE =
  `<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center></body></html>`;

/** The public page of an object. */
export function objectPage(title: string): string {
  const safe = title.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  return `<!DOCTYPE html><html lang="en"><head><title>${safe} - MyMiniFactory</title></head>
<body><h1>${safe}</h1><div class="cont-download"></div></body></html>`;
}
