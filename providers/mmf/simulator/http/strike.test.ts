import { expect, test } from "vitest";
import { type Client, startClient } from "../testing/client.ts";
import type { Fault } from "./faults.ts";

/** What a storage request with this fault ends in. */
async function storage(client: Client, fault: Fault, headers: Record<string, string> = {}) {
  const { url, bytes } = await client.lease();
  const handle = client.simulator.faults.add({ on: "storage", times: 1 }, fault);
  const answer = await client.get(url, headers);
  const body = await answer.arrayBuffer().then((body) => new Uint8Array(body), () => null);
  expect(handle.hits).toBe(1);
  return { answer, body, bytes, url };
}

/** What a library request with this fault ends in. */
async function site(client: Client, fault: Fault, path = "/api/data-library/objectPreviews") {
  client.simulator.faults.add({ on: "www", times: 1 }, fault);
  const answer = await client.get(path);
  return { answer, text: await answer.text() };
}

test("shortBody and reset announce the whole and break off", async () => {
  await using client = await startClient();
  for (const mode of ["shortBody", "reset"] as const) {
    const { answer, body, bytes } = await storage(client, { mode, bytes: 500 });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-length")).toBe(`${bytes.length}`);
    expect(body).toBeNull();
    const sent = client.simulator.requests.to("https://dl4.myminifactory.com").at(-1)?.sent;
    expect(sent).toBe(500);
  }
});

test("lyingLength announces less or more than there is", async () => {
  await using client = await startClient();
  const less = await storage(client, { mode: "lyingLength", by: -10 });
  expect(less.body?.length).toBe(less.bytes.length - 10);
  const more = await storage(client, { mode: "lyingLength", by: 10 });
  expect(more.answer.headers.get("content-length")).toBe(`${more.bytes.length + 10}`);
  expect(more.body).toBeNull();
});

test("truncatedFile sends half of the file as if it were all", async () => {
  await using client = await startClient();
  const { answer, body, bytes } = await storage(client, { mode: "truncatedFile" });
  expect(body).toEqual(bytes.slice(0, Math.floor(bytes.length / 2)));
  expect(answer.headers.get("content-length")).toBe(`${body?.length}`);
});

test("ignoreRange, wrongContentRange and refuse416 spoil a resume", async () => {
  await using client = await startClient();
  const range = { range: "bytes=100-199" };
  const ignored = await storage(client, { mode: "ignoreRange" }, range);
  expect([ignored.answer.status, ignored.body]).toEqual([200, ignored.bytes]);
  const wrong = await storage(client, { mode: "wrongContentRange" }, range);
  expect(wrong.answer.status).toBe(206);
  expect(wrong.answer.headers.get("content-range")).toMatch(/^bytes 101-200\//);
  const refused = await storage(client, { mode: "refuse416" }, range);
  expect(refused.answer.status).toBe(416);
  expect(refused.answer.headers.get("content-range")).toBe(`bytes */${refused.bytes.length}`);
});

test("changedEtag changes content and ETag with each request, and defeats If-Range", async () => {
  await using client = await startClient();
  const { url, bytes } = await client.lease();
  client.simulator.faults.add({ on: "storage" }, { mode: "changedEtag" });
  const first = await client.get(url, {});
  const second = await client.get(url, {
    range: "bytes=100-",
    "if-range": first.headers.get("etag") ?? "",
  });
  expect(second.status).toBe(200);
  expect(second.headers.get("etag")).not.toBe(first.headers.get("etag"));
  const bodies = [await first.bytes(), await second.bytes()];
  for (const body of bodies) expect(body).not.toEqual(bytes);
  expect(bodies[0]).not.toEqual(bodies[1]);
  expect(bodies[0]?.length).toBe(bytes.length);
  const part = await client.get(url, { range: "bytes=100-" });
  expect(part.status).toBe(206);
  await part.body?.cancel();
});

test("corrupt flips one byte", async () => {
  await using client = await startClient();
  const { body, bytes } = await storage(client, { mode: "corrupt", at: 90 });
  expect(body?.length).toBe(bytes.length);
  expect(bytes.filter((byte, i) => byte !== body?.[i])).toHaveLength(1);
  expect(body?.[90]).not.toBe(bytes[90]);
});

test("gzipRange encodes a part unasked", async () => {
  await using client = await startClient();
  const range = { range: "bytes=0-99", "accept-encoding": "identity" };
  const { answer } = await storage(client, { mode: "gzipRange" }, range);
  expect(answer.status).toBe(206);
  const logged = client.simulator.requests.to("https://dl4.myminifactory.com").at(-1);
  expect(logged?.sent).not.toBe(100);
});

test("htmlInstead, expired and serverError replace the file", async () => {
  await using client = await startClient();
  const page = await storage(client, { mode: "htmlInstead" });
  expect(page.answer.headers.get("content-type")).toMatch("text/html");
  expect((await storage(client, { mode: "expired" })).answer.status).toBe(403);
  for (const status of [500, 502, 503] as const) {
    expect((await storage(client, { mode: "serverError", status })).answer.status).toBe(status);
  }
});

test("redirectElsewhere, redirectLoopback and redirectLoop lead astray", async () => {
  await using client = await startClient();
  const elsewhere = await storage(client, { mode: "redirectElsewhere" });
  expect(elsewhere.answer.headers.get("location")).toBe("https://evil.example/");
  const loop = await storage(client, { mode: "redirectLoop" });
  expect(loop.answer.headers.get("location")).toBe(loop.url);
  client.simulator.faults.add({ on: "storage" }, { mode: "redirectLoopback" });
  const places = [];
  for (let i = 0; i < 2; i++) {
    places.push((await client.get(loop.url, {})).headers.get("location"));
  }
  expect(places).toEqual(["http://127.0.0.1/", "http://169.254.169.254/"]);
});

test("stall sends some bytes and then waits for the client to leave", async () => {
  await using client = await startClient();
  const { url } = await client.lease();
  client.simulator.faults.add({ on: "storage" }, { mode: "stall", bytes: 300 });
  const leave = new AbortController();
  const answer = await client.get(url, {}, { signal: leave.signal });
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.value?.length).toBe(300);
  const next = reader?.read().catch((error: unknown) => error);
  leave.abort();
  expect(await next).toMatchObject({ name: "AbortError" });
});

