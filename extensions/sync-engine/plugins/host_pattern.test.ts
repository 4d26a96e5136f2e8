import { expect, test } from "vitest";
import * as v from "valibot";
import { exactHost, hostPattern, matchesHost } from "./host_pattern.ts";

test.each(["www.example.com", "example.com", "a-b.example.co.uk", "xn--bcher-kva.example"])(
  "exactHost takes %j",
  (host) => expect(v.is(exactHost, host)).toBe(true),
);

test.each([
  "",
  "localhost",
  "com",
  "printer",
  "*.example.com",
  "*",
  "WWW.example.com",
  "www.example.com.",
  "www..example.com",
  "-www.example.com",
  "bücher.example",
  "www.example.com:8443",
  "https://www.example.com",
  "www.example.com/path",
  "user@www.example.com",
  "www.example.com#x",
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f.1",
  "0x7f000001",
  "0177.0.0.1",
  "example.0x7f",
  "[::1]",
  "::1",
  "::ffff:127.0.0.1",
  "printer.local",
  "app.localhost",
  "metadata.google.internal",
  "router.lan",
  "1.0.0.127.in-addr.arpa",
])("exactHost and hostPattern refuse %j", (host) => {
  expect(v.is(exactHost, host)).toBe(false);
  if (host !== "*.example.com") expect(v.is(hostPattern, host)).toBe(false);
});

test.each(["*.com", "*.local", "*.*.example.com", "www.*.com", "*example.com", "*.127.0.0.1"])(
  "hostPattern refuses %j",
  (pattern) => expect(v.is(hostPattern, pattern)).toBe(false),
);

test.each([
  ["www.example.com", "www.example.com", true],
  ["www.example.com", "dl.example.com", false],
  ["www.example.com", "www.example.com.", false],
  ["www.example.com", "www.example.com.evil.test", false],
  ["*.example.com", "dl.example.com", true],
  ["*.example.com", "a.b.example.com", true],
  ["*.example.com", "example.com", false],
  ["*.example.com", "evilexample.com", false],
  ["*.example.com", "example.com.evil.test", false],
])("matchesHost(%j, %j) is %j", (pattern, host, expected) => {
  expect(matchesHost(pattern, host)).toBe(expected);
});
