import type { IncomingMessage, ServerResponse } from "node:http";
import { plain, send } from "./answer.ts";
import { type HostGuard, isNavigation } from "./host_guard.ts";
import { type Incoming, incomingOf } from "./incoming.ts";
import type { Media } from "./media.ts";
import { securityHeaders } from "./security_headers.ts";
import type { SessionRoute } from "./session_route.ts";
import type { StaticFiles } from "./static_files.ts";

/** What {@linkcode Routes} leads to. */
export interface RoutesOptions {
  readonly guard: HostGuard;
  readonly sessionRoute: SessionRoute;
  readonly media: Media;
  readonly pages: StaticFiles;
}

/** Leads requests to what answers them, after a look at where they come from. */
export class Routes {
  readonly #options: RoutesOptions;

  constructor(options: RoutesOptions) {
    this.#options = options;
  }

  /** Answers a request; never throws. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const incoming = incomingOf(request, gone.signal);
    const host = this.#options.guard.host(incoming);
    const answer = await this.#route(incoming, host).catch(() => plain(500, "A fault of the app."));
    for (const [name, value] of Object.entries(securityHeaders(host))) {
      if (!answer.headers.has(name)) answer.headers.set(name, value);
    }
    await send(answer, response, incoming.method !== "HEAD");
  }

  async #route(request: Incoming, host: string | null): Promise<Response> {
    const { guard, sessionRoute, media, pages } = this.#options;
    if (host === null) return plain(421, "This server does not go by that name.");
    const foreign = guard.isForeign(request, host);
    if (foreign && !guard.isNeighboursImage(request) && !isPage(request)) {
      return plain(403, "Other sites may not ask here.");
    }
    const found = await media.answer(request);
    if (found) return shared(found, guard, request);
    if (foreign && !isPage(request)) return plain(403, "Other sites may not ask here.");
    if (request.path === "/session") return await sessionRoute.answer(request);
    if (request.path === "/socket") {
      return plain(426, "Only sockets here.", { upgrade: "websocket" });
    }
    return pages.answer(request);
  }
}

/** The page itself may be linked to from anywhere. */
function isPage(request: Incoming): boolean {
  return request.path === "/" && request.method === "GET" && isNavigation(request);
}

/** Lets the pages of allowed origins read an answer. */
function shared(answer: Response, guard: HostGuard, request: Incoming): Response {
  const origin = guard.corsOrigin(request);
  if (origin !== null) {
    answer.headers.set("access-control-allow-origin", origin);
    answer.headers.set("vary", "origin");
  }
  // Two ports of one address are no site to Chromium here; the key in the path keeps strangers out.
  if (guard.hasNeighbours) answer.headers.set("cross-origin-resource-policy", "cross-origin");
  return answer;
}
