import { expect, test } from "vitest";
import { serveContent } from "./serve_content.ts";

const content = {
  bytes: Uint8Array.from({ length: 100 }, (_, i) => i),
  etag: '"one"',
  modified: Date.UTC(2026, 0, 1),
  type: "application/octet-stream",
};

function ask(headers: Record<string, string>) {
  const { status, headers: answer, body } = serveContent(content, headers);
  return { status, range: answer["content-range"], body: [body[0], body.at(-1), body.length] };
}

test("serveContent() answers the whole without a range, for several and for nonsense", () => {
  for (const range of [undefined, "bytes=0-1,5-6", "bytes=9-3", "bytes=-", "items=0-1"]) {
    expect(ask(range === undefined ? {} : { range })).toEqual({
      status: 200,
      range: undefined,
      body: [0, 99, 100],
    });
  }
});

test("serveContent() answers one range with 206", () => {
  const cases = [
    ["bytes=0-0", "bytes 0-0/100", [0, 0, 1]],
    ["bytes=10-19", "bytes 10-19/100", [10, 19, 10]],
    ["bytes=90-", "bytes 90-99/100", [90, 99, 10]],
    ["bytes=90-500", "bytes 90-99/100", [90, 99, 10]],
    ["bytes=-5", "bytes 95-99/100", [95, 99, 5]],
    ["bytes=-500", "bytes 0-99/100", [0, 99, 100]],
  ] as const;
  for (const [range, contentRange, body] of cases) {
    expect(ask({ range })).toEqual({ status: 206, range: contentRange, body });
  }
});

test("serveContent() answers 416 with the size behind the end", () => {
  for (const range of ["bytes=100-", "bytes=100-200", "bytes=-0"]) {
    expect(ask({ range })).toMatchObject({ status: 416, range: "bytes */100" });
  }
});

test("serveContent() honours If-Range by ETag and by date", () => {
  const range = "bytes=10-";
  expect(ask({ range, "if-range": '"one"' }).status).toBe(206);
  expect(ask({ range, "if-range": "Thu, 01 Jan 2026 00:00:00 GMT" }).status).toBe(206);
  expect(ask({ range, "if-range": '"two"' }).status).toBe(200);
  expect(ask({ range: "bytes=100-", "if-range": '"two"' }).status).toBe(200);
});

test("serveContent() honours If-Match and If-None-Match", () => {
  expect(ask({ "if-match": '"two"' }).status).toBe(412);
  expect(ask({ "if-none-match": '"one"' }).status).toBe(304);
});
