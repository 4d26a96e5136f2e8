import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import type { Http, HttpRequest } from "../platform/ports.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import type { HostRequest } from "../../../providers/sdk/mod.ts";
import { createHostHttp } from "./host_http.ts";
import { parseManifest } from "./manifest.ts";
import { createPacer } from "./pacer.ts";

const MANIFEST = parseManifest(`
id = "site"
name = "A site"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com", "*.cdn.example.com"]
[[auth.schemes]]
id = "session"
header = "Cookie"
hosts = ["www.example.com"]
[[auth.schemes]]
id = "token"
header = "Authorization"
prefix = "Bearer "
hosts = ["www.example.com"]
[http]
max_response_mb = 1
timeout_seconds = 10
[rate]
requests_per_second = 20
`);

type Script = (request: HttpRequest) => Response | Promise<Response>;

/** Answers with one script after the other, the last one for ever. */
function start(...scripts: Script[]) {
  return startRenewing(() => false, ...scripts);
}

/** The same, with credentials that can be renewed. */
function startRenewing(onRenew: (kept: Map<string, string>) => boolean, ...scripts: Script[]) {
  const clock = new FakeClock();
  const log = new MemoryLog();
  const sent: HttpRequest[] = [];
  const http: Http = {
    async send(request) {
      sent.push(request);
      const script = scripts.length > 1 ? scripts.shift() : scripts[0];
      const { status, headers, body } = await (script ?? (() => new Response()))(request);
      return { status, headers, body };
    },
  };
  const renewed: string[] = [];
  const secrets = new Map([["site/session", "a=b"], ["site/token", "s3cret"]]);
  const pacer = createPacer({ clock, ...MANIFEST.rate });
  const request = createHostHttp({
    manifest: MANIFEST,
    http,
    credentials: {
      get: ({ id }) => Promise.resolve(secrets.get(`site/${id}`) ?? null),
      renew: ({ id }, value) => {
        renewed.push(`${id} ${value}`);
        return Promise.resolve(onRenew(secrets));
      },
    },
    pacer,
    clock,
    random: { next: () => 0.5 },
    log,
  });
  return {
    clock,
    log,
    sent,
    secrets,
    renewed,
    pacer,
    request: (asked: Partial<HostRequest> = {}, signal?: AbortSignal) =>
      clock.finish(request({ url: "https://www.example.com/", ...asked }, signal)),
  };
}

const text = (body: string, init?: ResponseInit): Script => () => new Response(body, init);
const redirect = (location: string, status = 302): Script =>
  text("moved", { status, headers: { location } });

test("HostHttp attaches the credentials of the host and hands back the answer without cookies", async () => {
  const { request, sent } = start(text("häl", {
    status: 201,
    headers: { "set-cookie": "new=1", "X-Thing": "1", "content-type": "text/plain" },
  }));
  expect(await request()).toEqual({
    status: 201,
    url: "https://www.example.com/",
    headers: { "x-thing": "1", "content-type": "text/plain" },
    body: "häl",
  });
  expect(sent[0]?.headers).toEqual({ cookie: "a=b", authorization: "Bearer s3cret" });
});

test("HostHttp sends no credential to a declared host outside of the scheme", async () => {
  const { request, sent } = start(text(""));
  await request({ url: "https://a.cdn.example.com/" });
  expect(sent[0]?.headers).toEqual({});
});

test("HostHttp sends what is stored, and needsAuth for what cannot be sent", async () => {
  const { request, sent, secrets } = start(text(""));
  secrets.delete("site/token");
  secrets.set("site/session", " a=b\n");
  await request();
  expect(sent[0]?.headers).toEqual({ cookie: "a=b" });
  secrets.set("site/session", "a=b\r\nX-Evil: 1");
  await expect(request()).rejects.toMatchObject({ kind: "needsAuth" });
});

test("HostHttp tries once more with the credential that takes the place of a refused one", async () => {
  const { request, sent, renewed } = startRenewing(
    (kept) => !!kept.set("site/token", "fresh"),
    () => new Response(null, { status: 401 }),
    text("hello"),
  );
  expect(await request()).toMatchObject({ status: 200, body: "hello" });
  expect(sent.map(({ headers }) => headers?.authorization)).toEqual([
    "Bearer s3cret",
    "Bearer fresh",
  ]);
  expect(renewed).toContain("token s3cret");
});

