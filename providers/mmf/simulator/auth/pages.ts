/**
 * What the browser shows while somebody signs in. `search` is the query of the request, which is handed on.
 *
 * @module
 */

/** Where a person says who they are. This one takes a click. */
export function signInPage(search: string): string {
  return page(
    "Login - MyMiniFactory",
    `<form method="post" action="/web/login${attribute(search)}"><button>Log in</button></form>`,
  );
}

/** Where a person says whether the app may act for them. */
export function consentPage(search: string): string {
  return page(
    "Authorize - MyMiniFactory",
    `<form method="post" action="/web/authorize${attribute(search)}">` +
      `<button name="allow" value="1">Allow</button><button name="allow" value="0">Deny</button></form>`,
  );
}

/** For requests that cannot be answered at the app. */
export function unknownAppPage(error: string): string {
  return page("Error - MyMiniFactory", `<p>${error}</p>`);
}

function page(title: string, content: string): string {
  return `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body>${content}</body></html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
