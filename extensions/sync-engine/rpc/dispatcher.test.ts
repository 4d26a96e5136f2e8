import fc from "fast-check";
import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import { METHODS } from "../protocol.ts";
import { dispatch, type Handlers, MAX_FRAME, type OnFault } from "./dispatcher.ts";

/** Answers every method with its validated parameters. */
const echo = Object.fromEntries(
  Object.keys(METHODS).map((method) => [method, (params: unknown) => params]),
) as Handlers; // Built from the very keys that the type lists.

/** Frames that a front end got wrong are no faults of the program. */
const unexpected: OnFault = (method, thrown) => {
  throw new Error(`A fault of ${method}`, { cause: thrown });
};

async function answer(frame: unknown, handlers = echo): Promise<Record<string, unknown>> {
  const text = typeof frame === "string" ? frame : JSON.stringify(frame);
  return JSON.parse(await dispatch(handlers, text, unexpected));
}

test("dispatch() hands validated parameters to the method and its result back", async () => {
  expect(await answer({ id: 7, method: "library.query", params: { filter: { search: "elf" } } }))
    .toEqual({
      id: 7,
      result: {
        filter: { search: "elf" },
        sort: "title",
        descending: false,
        offset: 0,
        limit: 100,
      },
    });
});

test("dispatch() answers a method without a result with null", async () => {
  expect(await answer({ id: "a", method: "sync.stop" }, { ...echo, "sync.stop": () => null }))
    .toEqual({ id: "a", result: null });
});

test.each<[string, unknown, unknown]>([
  ["text that is not JSON", "{", null],
  ["nothing", "", null],
  ["an array", [], null],
  ["no method", { id: 1 }, 1],
  ["no id", { method: "engine.status" }, null],
  ["an unknown method", { id: 1, method: "engine.explode" }, 1],
  ["a method of every object", { id: 1, method: "constructor" }, 1],
  ["an inherited method", { id: 1, method: "__proto__" }, 1],
  ["parameters of the wrong type", { id: 1, method: "library.query", params: [] }, 1],
  ["unknown parameters", { id: 1, method: "engine.status", params: { x: 1 } }, 1],
  ["a page that is too long", { id: 1, method: "library.query", params: { limit: 501 } }, 1],
  ["a setting out of range", { id: 1, method: "settings.set", params: { concurrency: 17 } }, 1],
  ["unknown fields", { id: 1, method: "engine.status", extra: true }, 1],
])("dispatch() answers %s with badInput", async (_, frame, id) => {
  expect(await answer(frame)).toMatchObject({ id, error: { code: "badInput" } });
});

test("dispatch() refuses a frame that is too long without parsing it", async () => {
  const frame = JSON.stringify({ id: 1, method: "engine.status", pad: "x".repeat(MAX_FRAME) });
  expect(await answer(frame)).toMatchObject({ id: null, error: { code: "badInput" } });
});

test("dispatch() says what failed, what to do and when to come back", async () => {
  const throttled = () => {
    throw new SyncError({ kind: "throttled", after: 5000 }, "Too many requests");
  };
  const { error } = await answer(
    { id: 1, method: "engine.status" },
    { ...echo, "engine.status": throttled },
  );
  expect(error).toMatchObject({
    code: "throttled",
    message: "Too many requests",
    retryAfter: 5000,
  });
  expect(error).toHaveProperty("hint");
});

test("dispatch() turns a fault of a method into an answer, and tells of it", async () => {
  const boom = new RangeError("boom");
  const handlers = { ...echo, "engine.status": () => Promise.reject(boom) };
  const faults: unknown[] = [];
  const frame = JSON.stringify({ id: 1, method: "engine.status" });
  const answered = await dispatch(handlers, frame, (...fault) => void faults.push(fault));
  expect(JSON.parse(answered)).toMatchObject({ id: 1, error: { code: "bug" } });
  expect(faults).toEqual([["engine.status", boom]]);
});

test("dispatch() answers whatever comes in", async () => {
  const frames = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({
      id: fc.anything(),
      method: fc.oneof(fc.string(), fc.constantFrom(...Object.keys(METHODS))),
      params: fc.anything(),
    }).map((frame) => {
      try {
        return JSON.stringify(frame);
      } catch {
        return "BigInt is not JSON";
      }
    }),
  );
  await fc.assert(fc.asyncProperty(frames, async (frame) => {
    const { error, ...rest } = JSON.parse(await dispatch(echo, frame, unexpected));
    expect(error === undefined ? "result" in rest : typeof error.code === "string").toBe(true);
  }));
});