test("HostHttp takes a second refusal as it is", async () => {
  const { request, sent } = startRenewing(() => true, () => new Response(null, { status: 401 }));
  expect(await request()).toMatchObject({ status: 401 });
  expect(sent).toHaveLength(2);
});

test("HostHttp leaves out the headers that are not the plugin's to set", async () => {
  const { request, sent } = start(text(""));
  await request({
    url: "https://a.cdn.example.com/",
    headers: Object.fromEntries(
      "Authorization Cookie Host User-Agent Content-Length Transfer-Encoding Connection Upgrade Range \
       Proxy-Authorization Sec-Fetch-Site X-Forwarded-For Origin Referer Accept-Encoding TE __proto__"
        .split(/\s+/).map((name) => [name, "x"]).concat([["Accept", "application/json"]]),
    ),
  });
  expect(sent[0]?.headers).toEqual({ accept: "application/json" });
});

test("HostHttp refuses header values that HTTP forbids", async () => {
  const { request, sent } = start(text(""));
  for (const value of ["a\r\nX-Evil: 1", "a\nb", "a\0", "ä"]) {
    await expect(request({ headers: { accept: value } })).rejects.toMatchObject({
      kind: "badInput",
    });
  }
  expect(sent).toEqual([]);
});

test.each([
  "https://other.example.org/",
  "http://www.example.com/",
  "https://www.example.com:8443/",
  "https://user:word@www.example.com/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://[::1]/",
  "https://169.254.169.254/latest/meta-data",
  "file:///etc/passwd",
  "data:text/plain,x",
])("HostHttp refuses %j, asked for or redirected to", async (url) => {
  const direct = start(text(""));
  await expect(direct.request({ url })).rejects.toMatchObject({ kind: "permission" });
  expect(direct.sent).toEqual([]);
  const detour = start(redirect(url), text("secret"));
  await expect(detour.request()).rejects.toMatchObject({ kind: "permission" });
  expect(detour.sent).toHaveLength(1);
});

test("HostHttp refuses what is no address", async () => {
  const { request } = start(text(""));
  await expect(request({ url: "/path" })).rejects.toMatchObject({ kind: "badInput" });
  const detour = start(redirect("https://["));
  await expect(detour.request()).rejects.toMatchObject({ kind: "retryable" });
});

test("HostHttp follows redirects and drops the credential where the host changes", async () => {
  const { request, sent } = start(
    redirect("/b"),
    redirect("https://a.cdn.example.com/c#x"),
    text("end"),
  );
  expect(await request()).toMatchObject({ url: "https://a.cdn.example.com/c", body: "end" });
  expect(sent.map(({ url, headers }) => [url, headers?.["cookie"]])).toEqual([
    ["https://www.example.com/", "a=b"],
    ["https://www.example.com/b", "a=b"],
    ["https://a.cdn.example.com/c", undefined],
  ]);
});

test.each([
  [301, "GET", undefined],
  [302, "GET", undefined],
  [303, "GET", undefined],
  [307, "POST", "{}"],
  [308, "POST", "{}"],
])("HostHttp follows a %i of a POST by %s", async (status, method, body) => {
  const { request, sent } = start(redirect("/b", status), text(""));
  await request({ method: "POST", body: "{}", headers: { "content-type": "application/json" } });
  expect(sent[0]).toMatchObject({ method: "POST", body: "{}" });
  expect([sent[1]?.method, sent[1]?.body]).toEqual([method, body]);
  expect(sent[1]?.headers?.["content-type"]).toBe(body && "application/json");
});

test("HostHttp hands back a redirect when the plugin wants it", async () => {
  const { request, sent } = start(redirect("https://other.example.org/"));
  expect(await request({ redirect: "manual" })).toMatchObject({
    status: 302,
    headers: { location: "https://other.example.org/" },
    body: "moved",
  });
  expect(sent).toHaveLength(1);
});

test("HostHttp gives up after five redirects", async () => {
  const { request, sent } = start(redirect("/again"));
  await expect(request()).rejects.toMatchObject({ kind: "retryable" });
  expect(sent).toHaveLength(6);
});

