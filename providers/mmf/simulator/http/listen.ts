import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { FaultList } from "./faults.ts";
import { json, type Reply, type Role, type SiteRequest } from "./reply.ts";
import type { RequestRecorder } from "./request_log.ts";
import { strikeWith } from "./strike.ts";
import { honest, type Transmission, transmit } from "./transmit.ts";

/** A host of the real site that is played on a loopback port. */
export interface HostOptions {
  /** The real origin. */
  readonly origin: string;
  readonly role: Role;
  readonly answer: (request: SiteRequest) => Reply;
  readonly faults: FaultList;
  readonly log: RequestRecorder;
  readonly now: () => number;
  /** Of each answer. */
  readonly bytesPerSecond: number;
}

/** A host that is listening. */
export interface ListeningHost {
  /** The loopback origin. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves a host on a free loopback port. */
export async function listen(options: HostOptions): Promise<ListeningHost> {
  const server = createServer((incoming, response) => void serve(options, incoming, response));
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Cannot listen on loopback");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(options: HostOptions, incoming: IncomingMessage, response: ServerResponse) {
  const request = { ...siteRequest(options.origin, incoming), body: await bodyOf(incoming) };
  const entry = options.log.open({
    at: options.now(),
    origin: options.origin,
    method: request.method,
    path: request.url.pathname + request.url.search,
    headers: request.headers,
  });
  response.on("close", () => options.log.done(entry));
  // A client that goes away is none of the simulator's troubles.
  response.on("error", () => {});
  const transmission = compress(decide(options, request), request);
  await transmit(transmission, response, entry, options.bytesPerSecond).catch(() => {});
}

/** Bytes of a form that are read; no sign-in has a longer one. */
const LONGEST_BODY = 65_536;

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  if (incoming.method !== "POST") {
    incoming.resume();
    return "";
  }
  let body = "";
  for await (const part of incoming.setEncoding("utf8")) {
    if (body.length < LONGEST_BODY) body += part;
  }
  return body;
}

function siteRequest(origin: string, incoming: IncomingMessage): Omit<SiteRequest, "body"> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  // Clients that think they talk to a proxy send the whole address: RFC 9112 §3.2.2 has every server accept it.
  const path = (incoming.url ?? "/").replace(/^https?:\/\/[^/]+/, "");
  return { method: incoming.method ?? "GET", url: new URL(origin + path), headers };
}

function decide({ faults, role, answer }: HostOptions, request: SiteRequest): Transmission {
  const strike = faults.strike(role, request);
  try {
    return strike ? strikeWith(strike, request, answer) : honest(answer(request));
  } catch (error) {
    // A mistake of the simulator must look like one, not like a hang.
    return honest(json(599, { simulator: String(error) }));
  }
}

function compress(transmission: Transmission, request: SiteRequest): Transmission {
  const { reply, bytes, then } = transmission;
  const accepts = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  const isTransformable = !String(reply.headers["cache-control"] ?? "").includes("no-transform");
  const isWhole = then === "end" && bytes === reply.body.length;
  if (!reply.isDynamic || !accepts || !isTransformable || !isWhole) return transmission;
  const body = reply.gzipped?.() ?? gzipSync(reply.body, { level: 1 });
  return honest({
    ...reply,
    headers: { ...reply.headers, "content-encoding": "gzip", vary: "Accept-Encoding" },
    body,
  });
}
