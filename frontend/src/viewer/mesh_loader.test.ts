import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type DisplayMesh, toDisplayMesh } from "./display_mesh.ts";
import { loadModel, type ParseWorker } from "./mesh_loader.ts";
import type { ParseAnswer, ParseRequest } from "./parse_worker.ts";
import { HARD_LIMITS } from "./parse/limits.ts";
import { parseMesh } from "./parse/parse_mesh.ts";
import { box } from "./testing/shape.ts";
import { writeBinaryStl } from "./testing/write_stl.ts";

const CUBE = writeBinaryStl(box(1, 2, 3));

/** A worker that answers, or not, as the test says. */
class FakeWorker implements ParseWorker {
  onmessage: Worker["onmessage"] = null;
  onerror: Worker["onerror"] = null;
  isEnded = false;
  requests: ParseRequest[] = [];
  transferred: Transferable[] = [];

  constructor(readonly answer: (request: ParseRequest, worker: FakeWorker) => ParseAnswer | null) {}

  postMessage(request: ParseRequest, transfer: Transferable[]): void {
    this.requests.push(request);
    this.transferred = transfer;
    const data = this.answer(request, this);
    if (data !== null) this.onmessage?.call(this.#self(), new MessageEvent("message", { data }));
  }

  terminate(): void {
    this.isEnded = true;
  }

  /** Handlers are called on a whole worker; ours never look at it. */
  #self(): Worker {
    return Object.assign(Object.create(Worker.prototype), this);
  }
}

function meshOf({ bytes, fileName, limits }: ParseRequest): DisplayMesh {
  return toDisplayMesh(parseMesh(bytes, fileName, limits));
}

function load(worker: FakeWorker, signal = new AbortController().signal) {
  const progress: unknown[] = [];
  const result = loadModel("file", {
    fileName: "cube.stl",
    signal,
    timeoutMs: 5000,
    onProgress: (step) => progress.push(step),
    fetch: () => Promise.resolve(new Response(CUBE)),
    startWorker: () => worker,
  });
  return { result, progress };
}

describe("loadModel()", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("hands the bytes over to a worker, answers its mesh and ends it", async () => {
    const worker = new FakeWorker((request) => ({ mesh: meshOf(request) }));
    const { result, progress } = load(worker);
    expect(await result).toMatchObject({ triangles: 12, bounds: { max: [1, 2, 3] } });
    expect(worker.requests).toMatchObject([{ fileName: "cube.stl", limits: HARD_LIMITS }]);
    expect(worker.transferred).toEqual([worker.requests[0]?.bytes.buffer]);
    expect(worker.isEnded).toBe(true);
    expect(progress.at(-2)).toMatchObject({ loaded: CUBE.length });
    expect(progress.at(-1)).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("passes on why a file cannot be shown", async () => {
    const worker = new FakeWorker(() => ({ error: { code: "empty", message: "Nothing" } }));
    await expect(load(worker).result).rejects.toMatchObject({ code: "empty", message: "Nothing" });
    expect(worker.isEnded).toBe(true);
  });

  test("takes a worker that breaks for a damaged file", async () => {
    const worker = new FakeWorker((_, self) => {
      self.onerror?.call(null as never, new ErrorEvent("error", { message: "Out of memory" }));
      return null;
    });
    await expect(load(worker).result).rejects.toMatchObject({ code: "damaged" });
    expect(worker.isEnded).toBe(true);
  });

  test("ends a worker that takes too long", async () => {
    const asked = Promise.withResolvers<void>();
    const worker = new FakeWorker(() => {
      asked.resolve();
      return null;
    });
    const { result } = load(worker);
    const refused = expect(result).rejects.toMatchObject({ code: "timedOut" });
    await asked.promise;
    vi.advanceTimersByTime(4999);
    expect(worker.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    await refused;
    expect(worker.isEnded).toBe(true);
  });

  test("ends the worker when it is aborted", async () => {
    const controller = new AbortController();
    const worker = new FakeWorker(() => {
      controller.abort();
      return null;
    });
    await expect(load(worker, controller.signal).result)
      .rejects.toMatchObject({ name: "AbortError" });
    expect(worker.isEnded).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
