import { expect, test } from "vitest";
import { allowsHost, parseManifest } from "./manifest.ts";

const SMALLEST = `
id = "site"
name = "A site"
version = "1.2.3"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com", "*.cdn.example.com"]
`;

const SCHEME = `
[[auth.schemes]]
id = "session"
label = "Browser session"
header = "Cookie"
hosts = ["www.example.com"]
`;

test("parseManifest() fills in what the manifest leaves out", () => {
  expect(parseManifest(SMALLEST)).toEqual({
    id: "site",
    name: "A site",
    version: "1.2.3",
    apiVersion: 1,
    entry: "provider.js",
    hosts: ["www.example.com", "*.cdn.example.com"],
    auth: { schemes: [] },
    rate: { requestsPerSecond: 4, burst: 4, downloads: null },
    http: { maxResponse: 8 * 1024 * 1024, timeoutMs: 30_000 },
    import: null,
    capabilities: { head: false, ranges: true },
  });
});

test("parseManifest() reads where a library can be saved, on a host of the manifest", () => {
  const imports = (host: string) => `[import]\nurl = "https://${host}/list"\n`;
  expect(parseManifest(SMALLEST + imports("www.example.com")).import)
    .toEqual({ url: "https://www.example.com/list" });
  expect(() => parseManifest(SMALLEST + imports("elsewhere.test")))
    .toThrow("import leads to https://elsewhere.test/list");
});

const downloads = (start: number, slowest: number, fastest: number) =>
  `[rate.downloads]\nstart_seconds = ${start}\nslowest_seconds = ${slowest}\n` +
  `fastest_seconds = ${fastest}\n`;

test("parseManifest() reads how often download addresses may be asked for", () => {
  expect(parseManifest(SMALLEST + downloads(12, 90, 6)).rate.downloads).toEqual({
    startMs: 12_000,
    slowestMs: 90_000,
    fastestMs: 6_000,
    burst: 1,
    atOnce: 1,
    countsImages: true,
  });
});

test("parseManifest() reads everything that can be said", () => {
  const manifest = parseManifest(
    SMALLEST + SCHEME +
      `[rate]\nrequests_per_second = 0.5\n[http]\nmax_response_mb = 64\ntimeout_seconds = 60\n` +
      "[capabilities]\nhead = true\nranges = false",
  );
  expect(manifest.auth.schemes).toEqual([{
    id: "session",
    label: "Browser session",
    header: "Cookie",
    query: null,
    prefix: "",
    oauth: null,
    hosts: ["www.example.com"],
    steps: [],
    url: null,
    can: [],
    cannot: [],
  }]);
  expect(manifest.rate).toEqual({ requestsPerSecond: 0.5, burst: 1, downloads: null });
  expect(manifest.http).toEqual({ maxResponse: 64 * 1024 * 1024, timeoutMs: 60_000 });
  expect(manifest.capabilities).toEqual({ head: true, ranges: false });
});

const OAUTH = `${SCHEME}[auth.schemes.oauth]
authorize_url = "https://www.example.com/authorize"
token_url = "https://www.example.com/tokens"
`;

test("parseManifest() reads how to sign in through the browser", () => {
  expect(parseManifest(SMALLEST + OAUTH).auth.schemes[0]?.oauth).toEqual({
    authorizeUrl: "https://www.example.com/authorize",
    tokenUrl: "https://www.example.com/tokens",
    introspectUrl: null,
    scopes: [],
  });
});

test.each([
  ["another host", OAUTH.replace("www.example.com/tokens", "evil.example.org/tokens")],
  ["no encryption", OAUTH.replace("https://www.example.com/tokens", "http://www.example.com/t")],
])("parseManifest() refuses a sign-in server with %s", (_, scheme) => {
  expect(() => parseManifest(SMALLEST + scheme)).toThrow(/signs in at/);
});

test("parseManifest() wants one place for a credential", () => {
  expect(() => parseManifest(`${SMALLEST}${SCHEME}query = "key"`)).toThrow(/either a header or a/);
  const query = SCHEME.replace('header = "Cookie"', 'query = "key"');
  expect(parseManifest(SMALLEST + query).auth.schemes).toMatchObject([{
    header: null,
    query: "key",
  }]);
});

test("parseManifest() lets a scheme use a host below a wildcard", () => {
  const scheme = SCHEME.replace("www.example.com", "a.cdn.example.com");
  expect(parseManifest(SMALLEST + scheme).auth.schemes).toHaveLength(1);
});

