import { classifyThrown } from "./classify_thrown.ts";
import { SyncError } from "./errors.ts";
import type { Http, HttpResponse } from "./ports.ts";

export interface CreateHttpOptions {
  /** Sent as `user-agent`, unless the request has its own. */
  readonly userAgent: string;
  /**
   * Origins whose connections go elsewhere, as curl's `--connect-to` does: the site still sees its own
   * name in `host`, the caller still sees the real addresses. For simulators.
   *
   * @default {{}}
   */
  readonly connectTo?: Readonly<Record<string, string>>;
  /** PEM certificates to trust besides the system's. @default {[]} */
  readonly caCerts?: readonly string[];
}

/**
 * The network through Deno's fetch: HTTP/1.1 and HTTP/2, connections kept and used again, redirects
 * handed back, nothing tried twice, no cookies kept.
 *
 * Deno adds `accept`, `accept-language` and `accept-encoding` of fixed values where the request has none,
 * and nothing else. It decodes an answer only when it chose the `accept-encoding` itself: a request with
 * `range` or with an `accept-encoding` of its own gets the bytes as they were sent. `content-encoding`
 * stays visible either way, so a caller who wanted ranges can refuse an encoded answer.
 */
export function createHttp(options: CreateHttpOptions): Http & Disposable {
  const { userAgent, connectTo = {}, caCerts = [] } = options;
  const trust = { caCerts: [...caCerts] };
  const client = Deno.createHttpClient(trust);
  // HTTP/1.1 sends one request at a time over a connection.
  const unshared = Deno.createHttpClient({ ...trust, http2: false });
  const targets = new Map(
    Object.entries(connectTo).map(([from, to]) => {
      const { protocol, hostname, port } = new URL(to);
      // Goes past a proxy of the environment too, which could not reach a simulator on loopback.
      const proxy = {
        transport: "tcp" as const,
        hostname,
        port: Number(port) || (protocol === "https:" ? 443 : 80),
      };
      return [
        new URL(from).origin,
        { protocol, client: Deno.createHttpClient({ ...trust, proxy }) },
      ];
    }),
  );

  return {
    async send({ url, method = "GET", headers: given = {}, body, signal, ownConnection = false }) {
      const address = URL.parse(url);
      if (!address || (address.protocol !== "https:" && address.protocol !== "http:")) {
        throw new SyncError("badInput", "Cannot send a request: its address is not http or https");
      }
      const { host } = address;
      const headers = headersOf(given);
      if (!headers.has("user-agent")) headers.set("user-agent", userAgent);
      const target = targets.get(address.origin);
      if (target) address.protocol = target.protocol;
      const init = {
        method,
        headers,
        client: target?.client ?? (ownConnection ? unshared : client),
        redirect: "manual" as const,
        // As bytes, or fetch would add a content type of its own.
        body: body === undefined ? null : new TextEncoder().encode(body),
        signal: signal ?? null,
      };
      try {
        const response = await fetch(address, init);
        return {
          status: response.status,
          headers: response.headers,
          body: response.body && classified(response.body, host, signal),
        } satisfies HttpResponse;
      } catch (error) {
        throw transportError(error, host, signal);
      }
    },
    [Symbol.dispose]() {
      client.close();
      unshared.close();
      for (const target of targets.values()) target.client.close();
    },
  };
}

function headersOf(given: Readonly<Record<string, string>>): Headers {
  try {
    return new Headers(given);
  } catch (cause) {
    // Without the cause's message, which quotes the header.
    throw new SyncError(
      "badInput",
      "Cannot send a request: a header has characters that HTTP forbids",
      {
        cause: new Error(cause instanceof Error ? cause.name : "unknown"),
      },
    );
  }
}

/**
 * The same bytes, whose failures are `SyncError`s. Reads go straight into the reader's own buffer.
 *
 * It listens to `signal` itself: Deno forgets to end a body's reads when garbage was collected since its head came.
 */
function classified(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  host: string,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader({ mode: "byob" });
  // Ends the reads that are under way, too.
  const stop = () => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener("abort", stop, { once: true });
  return new ReadableStream({
    type: "bytes",
    autoAllocateChunkSize: 64 * 1024,
    async pull(controller) {
      const request = controller.byobRequest;
      if (!request?.view) return;
      const { buffer, byteOffset, byteLength } = request.view;
      try {
        const { done, value } = await reader.read(new Uint8Array(buffer, byteOffset, byteLength));
        signal?.throwIfAborted();
        if (done) {
          signal?.removeEventListener("abort", stop);
          controller.close();
        }
        if (value) request.respondWithNewView(value);
        else request.respond(0);
      } catch (error) {
        signal?.removeEventListener("abort", stop);
        throw transportError(error, host, signal);
      }
    },
    cancel(reason) {
      signal?.removeEventListener("abort", stop);
      return reader.cancel(reason);
    },
  });
}

function transportError(error: unknown, host: string, signal: AbortSignal | undefined): SyncError {
  if (signal?.aborted) return stopped(signal.reason);
  const { failure, message, cause } = classifyThrown(error);
  return new SyncError(failure, `${message} (${host})`, { cause });
}

/** Whoever aborts may say why with a `SyncError` or a timeout; anything else is a wish to stop. */
function stopped(reason: unknown): SyncError {
  const known = classifyThrown(reason);
  return known.kind === "bug" ? new SyncError("cancelled", "Stopped", { cause: reason }) : known;
}