test("HostHttp tries again after a hiccup, waiting longer each time", async () => {
  const cut: Script = () => Promise.reject(new SyncError("retryable", "The connection was cut"));
  const { request, sent, clock } = start(cut, text("", { status: 502 }), text("end"));
  const before = clock.now();
  expect(await request()).toMatchObject({ status: 200, body: "end" });
  expect(sent).toHaveLength(3);
  expect(clock.now() - before).toBe(1500);
});

test("HostHttp gives up after three tries: the answer to the plugin, a transport error as failure", async () => {
  const answered = start(text("down", { status: 500 }));
  expect(await answered.request()).toMatchObject({ status: 500, body: "down" });
  expect(answered.sent).toHaveLength(3);
  const cut = start(() => Promise.reject(new SyncError("retryable", "The connection was cut")));
  await expect(cut.request()).rejects.toMatchObject({ kind: "retryable" });
  expect(cut.sent).toHaveLength(3);
});

test.each([400, 401, 403, 404, 410])("HostHttp hands %i to the plugin at once", async (status) => {
  const { request, sent } = start(text("why", { status }));
  expect(await request()).toMatchObject({ status, body: "why" });
  expect(sent).toHaveLength(1);
});

test("HostHttp waits out a short Retry-After of a hiccup", async () => {
  const { request, clock } = start(
    text("", { status: 503, headers: { "retry-after": "7" } }),
    text("end"),
  );
  const before = clock.now();
  expect(await request()).toMatchObject({ body: "end" });
  expect(clock.now() - before).toBe(7000);
});

test.each<[number, Record<string, string>, string, number]>([
  [429, {}, "throttled", 300_000],
  [429, { "retry-after": "90" }, "throttled", 90_000],
  [503, { "retry-after": "90" }, "throttled", 90_000],
  [403, { "cf-mitigated": "challenge" }, "challenged", 1_800_000],
  [200, { "cf-mitigated": "challenge" }, "challenged", 1_800_000],
  [429, { "cf-mitigated": "challenge", "retry-after": "3600" }, "challenged", 3_600_000],
])("HostHttp keeps silent after %i %j", async (status, headers, kind, after) => {
  const { request, sent, clock, pacer } = start(text("", { status, headers }), text("end"));
  await expect(request()).rejects.toMatchObject({ failure: { kind, after } });
  expect(pacer.pausedUntil).toBe(clock.now() + after);
  await clock.advance(20_000);
  // Whoever asks meanwhile hears it at once instead of waiting for minutes.
  await expect(request()).rejects.toMatchObject({ failure: { kind, after: after - 20_000 } });
  expect(sent).toHaveLength(1);
  await clock.advance(after - 20_000);
  expect(await request()).toMatchObject({ body: "end" });
});

test("HostHttp ends a request that takes too long, and tries anew", async () => {
  const hang: Script = ({ signal }) =>
    new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  const { request, clock, sent } = start(hang, text("end"));
  const before = clock.now();
  expect(await request()).toMatchObject({ body: "end" });
  expect(clock.now() - before).toBe(10_500);
  expect(sent).toHaveLength(2);
});

test("HostHttp stops when the caller does", async () => {
  const stop = new AbortController();
  const { request, sent } = start(({ signal }) => {
    stop.abort();
    return Promise.reject(signal?.reason);
  });
  await expect(request({}, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
  await expect(request({}, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
  expect(sent).toHaveLength(1);
});

test("HostHttp refuses an answer over the manifest's size, without another try", async () => {
  const { request, sent } = start(text("x".repeat(1024 * 1024 + 1)));
  await expect(request()).rejects.toMatchObject({ kind: "bug" });
  expect(sent).toHaveLength(1);
});

test("HostHttp keeps paths, queries and credentials out of the log", async () => {
  const { request, log } = start(redirect("/next?sig=hidden"), text(""));
  await request({ url: "https://www.example.com/private?key=hidden" });
  expect(JSON.stringify(log.entries)).not.toMatch(/hidden|private|s3cret|a=b/);
  expect(log.entries).toHaveLength(2);
});
