import { expect, test } from "vitest";
import { parseConnectTo } from "./connect_to.ts";

test("parseConnectTo() reads a map of origins", () => {
  const map = {
    "https://a.example": "http://127.0.0.1:81",
    "https://b.example": "http://[::1]:82",
  };
  expect(parseConnectTo(JSON.stringify(map))).toEqual(map);
});

test("parseConnectTo() of nothing is nothing", () => {
  expect([parseConnectTo(undefined), parseConnectTo("")]).toEqual([{}, {}]);
});

test.each([
  "no json",
  '["http://127.0.0.1"]',
  '{"https://a.example": 1}',
  '{"a": "http://127.0.0.1:81"}',
  '{"https://a.example": "http://evil.example"}',
  '{"https://a.example": "http://127.0.0.1.evil.example"}',
  '{"https://a.example": "http://127.0.0.1@evil.example"}',
  '{"https://a.example": "127.0.0.1:81"}',
])("parseConnectTo() refuses %s", (text) => {
  expect(() => parseConnectTo(text)).toThrow(/MMFSYNC_CONNECT_TO/);
});
