import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { toDisplayMesh } from "./display_mesh.ts";
import { loadModel } from "./mesh_loader.ts";
import type { ModelParser, ParseAnswer, ParseRequest } from "./model_parser.ts";
import { HARD_LIMITS } from "./parse/limits.ts";
import { parseMesh } from "./parse/parse_mesh.ts";
import { box } from "./testing/shape.ts";
import { writeBinaryStl } from "./testing/write_stl.ts";

const CUBE = writeBinaryStl(box(1, 2, 3));

/** A parser that answers, or not, as the test says. */
class FakeParser implements ModelParser {
  isEnded = false;
  readonly requests: ParseRequest[] = [];

  constructor(readonly parseOne: (request: ParseRequest) => Promise<ParseAnswer>) {}

  parse(request: ParseRequest): Promise<ParseAnswer> {
    this.requests.push(request);
    return this.parseOne(request);
  }

  end(): void {
    this.isEnded = true;
  }
}

const never = () => new Promise<never>(() => {});

function load(parser: ModelParser, signal = new AbortController().signal) {
  const progress: unknown[] = [];
  const result = loadModel("file", {
    fileName: "cube.stl",
    signal,
    timeoutMs: 5000,
    onProgress: (step) => progress.push(step),
    fetch: () => Promise.resolve(new Response(CUBE)),
    startParser: () => parser,
  });
  return { result, progress };
}

describe("loadModel()", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("hands the bytes to a parser, answers its mesh and ends it", async () => {
    const parser = new FakeParser(({ bytes, fileName, limits }) =>
      Promise.resolve({ mesh: toDisplayMesh(parseMesh(bytes, fileName, limits)) })
    );
    const { result, progress } = load(parser);
    expect(await result).toMatchObject({ triangles: 12, bounds: { max: [1, 2, 3] } });
    expect(parser.requests).toMatchObject([{ fileName: "cube.stl", limits: HARD_LIMITS }]);
    expect(parser.isEnded).toBe(true);
    expect(progress.at(-2)).toMatchObject({ loaded: CUBE.length });
    expect(progress.at(-1)).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("passes on why a file cannot be shown", async () => {
    const error = { code: "empty", message: "Nothing" } as const;
    const parser = new FakeParser(() => Promise.resolve({ error }));
    await expect(load(parser).result).rejects.toMatchObject({ name: "LoadError", ...error });
    expect(parser.isEnded).toBe(true);
  });

  test("takes a file that breaks the parser for damaged", async () => {
    const parser = new FakeParser(() => Promise.reject(new Error("Out of memory")));
    await expect(load(parser).result).rejects.toMatchObject({ code: "damaged" });
    expect(parser.isEnded).toBe(true);
  });

  test("ends a parser that takes too long", async () => {
    const asked = Promise.withResolvers<void>();
    const parser = new FakeParser(() => {
      asked.resolve();
      return never();
    });
    const refused = expect(load(parser).result).rejects.toMatchObject({ code: "timedOut" });
    await asked.promise;
    vi.advanceTimersByTime(4999);
    expect(parser.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    await refused;
    expect(parser.isEnded).toBe(true);
  });

  test("ends the parser when it is aborted", async () => {
    const controller = new AbortController();
    const asked = Promise.withResolvers<void>();
    const parser = new FakeParser(() => {
      asked.resolve();
      return never();
    });
    const refused = expect(load(parser, controller.signal).result)
      .rejects.toMatchObject({ name: "AbortError" });
    await asked.promise;
    controller.abort();
    await refused;
    expect(parser.isEnded).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("starts no parser when it is aborted while fetching", async () => {
    const controller = new AbortController();
    const parser = new FakeParser(never);
    const { result } = load(parser, controller.signal);
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: "AbortError" });
    expect(parser.requests).toEqual([]);
  });
});
