import { SyncError } from "../../platform/errors.ts";
import type { Http, HttpRequest, HttpResponse } from "../../platform/ports.ts";
import type { DueJob } from "../../store/jobs.ts";
import type { Lessor, Wait } from "../fetch_job.ts";

/** Bytes that differ from place to place and from seed to seed. */
export function content(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let x = seed;
  for (let i = 0; i < words.length; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0;
    words[i] = x;
  }
  return new Uint8Array(words.buffer, 0, length);
}

/** What the site does with a request instead of answering honestly. Offsets count from the answer's first byte. */
export type Trouble =
  | { readonly breakAfter: number }
  | { readonly hangAfter: number }
  | { readonly status: number; readonly headers?: Record<string, string> };

/** A file server and the provider that leases its addresses, without a network. */
export class FakeSite implements Http, Lessor {
  /** Bytes by file id. */
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly requests: HttpRequest[] = [];
  /** File ids, one for each lease. */
  readonly leases: string[] = [];
  /** Taken from the front: what the next requests of a file meet; null is an honest answer. */
  readonly troubles = new Map<string, (Trouble | null)[]>();
  /** Called for each job that is to start: what it has to wait for. */
  onAdmit: (job: DueJob) => Wait | null = () => null;
  /** Called for each lease; what it throws, the provider throws. */
  onLease: (job: DueJob) => void = () => {};
  /** Whether answers carry an ETag. */
  hasValidator = true;

  // deno-lint-ignore require-await -- the port is asynchronous
  async lease(job: DueJob): Promise<string> {
    this.leases.push(job.fileId);
    this.onLease(job);
    return `https://dl.example.com/?file=${encodeURIComponent(job.fileId)}`;
  }

  admit(job: DueJob): Wait | null {
    return this.onAdmit(job);
  }

  succeeded(): void {}

  failed(_job: DueJob, error: SyncError): SyncError {
    return error;
  }

  allowsUrl(_job: DueJob, { hostname }: URL): boolean {
    return hostname === "dl.example.com";
  }

  // deno-lint-ignore require-await -- the port is asynchronous
  async send(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const id = new URL(request.url).searchParams.get("file") ?? "";
    const bytes = this.files.get(id);
    const trouble = this.troubles.get(id)?.shift() ?? null;
    if (!bytes) return { status: 404, headers: new Headers(), body: stream(new Uint8Array()) };
    if (trouble && "status" in trouble) {
      const { status, headers } = trouble;
      return { status, headers: new Headers(headers), body: stream(new Uint8Array()) };
    }
    const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers?.["range"] ?? "") ??
      [];
    const start = Number(from);
    const end = to === "" ? bytes.length : Number(to) + 1;
    const headers = new Headers({
      "content-range": `bytes ${start}-${end - 1}/${bytes.length}`,
      "content-length": String(end - start),
    });
    if (this.hasValidator) headers.set("etag", `"${bytes.length}-${bytes[0]}-${bytes.at(-1)}"`);
    return { status: 206, headers, body: stream(bytes.subarray(start, end), trouble ?? {}) };
  }
}

function stream(
  bytes: Uint8Array,
  { breakAfter = Infinity, hangAfter = Infinity }: { breakAfter?: number; hangAfter?: number } = {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (at >= hangAfter) return new Promise(() => {});
      if (at >= breakAfter) return controller.error(new SyncError("retryable", "The line broke"));
      if (at >= bytes.length) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      const piece = bytes.slice(at, Math.min(at + 1_000_000, breakAfter, hangAfter));
      at += piece.length;
      controller.enqueue(piece);
    },
  });
}
