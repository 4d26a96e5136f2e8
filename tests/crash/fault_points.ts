import {
  classifyDiskError,
  classifyThrown,
} from "../../extensions/sync-engine/platform/classify_thrown.ts";
import type {
  Http,
  HttpRequest,
  HttpResponse,
} from "../../extensions/sync-engine/platform/ports.ts";
import type { MemoryFs } from "../../extensions/sync-engine/platform/testing/memory_fs.ts";

/** What an operation of the disk fails with. */
export const DISK_FAULTS = ["ENOSPC", "EACCES", "EBUSY", "EXDEV", "EIO"] as const;

/** What a request, or the reading of its answer, fails with. `short`: the body ends early, and says nothing. */
export const NETWORK_FAULTS = ["ECONNRESET", "TLS", "ETIMEDOUT", "short", "silence"] as const;

export type DiskFault = typeof DISK_FAULTS[number];
export type NetworkFault = typeof NETWORK_FAULTS[number];

/** Whether only one operation fails, or all from there on. */
export type Lasting = "once" | "from then on";

/** Counts operations and tells which of them are to fail. */
export class FaultPoint {
  readonly #n: number;
  readonly #lasting: Lasting;
  #count = 0;
  #hits = 0;

  /** @param n The first operation that fails, from 1. */
  constructor(n: number, lasting: Lasting) {
    this.#n = n;
    this.#lasting = lasting;
  }

  /** Operations that failed. */
  get hits(): number {
    return this.#hits;
  }

  strikes(): boolean {
    this.#count++;
    const isHit = this.#lasting === "once" ? this.#count === this.#n : this.#count >= this.#n;
    if (isHit) this.#hits++;
    return isHit;
  }
}

/** Lets operations of a disk fail, as the system would tell it. */
export function breakDisk(fs: MemoryFs, point: FaultPoint, code: DiskFault): void {
  fs.onOperation = ({ name, path }) => {
    if (!point.strikes()) return;
    throw classifyDiskError(Object.assign(new Error(`${name} ${path}`), { code }));
  };
}

/** Lets requests and reads of their answers fail, as the runtime would tell it. */
export function breakNetwork(http: Http, point: FaultPoint, fault: NetworkFault): Http {
  return {
    async send(request: HttpRequest): Promise<HttpResponse> {
      if (point.strikes()) await fail(fault, request.signal);
      const { status, headers, body } = await http.send(request);
      return { status, headers, body: body && brokenBody(body, point, fault) };
    },
  };
}

function brokenBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  point: FaultPoint,
  fault: NetworkFault,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const struck = point.strikes() ? fault : null;
      if (struck === "silence") return await new Promise(() => {});
      if (struck !== null && struck !== "short") return controller.error(thrownBy(struck));
      const { done, value } = await reader.read();
      if (done || struck === "short") {
        controller.close();
        controller.byobRequest?.respond(0);
      } else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** A request that is never answered ends when somebody loses patience. */
async function fail(fault: NetworkFault, signal?: AbortSignal): Promise<void> {
  if (fault !== "silence") throw thrownBy(fault === "short" ? "ECONNRESET" : fault);
  await new Promise((_, reject) =>
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true })
  );
}

function thrownBy(fault: Exclude<NetworkFault, "short" | "silence">): Error {
  const cause = fault === "TLS"
    ? new TypeError("client error (Connect): invalid peer certificate: Expired")
    : Object.assign(new Error(fault), { code: fault });
  return classifyThrown(cause);
}