test("endless never stops sending", async () => {
  await using client = await startClient();
  const { url, bytes } = await client.lease();
  client.simulator.faults.add({ on: "storage" }, { mode: "endless" });
  const leave = new AbortController();
  const answer = await client.get(url, {}, { signal: leave.signal });
  expect(answer.headers.get("content-length")).toBeNull();
  let got = 0;
  for await (const piece of answer.body ?? []) {
    got += piece.length;
    if (got > bytes.length * 20) break;
  }
  leave.abort();
  expect(got).toBeGreaterThan(bytes.length * 20);
});

test("throttle429 carries the Retry-After that it was given, or none", async () => {
  await using client = await startClient();
  for (const retryAfter of ["120", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", null]) {
    const { answer } = await site(client, { mode: "throttle429", retryAfter });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, retryAfter]);
  }
});

test("throttle403 is plain, challenge says so in header and page", async () => {
  await using client = await startClient();
  const plain = await site(client, { mode: "throttle403" });
  expect([plain.answer.status, plain.answer.headers.get("cf-mitigated")]).toEqual([403, null]);
  const challenge = await site(client, { mode: "challenge" });
  expect(challenge.answer.headers.get("cf-mitigated")).toBe("challenge");
  const disguised = await site(client, { mode: "challenge", status: 200 });
  expect([disguised.answer.status, disguised.answer.headers.get("cf-mitigated")]).toEqual([
    200,
    null,
  ]);
  expect(disguised.text).toMatch("Just a moment...");
});

test("truncatedJson cannot be parsed, wrongJson can", async () => {
  await using client = await startClient();
  const { answer, text } = await site(client, { mode: "truncatedJson" });
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(JSON.parse((await site(client, { mode: "wrongJson" })).text)).toHaveProperty("message");
});

test("emptyList and shortList leave out rows and items", async () => {
  await using client = await startClient();
  const { rows } = client.simulator.listing();
  expect(JSON.parse((await site(client, { mode: "emptyList" })).text)).toEqual([]);
  expect(JSON.parse((await site(client, { mode: "shortList" })).text)).toHaveLength(
    Math.floor(rows / 2),
  );
  const path = `/api/v2/objects/${client.simulator.world.downloadableIds()[0]}/files`;
  expect(JSON.parse((await site(client, { mode: "emptyList" }, path)).text)).toEqual({
    total_count: 0,
    items: [],
  });
});

test("oversized fills the body up", async () => {
  await using client = await startClient();
  const { text } = await site(client, { mode: "oversized", bytes: 3_000_000 }, "/api/v2/user");
  expect(text.length).toBe(3_000_000);
  expect(JSON.parse(text)).toHaveProperty("username");
});

test("Faults strike only where, when and as often as they were told", async () => {
  await using client = await startClient();
  const { faults } = client.simulator;
  const statuses = async (count: number, path = "/api/v2/user") => {
    const seen = [];
    for (let i = 0; i < count; i++) seen.push((await client.get(path)).status);
    return seen;
  };
  const handle = faults.add({ on: "www", path: /user$/g, after: 1, times: 2 }, {
    mode: "serverError",
  });
  expect(await statuses(5)).toEqual([200, 500, 500, 200, 200]);
  expect(handle.hits).toBe(2);
  faults.add({ on: "storage" }, { mode: "serverError" });
  faults.add({ on: "www", path: "/objects/" }, { mode: "serverError" });
  expect(await statuses(1)).toEqual([200]);
  const forever = faults.add({ on: "www", path: (path) => path.endsWith("user") }, {
    mode: "serverError",
    status: 502,
  });
  expect(await statuses(2)).toEqual([502, 502]);
  forever.remove();
  expect(await statuses(1)).toEqual([200]);
  faults.clear();
  expect(await statuses(1, `/api/v2/objects/${client.simulator.world.objectIds()[0]}`)).toEqual([
    200,
  ]);
});
