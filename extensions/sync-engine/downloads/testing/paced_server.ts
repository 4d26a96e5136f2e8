import { SyncError } from "../../platform/errors.ts";
import type { Clock, Http, HttpRequest, HttpResponse } from "../../platform/ports.ts";

/** Bytes that a body brings at a time. */
const PIECE = 4 * 1024 * 1024;

/** What a request meets instead of an honest answer. Offsets count from the body's first byte. */
export interface Trouble {
  readonly status?: number;
  /** Answers 200 with everything. */
  readonly ignoresRange?: boolean;
  /** The ETag of the answer; `If-Range` is not looked at. */
  readonly etag?: string;
  /** Shifts what `Content-Range` says by so many bytes. */
  readonly shift?: number;
  readonly breakAfter?: number;
  readonly endAfter?: number;
  readonly stallAfter?: number;
}

/** A server of one file that gives each connection the same speed, by a clock that may be a fake one. */
export class PacedServer implements Http {
  readonly #clock: Clock;
  readonly requests: HttpRequest[] = [];
  bytes: Uint8Array<ArrayBuffer>;
  etag = '"v1"';
  /** Bytes a second of each connection. */
  rate = 5_000_000;
  /** What the n-th request meets, counted from 0. */
  trouble: (n: number, request: HttpRequest) => Trouble = () => ({});
  /** Bodies that are being sent, and the most at once. */
  open = 0;
  mostOpen = 0;

  constructor(clock: Clock, bytes: Uint8Array<ArrayBuffer>) {
    this.#clock = clock;
    this.bytes = bytes;
  }

  // deno-lint-ignore require-await -- the port is asynchronous
  async send(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    const trouble = this.trouble(this.requests.length, request);
    this.requests.push(request);
    const { status = 0, etag = this.etag, shift = 0 } = trouble;
    if (status > 0) return { status, headers: new Headers(), body: null };
    const size = this.bytes.length;
    const [, from, to = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers?.["range"] ?? "") ?? [];
    const condition = request.headers?.["if-range"] ?? etag;
    const isWhole = trouble.ignoresRange || trouble.etag === undefined && condition !== etag;
    const start = isWhole ? 0 : Number(from);
    const end = isWhole || to === "" ? size : Math.min(size, Number(to) + 1);
    const headers = new Headers({ etag, "content-length": String(end - start) });
    if (!isWhole) headers.set("content-range", `bytes ${start + shift}-${end - 1 + shift}/${size}`);
    return { status: isWhole ? 200 : 206, headers, body: this.#body(start, end, trouble) };
  }

  #body(start: number, end: number, trouble: Trouble): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { breakAfter = Infinity, endAfter = Infinity, stallAfter = Infinity } = trouble;
    const { bytes } = this;
    const stop = new AbortController();
    const last = Math.min(end, start + endAfter);
    let at = start;
    this.mostOpen = Math.max(this.mostOpen, ++this.open);
    const close = () => {
      if (!stop.signal.aborted) this.open--;
      stop.abort("The body is over");
    };
    return new ReadableStream({
      type: "bytes",
      pull: async (controller) => {
        if (at - start >= stallAfter) return new Promise(() => {});
        if (at - start >= breakAfter) {
          close();
          return controller.error(new SyncError("retryable", "The line broke"));
        }
        if (at >= last) {
          close();
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        const until = Math.min(last, at + PIECE, start + breakAfter, start + stallAfter);
        await this.#clock.sleep((until - at) / this.rate * 1000, stop.signal).catch(() => {});
        if (stop.signal.aborted) return;
        const piece = bytes.slice(at, until);
        at = until;
        controller.enqueue(piece);
      },
      cancel: close,
    });
  }
}
