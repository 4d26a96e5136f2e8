import { SyncError } from "../platform/errors.ts";
import type { Os } from "./os.ts";
import type { Run } from "./run.ts";

/** What {@linkcode openLink} needs. */
export interface OpenLinkPorts {
  readonly os: Os;
  readonly run: Run;
}

/** Blanks and what steers terminals and parsers: `new URL` would drop some of them in silence. */
// deno-lint-ignore no-control-regex -- they are what is looked for
const UNFIT = /[\u0000-\u0020\u007f-\u009f]/;

/**
 * Opens an address in the system's browser.
 *
 * @throws {SyncError} `badInput` when it is no plain web address, `permission` when the system has no browser for it.
 */
export async function openLink({ os, run }: OpenLinkPorts, url: string): Promise<void> {
  const { code } = await run(argvFor(os, webAddress(url)));
  if (code !== 0) {
    throw new SyncError("permission", "No browser could be opened here: copy the address instead");
  }
}

/**
 * The address in its normal form: `https:` or `http:`, a host, and nobody's name or password.
 *
 * @throws {SyncError} `badInput` when it is anything else.
 */
export function webAddress(text: string): string {
  const url = UNFIT.test(text) ? null : URL.parse(text);
  if (url === null) throw new SyncError("badInput", "Cannot open this: it is no web address");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new SyncError("badInput", `Cannot open this: "${url.protocol}" is no web address`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new SyncError("badInput", "Cannot open this: the address carries a user name");
  }
  return url.href;
}

function argvFor(os: Os, href: string): [string, ...string[]] {
  if (os === "darwin") return ["open", href];
  // `start` would need a shell, which reads & and % as its own.
  if (os === "windows") return ["rundll32.exe", "url.dll,FileProtocolHandler", href];
  return ["xdg-open", href];
}
