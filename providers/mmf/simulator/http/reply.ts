/** A request as the real site would see it. */
export interface SiteRequest {
  readonly method: string;
  /** With the real origin. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The form of a POST, '' for other requests. */
  readonly body: string;
}

/** An answer before it is put on the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
  /** True for what the site compresses and sends in chunks, without a length. */
  readonly isDynamic?: boolean;
  /** The compressed body where it is at hand. */
  readonly gzipped?: () => Uint8Array;
}

/** What a group of hosts serves. */
export type Role = "www" | "storage" | "images" | "auth";

const encoder = new TextEncoder();

/** JSON as the site's PHP sends it. */
export function json(status: number, value: unknown): Reply {
  return jsonText(status, encoder.encode(JSON.stringify(value)));
}

/** Like `json`, for text at hand. */
export function jsonText(status: number, body: Uint8Array): Reply {
  return {
    status,
    headers: {
      "content-type": "application/json",
      "cache-control": "no-cache, private",
      ...siteHeaders(),
    },
    body,
    isDynamic: true,
  };
}

/** A page of the site. */
export function html(
  status: number,
  page: string,
  headers: Reply["headers"] = {},
): Reply {
  return {
    status,
    headers: { "content-type": "text/html; charset=UTF-8", ...siteHeaders(), ...headers },
    body: encoder.encode(page),
    isDynamic: true,
  };
}

/** A redirection with the small page that the site's framework adds. */
export function redirect(location: string): Reply {
  const page = `<!DOCTYPE html><html><head><title>Redirecting</title></head></html>`;
  return html(302, page, { location });
}

/** An error of the storage service. */
export function storageError(
  status: number,
  code: string,
  message: string,
  headers: Reply["headers"] = {},
): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return {
    status,
    headers: { "content-type": "application/xml", server: "AmazonS3", ...headers },
    body: encoder.encode(body),
  };
}

function siteHeaders(): Record<string, string | readonly string[]> {
  return {
    server: "cloudflare",
    "x-powered-by": "PHP/8.4.13",
    "cf-cache-status": "DYNAMIC",
    "cf-ray": "8f0c1d2e3a4b5c6d-LHR",
    "x-node-id": "web-3",
    "set-cookie": ["hl=en_US; path=/; secure", "__cflb=0H28v; path=/; HttpOnly"],
  };
}
