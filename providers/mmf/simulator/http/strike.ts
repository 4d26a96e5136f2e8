import { gzipSync } from "node:zlib";
import type { Strike } from "./faults.ts";
import { CHALLENGE_PAGE, FORBIDDEN_PAGE, LOGIN_PAGE } from "./pages.ts";
import { html, json, redirect, type Reply, type SiteRequest, storageError } from "./reply.ts";
import { honest, type Transmission } from "./transmit.ts";

/** Answers a request in the hostile way of the fault; `answer` is how the site answers otherwise. */
export function strikeWith(
  { fault, hit }: Strike,
  request: SiteRequest,
  answer: (request: SiteRequest) => Reply,
): Transmission {
  const usual = () => answer(request);
  switch (fault.mode) {
    case "shortBody":
      return cut(usual(), fault.bytes, "close");
    case "reset":
      return cut(usual(), fault.bytes, "reset");
    case "stall":
      return cut(usual(), fault.bytes, "hang");
    case "lyingLength": {
      const reply = usual();
      const bytes = reply.body.length;
      return { reply, announced: Math.max(0, bytes + fault.by), bytes, then: "close" };
    }
    case "endless": {
      const reply = usual();
      return { reply, announced: null, bytes: reply.body.length, then: "repeat" };
    }
    default:
      return honest(changedReply({ fault, hit }, request, answer));
  }
}

function changedReply(
  { fault, hit }: Strike,
  request: SiteRequest,
  answer: (request: SiteRequest) => Reply,
): Reply {
  const usual = () => answer(request);
  switch (fault.mode) {
    case "ignoreRange":
      return answer(withoutRange(request));
    case "truncatedFile": {
      const whole = answer(withoutRange(request));
      return { ...whole, body: whole.body.subarray(0, Math.floor(whole.body.length / 2)) };
    }
    case "wrongContentRange":
      return shiftContentRange(usual(), fault.by ?? 1);
    case "changedEtag":
      return changeContent(request, answer, hit);
    case "refuse416":
      return storageError(416, "InvalidRange", "The requested range is not satisfiable", {
        "content-range": `bytes */${answer(withoutRange(request)).body.length}`,
      });
    case "htmlInstead":
      return html(200, LOGIN_PAGE);
    case "redirectElsewhere":
      return redirect(fault.location ?? "https://evil.example/");
    case "redirectLoopback":
      return redirect(hit % 2 === 1 ? "http://127.0.0.1/" : "http://169.254.169.254/");
    case "redirectLoop":
      return redirect(request.url.href);
    case "expired":
      return storageError(403, "AccessDenied", "Request has expired");
    case "gzipRange": {
      const reply = usual();
      return {
        ...reply,
        headers: { ...reply.headers, "content-encoding": "gzip" },
        body: gzipSync(reply.body, { level: 1 }),
      };
    }
    case "corrupt":
      return corrupt(usual(), fault.at);
    case "serverError":
      return html(fault.status ?? 500, "<html><title>Server error</title></html>");
    case "throttle429": {
      const { retryAfter = "60" } = fault;
      const headers = retryAfter === null ? {} : { "retry-after": retryAfter };
      return html(429, "<html><title>Too many requests</title></html>", headers);
    }
    case "throttle403":
      return html(403, FORBIDDEN_PAGE);
    case "challenge": {
      const { status = 403 } = fault;
      return html(status, CHALLENGE_PAGE, status === 200 ? {} : { "cf-mitigated": "challenge" });
    }
    case "truncatedJson": {
      const { gzipped: _, ...reply } = usual();
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
    }
    case "emptyList":
      return shortenList(usual(), 0);
    case "shortList":
      return shortenList(usual(), 0.5);
    case "wrongJson":
      return json(200, { message: "The feature is being improved", retry: [true, { later: 1 }] });
    case "oversized": {
      const { gzipped: _, ...reply } = usual();
      const body = new Uint8Array(Math.max(reply.body.length, fault.bytes ?? 64 * 1024 * 1024));
      body.fill(0x20).set(reply.body);
      return { ...reply, body, headers: { ...reply.headers, "cache-control": "no-transform" } };
    }
    default:
      return usual();
  }
}

function withoutRange(request: SiteRequest): SiteRequest {
  const { range: _, ...headers } = request.headers;
  return { ...request, headers };
}

function cut(reply: Reply, bytes: number | undefined, then: "close" | "reset" | "hang") {
  const length = reply.body.length;
  // Never all of it, or small files would come through unharmed.
  const sent = Math.max(0, Math.min(bytes ?? Math.floor(length / 2), length - 1));
  return { reply, announced: length, bytes: sent, then };
}

function shiftContentRange(reply: Reply, by: number): Reply {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(reply.headers["content-range"] ?? ""));
  if (!match) return reply;
  const shifted = `bytes ${Number(match[1]) + by}-${Number(match[2]) + by}/${match[3]}`;
  return { ...reply, headers: { ...reply.headers, "content-range": shifted } };
}

/** As if the stored file had been replaced by one of the same length, for `If-Range` as well. */
function changeContent(
  request: SiteRequest,
  answer: (request: SiteRequest) => Reply,
  hit: number,
): Reply {
  const usual = answer(request);
  const etag = `"${hit.toString(16).padStart(8, "0")}-changed"`;
  const condition = request.headers["if-range"];
  const reply = condition === undefined || condition === etag
    ? usual
    : answer(withoutRange(request));
  if (reply.status !== 200 && reply.status !== 206) return reply;
  const body = reply.body.slice();
  const part = /^bytes (\d+)-\d+\/(\d+)$/.exec(String(reply.headers["content-range"] ?? ""));
  const start = Number(part?.[1] ?? 0);
  const size = Number(part?.[2] ?? body.length);
  // Later bytes only, so that the beginning still looks like the same kind of file; the same ones in each part.
  for (let at = Math.ceil(size / 128) * 64; at < start + body.length; at += 64) {
    if (at >= start) body[at - start] = (body[at - start] ?? 0) ^ ((hit & 0x7f) || 1);
  }
  return {
    ...reply,
    body,
    headers: { ...reply.headers, etag, "last-modified": new Date(hit * 1_000).toUTCString() },
  };
}

function corrupt(reply: Reply, at = Math.floor(reply.body.length / 2)): Reply {
  const body = reply.body.slice();
  if (at < body.length) body[at] = (body[at] ?? 0) ^ 0xff;
  const { gzipped: _, ...rest } = reply;
  return { ...rest, body };
}

function shortenList(reply: Reply, share: number): Reply {
  const isJson = reply.headers["content-type"] === "application/json";
  if (!isJson) return reply;
  const value: unknown = JSON.parse(new TextDecoder().decode(reply.body));
  const keep = <T>(list: readonly T[]) => list.slice(0, Math.floor(list.length * share));
  if (Array.isArray(value)) return json(reply.status, keep(value));
  if (typeof value !== "object" || value === null) return reply;
  const short = Object.entries(value).map(([name, part]) => {
    if (Array.isArray(part)) return [name, keep(part)];
    const hasItems = typeof part === "object" && part !== null && "items" in part;
    return [
      name,
      hasItems && Array.isArray(part.items) ? { ...part, items: keep(part.items) } : part,
    ];
  });
  return json(reply.status, {
    ...Object.fromEntries(short),
    ...(share === 0 && "total_count" in value ? { total_count: 0 } : {}),
  });
}
