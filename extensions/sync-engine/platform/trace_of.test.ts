import { expect, test } from "vitest";
import { traceOf } from "./trace_of.ts";

function withStack(stack: string, cause?: Error): Error {
  const error = new Error("of somebody", { cause });
  error.stack = stack;
  return error;
}

test("traceOf() tells calls and places without folders", () => {
  const error = withStack(
    `Error: of somebody
    at LibraryView.query (file:///home/somebody/engine/library_view.ts:40:12)
    at async file:///C:/Users/somebody/engine/rpc/dispatcher.ts:7:3
    at Array.map (<anonymous>)
    at node:internal/timers:5:1`,
  );
  expect(traceOf(error)).toBe(
    "LibraryView.query library_view.ts:40:12, dispatcher.ts:7:3, timers:5:1",
  );
});

test("traceOf() tells where the innermost cause was thrown", () => {
  const cause = withStack("Error\n    at read (file:///store/rows.ts:1:2)");
  expect(traceOf(withStack("Error\n    at outer (file:///outer.ts:3:4)", cause)))
    .toBe("read rows.ts:1:2");
});

test("traceOf() finds its own test in a real error", () => {
  expect(traceOf(new RangeError("boom"))).toMatch(/trace_of\.test\.ts:\d+:\d+/);
});

test.each([["a text"], [null], [withStack("")]])("traceOf() knows nothing of %s", (thrown) => {
  expect(traceOf(thrown)).toBe("");
});
