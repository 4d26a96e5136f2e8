import { expect, test } from "vitest";
import { openLink } from "./open_link.ts";
import type { Os } from "./os.ts";
import { fakeRun } from "./testing/fake_run.ts";

test.each<[Os, string[]]>([
  ["linux", ["xdg-open"]],
  ["darwin", ["open"]],
  ["windows", ["rundll32.exe", "url.dll,FileProtocolHandler"]],
])("openLink() gives the address to the browser of %s as one argument", async (os, words) => {
  const { run, calls } = fakeRun();
  const url = "https://www.myminifactory.com/object/3d-print-x-200?a=1&b=%20;$(reboot)#c'd";
  await openLink({ os, run }, url);
  expect(calls).toEqual([[...words, url]]);
});

test("openLink() keeps an address from becoming anything else on its way", async () => {
  const { run, calls } = fakeRun();
  await openLink({ os: "linux", run }, "HTTP://Example.com:80/a\"b'`c");
  expect(calls).toEqual([["xdg-open", "http://example.com/a%22b'%60c"]]);
});

test.each([
  ["", /no web address/],
  ["-h", /no web address/],
  ["www.myminifactory.com", /no web address/],
  ["file:///etc/passwd", /"file:"/],
  ["javascript:alert(1)", /"javascript:"/],
  ["ms-settings:privacy", /"ms-settings:"/],
  ["https://", /no web address/],
  ["https://me:secret@www.myminifactory.com/", /user name/],
  ["https://www.myminifactory.com@evil.example/", /user name/],
  ["https://example.com/\n--help", /no web address/],
  ["https://exa\tmple.com/", /no web address/],
  [" https://example.com/", /no web address/],
  ["https://example.com/\u0000", /no web address/],
])("openLink() refuses %j", async (url, reason) => {
  const { run, calls } = fakeRun();
  const attempt = openLink({ os: "linux", run }, url);
  await expect(attempt).rejects.toMatchObject({ kind: "badInput" });
  await expect(attempt).rejects.toThrow(reason);
  expect(calls).toEqual([]);
});

test("openLink() says that there is no browser", async () => {
  const { run } = fakeRun(() => ({ code: 3, stdout: "" }));
  await expect(openLink({ os: "linux", run }, "https://example.com/")).rejects.toThrow(
    "copy the address instead",
  );
});
