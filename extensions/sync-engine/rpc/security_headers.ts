/** What a page of ours may do: nothing but what it is made of. No inline script or style anywhere. */
function pagePolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    // Safari does not take 'self' for sockets.
    `connect-src 'self' ws://${host} wss://${host}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const ALWAYS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": [
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
  ].map((feature) => `${feature}=()`).join(", "),
  "x-frame-options": "DENY",
};

/**
 * Headers of every answer. What a route has set itself stays.
 *
 * @param host A `Host` header that was found good, null where none was.
 */
export function securityHeaders(host: string | null): Record<string, string> {
  const policy = host === null ? "default-src 'none'; frame-ancestors 'none'" : pagePolicy(host);
  return { ...ALWAYS, "content-security-policy": policy };
}
