import { SyncError } from "../../platform/errors.ts";
import type { ListenOnLoopback } from "../../platform/loopback_server.ts";
import { FRAGMENT_SCRIPT_PATH, fragmentScript, page, sendTo } from "./result_page.ts";

/** Bytes of a fragment that are taken. */
const LONGEST_FRAGMENT = 16_384;

/** Where the browser comes back to. */
export interface RedirectReceiver {
  /** What the site has sent along with the right `state`. */
  readonly answer: Promise<URLSearchParams>;
  /** Resolves when the browser was shown how it ended. */
  readonly shown: Promise<void>;
  /** Takes the address that the browser came to on another computer. Returns whether it belongs here. */
  take(address: URL): boolean;
  close(): Promise<void>;
}

/** The address that the user registers with the site: exactly this, as sites compare it letter by letter. */
export function redirectUri(port: number): string {
  return `http://localhost:${port}/callback`;
}

/**
 * Waits for the browser at {@linkcode redirectUri}. Whatever does not carry `state` is answered and otherwise ignored:
 * any page can send a browser here.
 *
 * @throws {SyncError} `badInput` when another program uses the port.
 */
export async function receiveRedirect(
  listen: ListenOnLoopback,
  port: number,
  state: string,
): Promise<RedirectReceiver> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  const { promise: shown, resolve: show } = Promise.withResolvers<void>();
  let outcome: "waiting" | "signedIn" | "refused" = "waiting";
  const server = await listen(port, respond);
  return {
    answer: promise,
    shown,
    take(address) {
      const { search, hash } = address;
      const given = hash === "" ? search : hash.slice(1);
      const known = isKnown(new URLSearchParams(given));
      if (known) show();
      return known;
    },
    close: () => server.close(),
  };

  async function respond(request: Request): Promise<Response> {
    const url = new URL(request.url);
    // A name that was made to lead here (DNS rebinding) is none of ours.
    if (!["localhost", "127.0.0.1", "[::1]"].includes(url.hostname)) return await notHere();
    const path = url.pathname.replace(/(?<=.)\/$/, "");
    if (request.method === "POST" && path === "/callback") return await takeFragment(request, url);
    if (request.method !== "GET") return await notHere();
    if (path === FRAGMENT_SCRIPT_PATH) return await fragmentScript();
    if (path === "/signed-in" || path === "/not-signed-in") {
      if (outcome !== "waiting") show();
      return await (outcome === "signedIn" ? signedIn() : notSignedIn());
    }
    if (path !== "/callback") return await notHere();
    const { searchParams } = url;
    if (["code", "error", "access_token"].some((name) => searchParams.has(name))) {
      return await sendTo(take(searchParams) ? "/signed-in" : "/not-signed-in");
    }
    return await page(200, "Signing in …", "One moment. This page needs JavaScript.", true);
  }

  async function takeFragment(request: Request, url: URL): Promise<Response> {
    const length = Number(request.headers.get("content-length") ?? NaN);
    const foreign = request.headers.get("origin") !== url.origin;
    if (foreign || !(length <= LONGEST_FRAGMENT)) return await notSignedIn(400);
    const taken = take(new URLSearchParams(await request.text()));
    return new Response(null, { status: taken ? 204 : 400 });
  }

  /** Returns whether it is a sign-in; a refusal is taken too. */
  function take(answer: URLSearchParams): boolean {
    return isKnown(answer) && outcome === "signedIn";
  }

  function isKnown(answer: URLSearchParams): boolean {
    if (answer.get("state") !== state) return false;
    if (outcome === "waiting") {
      outcome = answer.has("error") ? "refused" : "signedIn";
      resolve(answer);
    }
    return true;
  }

  async function notSignedIn(status = 200): Promise<Response> {
    const text = outcome === "refused"
      ? "The site says that you did not allow it. You can close this tab and try again in the app."
      : "This page does not belong to a sign-in that is under way. Start it again in the app.";
    return await page(status, "Not signed in", text);
  }
}

async function signedIn(): Promise<Response> {
  return await page(200, "Back to the app", "The site has answered. You can close this tab.");
}

async function notHere(): Promise<Response> {
  return await page(404, "Not found", "There is nothing here.");
}

/** @throws {SyncError} `needsAuth` When the site or the user said no. */
export function requireConsent(answer: URLSearchParams): void {
  const error = answer.get("error");
  if (error === null) return;
  if (error === "access_denied") {
    throw new SyncError(
      "needsAuth",
      "You did not allow the app to use your account. Nothing was changed",
    );
  }
  throw new SyncError("needsAuth", `The site refused the sign-in: "${error.slice(0, 100)}"`);
}
