/** The page that logged-out visitors get. */
export const LOGIN_PAGE =
  `<!DOCTYPE html><html lang="en"><head><title>Login - MyMiniFactory</title></head>
<body><div id="login-root" data-component="LoginForm"><h1>MyMiniFactory, simulated</h1>
<form method="post" action="/login"><p><label>E-mail <input name="email"></label></p>
<p><label>Password <input name="password" type="password"></label></p><button>Log in</button></form></div></body></html>`;

/** What the owner of the library sees of it as a page. */
export const LIBRARY_PAGE =
  `<!DOCTYPE html><html lang="en"><head><title>My library - MyMiniFactory</title></head>
<body><h1>My library</h1><p>You are logged in.</p></body></html>`;

/** Pages of the site run and load only what is its own. Where its forms may lead is not among that. */
export const PAGE_POLICY = { "content-security-policy": "default-src 'self'; object-src 'none'" };

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
