import * as v from "valibot";
import { methodNotAllowed, plain } from "./answer.ts";
import type { Incoming } from "./incoming.ts";
import type { Password } from "./password.ts";
import type { Sessions } from "./sessions.ts";

/** Longest body in bytes. */
const MAX_BODY = 4096;

const Secret = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const EntrySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([v.strictObject({ token: Secret }), v.strictObject({ password: Secret })]),
);

/** What {@linkcode SessionRoute} needs. */
export interface SessionRouteOptions {
  readonly sessions: Sessions;
  /** Null: only launch links open the door. */
  readonly password: Password | null;
  /** Cookies are sent to every port of a host: the name keeps two servers apart. */
  readonly port: () => number;
  /** A launch link was used, so that another one is needed for the next browser. */
  readonly onTokenUsed: () => void;
}

/** `/session`: tells a page whether it is let in and lets it in. */
export class SessionRoute {
  readonly #options: SessionRouteOptions;

  constructor(options: SessionRouteOptions) {
    this.#options = options;
  }

  /** Whether the request carries the cookie of an open session. */
  isOpen(request: Incoming): boolean {
    const prefix = `${this.#cookieName()}=`;
    const cookies = (request.header("cookie") ?? "").split(";").map((cookie) => cookie.trim());
    return cookies.some((cookie) =>
      cookie.startsWith(prefix) && this.#options.sessions.has(cookie.slice(prefix.length))
    );
  }

  async answer(request: Incoming): Promise<Response> {
    if (request.method === "GET") return json(200, { state: this.#state(request) });
    if (request.method !== "POST") return methodNotAllowed("GET", "POST");
    // Forms cannot send JSON, and scripts of other sites not without asking first.
    if (mediaTypeOf(request) !== "application/json") return plain(415, "Send JSON.");
    const text = await request.text(MAX_BODY);
    if (text === null) return plain(413, "The request is too long.", { connection: "close" });
    const entry = v.safeParse(EntrySchema, text);
    if (!entry.success) return plain(400, "Send either a token or a password.");
    return "token" in entry.output
      ? this.#enterByToken(request, entry.output.token)
      : await this.#enterByPassword(request, entry.output.password);
  }

  #state(request: Incoming): "open" | "token" | "password" {
    if (this.isOpen(request)) return "open";
    return this.#options.password ? "password" : "token";
  }

  /** Not damped: nobody guesses 256 bits. */
  #enterByToken(request: Incoming, token: string): Response {
    if (!this.#options.sessions.redeem(token)) {
      return plain(401, "This link was used before or is not of this server.");
    }
    this.#options.onTokenUsed();
    return this.#welcome(request);
  }

  async #enterByPassword(request: Incoming, password: string): Promise<Response> {
    const attempt = await this.#options.password?.attempt(password, request.remote);
    if (attempt && "restMs" in attempt) {
      const seconds = String(Math.ceil(attempt.restMs / 1000));
      return plain(429, "Too many attempts: wait a little.", { "retry-after": seconds });
    }
    return attempt?.right ? this.#welcome(request) : plain(401, "The password is not right.");
  }

  #welcome(request: Incoming): Response {
    const flags = ["Path=/", "HttpOnly", "SameSite=Strict"];
    // Behind a proxy that speaks TLS.
    if (request.header("origin")?.startsWith("https:")) flags.push("Secure");
    const cookie = [`${this.#cookieName()}=${this.#options.sessions.open()}`, ...flags].join("; ");
    return json(200, { state: "open" }, { "set-cookie": cookie });
  }

  #cookieName(): string {
    return `mmfsync-${this.#options.port()}`;
  }
}

function json(
  status: number,
  data: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(data, { status, headers: { "cache-control": "no-store", ...headers } });
}

function mediaTypeOf(request: Incoming): string {
  return (request.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