test("parseManifest() reads how the user gets a credential and what it opens", () => {
  const { auth } = parseManifest(
    `${SMALLEST}${SCHEME}steps = ["Sign in.", " Copy it. "]\nurl = "https://www.example.com/login"\n` +
      `can = ["Open models"]\ncannot = ["Last for ever"]`,
  );
  expect(auth.schemes).toMatchObject([{
    steps: ["Sign in.", "Copy it."],
    url: "https://www.example.com/login",
    can: ["Open models"],
    cannot: ["Last for ever"],
  }]);
});

test.each([
  "https://www.example.org/login",
  "http://www.example.com/login",
  "https://you@www.example.com/login",
  "javascript:alert(1)",
])("parseManifest() refuses to send the user to %s", (url) => {
  expect(() => parseManifest(`${SMALLEST}${SCHEME}url = "${url}"`)).toThrow(
    "leads to a page that hosts does not name",
  );
});

const swap = (from: string, to: string) => SMALLEST.replace(from, to);

test.each<[string, string]>([
  ["id: ", swap('id = "site"', 'id = "../site"')],
  ["id: ", swap('id = "site"', 'id = "Site"')],
  ["id: ", swap('id = "site"\n', "")],
  ["name: ", swap("A site", " ")],
  ["version: ", swap("1.2.3", "1.2")],
  ["version: ", swap("1.2.3", "v1.2.3")],
  ["api_version: ", swap("api_version = 1", 'api_version = "1"')],
  ["api_version: ", swap("api_version = 1", "api_version = 1.5")],
  ["entry: ", swap("provider.js", "../provider.js")],
  ["entry: ", swap("provider.js", "/etc/provider.js")],
  ["entry: ", swap("provider.js", "a\\\\provider.js")],
  ["entry: ", swap("provider.js", "provider.ts")],
  ["hosts: ", swap('["www.example.com", "*.cdn.example.com"]', "[]")],
  ["hosts.0: ", swap("www.example.com", "localhost")],
  ["hosts.1: ", swap("*.cdn.example.com", "10.0.0.1")],
  ["unknown: ", SMALLEST + "unknown = 1"],
  ["rate.requests_per_second: ", SMALLEST + "[rate]\nrequests_per_second = 21"],
  ["rate.requests_per_second: ", SMALLEST + "[rate]\nrequests_per_second = 0"],
  ["rate.requests_per_second: ", SMALLEST + "[rate]\nrequests_per_second = nan"],
  ["rate.downloads: fastest_seconds, start_seconds", SMALLEST + downloads(12, 10, 6)],
  ["rate.downloads: fastest_seconds, start_seconds", SMALLEST + downloads(12, 90, 13)],
  ["rate.downloads.start_seconds: ", SMALLEST + downloads(0, 90, 6)],
  ["rate.burst: ", SMALLEST + "[rate]\nburst = 100"],
  ["http.max_response_mb: ", SMALLEST + "[http]\nmax_response_mb = 65"],
  ["http.timeout_seconds: ", SMALLEST + "[http]\ntimeout_seconds = 0"],
  ["capabilities.head: ", SMALLEST + '[capabilities]\nhead = "yes"'],
  ["auth.schemes.0.header: ", SMALLEST + SCHEME.replace("Cookie", "Host")],
  ["auth.schemes.0.prefix: ", SMALLEST + SCHEME + 'prefix = "Basic "'],
  ["auth.schemes.0.hosts.0: ", SMALLEST + SCHEME.replace("www.example.com", "*.cdn.example.com")],
  ['names "dl.example.com"', SMALLEST + SCHEME.replace("www.example.com", "dl.example.com")],
  ["must not repeat an id", SMALLEST + SCHEME + SCHEME],
  ["Cannot use provider.toml: Invalid TOML", "id = "],
  ["Cannot use provider.toml: ", "[__proto__]\npolluted = true"],
])("parseManifest() says %j", (message, toml) => {
  expect(() => parseManifest(toml)).toThrow(
    expect.objectContaining({
      failure: { kind: "badInput" },
      message: expect.stringContaining(message),
    }),
  );
});

test.each([
  ["https://www.example.com/a?b=c", true],
  ["https://WWW.EXAMPLE.com:443/", true],
  ["https://a.cdn.example.com/", true],
  ["https://cdn.example.com/", false],
  ["https://example.com/", false],
  ["https://www.example.com:8443/", false],
  ["http://www.example.com/", false],
  ["https://user@www.example.com/", false],
  ["https://user:word@www.example.com/", false],
  ["https://www.example.com@evil.test/", false],
  ["https://www.example.com./", false],
  ["https://127.0.0.1/", false],
  ["https://[::1]/", false],
  ["file:///www.example.com/", false],
  ["ftp://www.example.com/", false],
  ["blob:https://www.example.com/1", false],
])("allowsHost() answers for %j: %j", (url, expected) => {
  expect(allowsHost(parseManifest(SMALLEST), new URL(url))).toBe(expected);
});
