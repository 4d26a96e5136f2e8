import { randomBytes } from "node:crypto";
import type { ListenOnLoopback } from "../../platform/loopback_server.ts";
import { page } from "../oauth/result_page.ts";

/** Name of the form's one field. */
export const FIELD = "library";

/** Bytes of a form around its field. */
const ENVELOPE = 4096;

/** What the window shows once something was handed over. */
export interface Outcome {
  readonly status: number;
  readonly heading: string;
  readonly text: string;
}

/** What a page of the site has handed over. */
export interface Delivery {
  readonly text: string;
  /** Ends the request: the window shows how it went. */
  answer(outcome: Outcome): void;
}

/** A place where exactly one thing can be handed over. */
export interface DeliveryReceiver {
  /** Holds the secret that only the window's script is told. */
  readonly address: string;
  /** Settles once, with the first thing that is handed over as it should be. */
  readonly delivery: Promise<Delivery>;
  close(): Promise<void>;
}

/** Options for {@linkcode receiveDelivery}. */
export interface DeliveryOptions {
  /** The only origin whose pages may hand anything over. */
  readonly origin: string;
  /** Most bytes that are taken. */
  readonly longest: number;
}

/**
 * Waits for a page to send a form here by going here itself: neither a policy of the site for what its scripts may fetch
 * nor the ban on mixed content applies to that.
 */
export async function receiveDelivery(
  listen: ListenOnLoopback,
  { origin, longest }: DeliveryOptions,
): Promise<DeliveryReceiver> {
  const { promise: delivery, resolve } = Promise.withResolvers<Delivery>();
  const path = `/${randomBytes(32).toString("base64url")}`;
  let isTaken = false;
  const server = await listen(0, respond);
  const host = `127.0.0.1:${server.port}`;
  return { address: `http://${host}${path}`, delivery, close: () => server.close() };

  async function respond(request: Request): Promise<Response> {
    const url = new URL(request.url);
    // A name that was made to lead here (DNS rebinding) is none of ours.
    if (request.method !== "POST" || url.host !== host || url.pathname !== path) {
      return await shown(NOT_FOUND);
    }
    if (!isNavigationFrom(request, origin)) return await shown(FOREIGN);
    if (isTaken) return await shown(USED);
    const length = Number(request.headers.get("content-length") ?? NaN);
    if (!(length <= longest + ENVELOPE)) return await shown(TOO_LARGE);
    const text = await fieldOf(request);
    if (text === null) return await shown(NOTHING);
    // Another one may have come while this one was read.
    if (isTaken) return await shown(USED);
    isTaken = true;
    const { promise: outcome, resolve: answer } = Promise.withResolvers<Outcome>();
    resolve({ text, answer });
    return await shown(await outcome);
  }
}

/** Scripts cannot navigate in silence, and browsers say from where: the site that the window was opened on, or it is refused. */
function isNavigationFrom({ headers }: Request, origin: string): boolean {
  const mode = headers.get("sec-fetch-mode");
  return headers.get("origin") === origin && (mode === null || mode === "navigate");
}

async function fieldOf(request: Request): Promise<string | null> {
  try {
    const field = (await request.formData()).get(FIELD);
    return typeof field === "string" ? field : null;
  } catch {
    return null;
  }
}

async function shown({ status, heading, text }: Outcome): Promise<Response> {
  return await page(status, heading, text);
}

const NOT_FOUND = { status: 404, heading: "Not found", text: "There is nothing here." };
const FOREIGN = {
  status: 403,
  heading: "Refused",
  text: "Only the page that the app has opened may hand something over.",
};
const USED = {
  status: 410,
  heading: "Already handed over",
  text:
    "The library was taken from this window before. To hand it over again, open a new one in the app.",
};
const TOO_LARGE = {
  status: 413,
  heading: "Too large",
  text: "This is more than a list of a library can be. Nothing was taken.",
};
const NOTHING = {
  status: 400,
  heading: "Nothing was handed over",
  text: "What came is no list of a library. Nothing was taken.",
};
