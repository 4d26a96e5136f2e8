import { openLink } from "../app/open_link.ts";
import { SyncError } from "../platform/errors.ts";
import type { Params, Results } from "../protocol.ts";
import { readOptionalSecret } from "./read_secret.ts";
import type { Session } from "./session.ts";

/** Options of a sign-in through the browser. */
export interface BrowserOptions {
  /** The app to keep; its secret is read from the terminal or the pipe. @default the one that is kept */
  readonly clientId?: string | undefined;
  /** Whether to open the address. @default {true} */
  readonly browser: boolean;
}

/**
 * Shows where to sign in, opens it, and waits until the user is back.
 *
 * @throws {SyncError} `badInput` when no app was entered; else why it failed, see `AccountsDoor`.
 */
export async function signInByBrowser(
  { engine, reporter, world, signal }: Session,
  way: Params<"accounts.authorize">,
  { clientId, browser }: BrowserOptions,
): Promise<Results["accounts.authorized"]> {
  const { accounts } = engine;
  const app = await accounts.app(way);
  if (clientId !== undefined) {
    const prompt =
      "Paste the client secret, or press Enter if your app has none (it is not shown): ";
    const clientSecret = await readOptionalSecret(world, prompt);
    await accounts.setApp({ ...way, clientId, clientSecret });
  } else if (app.clientId === null) {
    const message = `Register an app with the return address ${app.redirectUri} on the site, ` +
      "then call this with --client-id and the id that it was given";
    throw new SyncError("badInput", message);
  }
  const { url, until } = await accounts.authorize(way);
  reporter.say("signInAddress", { provider: way.provider, url, until }, `Sign in here: ${url}`);
  if (browser) await openLink({ os: world.os, run: world.launch }, url).catch(() => {});
  const cancel = () => accounts.cancelLogin();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    if (signal.aborted) cancel();
    return await accounts.authorized({ provider: way.provider });
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
