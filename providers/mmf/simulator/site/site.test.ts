import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { startClient } from "../testing/client.ts";

const WITHOUT = {};

test("The site gives the library to a session only, and a login page with 200 to others", async () => {
  await using client = await startClient();
  const { token, key } = client.simulator;
  const path = "/api/data-library/objectPreviews";
  expect(await client.json(path)).toHaveLength(client.simulator.listing().rows);
  for (
    const headers of [WITHOUT, { authorization: `Bearer ${token}` }, { cookie: "PHPSESSID=x" }]
  ) {
    const answer = await client.get(`${path}?key=${key}`, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch("text/html");
    expect(await answer.text()).toMatch("Login");
  }
  const check = "/api/data-library/user-data";
  expect((await client.get(check)).status).toBe(200);
  expect((await client.get(check, WITHOUT)).status).toBe(401);
});

test("The site takes session, token and key on v2, and answers 401 in its words to others", async () => {
  await using client = await startClient();
  const { token, key, world } = client.simulator;
  const bearer = { authorization: `Bearer ${token}` };
  expect(await client.json("/api/v2/user")).toMatchObject({ username: "Sample Collector" });
  expect(await client.json("/api/v2/user", bearer)).toMatchObject({ id: 4242 });
  const denied = { error: "access_denied", error_description: "OAuth2 authentication required" };
  expect(await client.json("/api/v2/user", WITHOUT)).toEqual(denied);
  expect(await client.json(`/api/v2/user?key=${key}`, WITHOUT)).toEqual(denied);
  expect(await client.json("/api/v2/user", { authorization: `Bearer ${key}` })).toEqual({
    error: "invalid_token",
  });
  world.signIn("token", false);
  expect((await client.get("/api/v2/user", bearer)).status).toBe(401);
  expect((await client.get("/api/v2/user")).status).toBe(200);
  world.signIn("session", false);
  expect((await client.get("/api/v2/user")).status).toBe(401);
});

test("The site hides addresses and sizes of files from a key", async () => {
  await using client = await startClient();
  const { key, world } = client.simulator;
  const path = `/api/v2/objects/${world.downloadableIds()[0]}`;
  const owner = await client.json(path);
  expect(owner).toHaveProperty("archive_download_url");
  expect(owner).toHaveProperty("files.items.0.download_url", expect.stringMatching("/download/"));
  const app = await client.json(`${path}?key=${key}`, WITHOUT);
  expect(app).not.toHaveProperty("archive_download_url");
  expect(app).toHaveProperty("files.items.0.download_url", null);
  expect(app).toHaveProperty("files.items.0.size", null);
});

test("The site pages the files of an object by 30, up to 100", async () => {
  await using client = await startClient({ filesPerObject: 60, objects: 10, fileSize: 2_000 });
  const path = `/api/v2/objects/${client.simulator.world.objectIds()[0]}`;
  const nested = await client.json(path);
  expect(nested).toHaveProperty("files.items.length", 30);
  const all = await client.json(`${path}/files?per_page=1000`);
  expect(all).toHaveProperty(
    "items.length",
    Math.min(100, Reflect.get(Object(all), "total_count")),
  );
  expect(await client.json(`${path}/files?page=99`)).toHaveProperty("items", []);
});

test("The site answers v2 compressed, in chunks and without validators", async () => {
  await using client = await startClient();
  const { headers, body } = await client.get("/api/v2/user");
  await body?.cancel();
  expect(headers.get("content-length")).toBeNull();
  expect(headers.get("etag")).toBeNull();
  expect(headers.get("server")).toBe("cloudflare");
  const plain = await client.get("/api/v2/user", {
    cookie: client.simulator.session,
    "accept-encoding": "identity",
  });
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await plain.json()).toHaveProperty("username");
});

test("The site answers 404 in its words for what is not there", async () => {
  await using client = await startClient();
  for (const id of [1, 100_004, 99_999_999]) {
    const answer = await client.get(`/api/v2/objects/${id}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ detail: "Not Found", status: 404 });
  }
  expect((await client.get("/api/v2/bundles/1")).status).toBe(404);
});

test("The site leads a download to another origin by a signed address", async () => {
  await using client = await startClient();
  const { url, bytes } = await client.lease();
  expect(new URL(url).origin).toBe("https://dl4.myminifactory.com");
  const answer = await client.get(url, WITHOUT);
  expect(answer.headers.get("etag")).toMatch(/^"[0-9a-f]{32}"$/);
  expect(answer.headers.get("accept-ranges")).toBe("bytes");
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
});

test("The site sends those who are not logged in from downloads to the login page", async () => {
  await using client = await startClient();
  const path = `/download/${client.simulator.world.downloadableIds()[0]}?archive_id=1`;
  const answer = await client.get(path, WITHOUT);
  expect([answer.status, answer.headers.get("location")]).toEqual([
    302,
    "https://www.myminifactory.com/login",
  ]);
  expect((await client.get(path, { authorization: "Bearer x" })).status).toBe(401);
});

test("The site gives the zip of a whole model, or the page of the object where there is none", async () => {
  await using client = await startClient({ objects: 60 });
  const seen = { zip: 0, page: 0 };
  for (const id of client.simulator.world.downloadableIds().slice(0, 20)) {
    const { headers } = await client.get(`/download/${id}`);
    const location = headers.get("location") ?? "";
    const answer = await client.get(location, WITHOUT);
    if (location.startsWith("https://dlcc.")) {
      seen.zip++;
      const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
      const own = [...client.simulator.reference()].filter((file) =>
        file.objectId === id && file.kind === "model"
      );
      expect(Object.keys(files).sort()).toEqual(own.map(({ name }) => name).sort());
    } else {
      seen.page++;
      expect(answer.headers.get("content-type")).toMatch("text/html");
      await answer.text();
    }
  }
  expect(seen.zip).toBeGreaterThan(0);
  expect(seen.page).toBeGreaterThan(0);
});

test("The storage refuses Authorization, HEAD, changed and expired addresses", async () => {
  let now = Date.UTC(2026, 5, 1);
  await using client = await startClient({ now: () => now, leaseSeconds: 60 });
  const { url } = await client.lease();
  const status = async (address: string, headers = {}, init = {}) => {
    const answer = await client.get(address, headers, init);
    return [answer.status, /<Code>(\w+)/.exec(await answer.text())?.[1]];
  };
  expect(await status(url, { authorization: "Bearer x" })).toEqual([400, "InvalidArgument"]);
  expect(await status(url, {}, { method: "HEAD" })).toEqual([403, undefined]);
  expect(await status(url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"))).toEqual([
    403,
    "SignatureDoesNotMatch",
  ]);
  expect(await status(url.split("?")[0] ?? "")).toEqual([403, "AccessDenied"]);
  now += 60_000;
  expect(await status(url)).toEqual([403, "AccessDenied"]);
});

test("The storage resumes a file, and starts anew when it was replaced", async () => {
  await using client = await startClient();
  const { world } = client.simulator;
  const [id] = world.downloadableIds();
  const { url, bytes } = await client.lease(id);
  const first = await client.get(url, { range: "bytes=0-99" });
  await first.body?.cancel();
  const resume = { range: "bytes=100-", "if-range": first.headers.get("etag") ?? "" };
  const rest = await client.get(url, resume);
  expect(rest.status).toBe(206);
  expect(rest.headers.get("content-range")).toBe(`bytes 100-${bytes.length - 1}/${bytes.length}`);
  expect(new Uint8Array(await rest.arrayBuffer())).toEqual(bytes.slice(100));
  world.replaceArchive(id ?? 0);
  const anew = await client.get(url, resume);
  expect(anew.status).toBe(200);
  const replaced = new Uint8Array(await anew.arrayBuffer());
  expect(replaced).not.toEqual(bytes);
  expect(replaced).toEqual([...client.simulator.reference()][0]?.bytes());
});

test("The image hosts are public and give smaller images by prefix", async () => {
  await using client = await startClient({ images: 3 });
  const object = await client.json(`/api/v2/objects/${client.simulator.world.objectIds()[0]}`);
  const [image] = Reflect.get(Object(object), "images");
  const sizes = [];
  for (const variant of ["tiny", "thumbnail", "original"]) {
    const answer = await client.get(image[variant].url, WITHOUT);
    expect(answer.headers.get("content-type")).toBe("image/png");
    sizes.push((await answer.arrayBuffer()).byteLength);
  }
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(sizes[2]).toBeGreaterThan(20_000);
  expect((await client.get(image.original.url.replace("/images/", "/images/55X55-"), {})).status)
    .toBe(404);
});

test("The site throttles links by quota and leaves metadata alone", async () => {
  await using client = await startClient({ quota: { links: 2, windowMs: 60_000 } });
  await client.lease();
  await client.lease();
  const path = `/download/${client.simulator.world.downloadableIds()[0]}`;
  const statuses = [];
  for (let i = 0; i < 2; i++) statuses.push((await client.get(path)).status);
  expect(statuses).toEqual([403, 429]);
  expect((await client.get("/api/v2/user")).status).toBe(200);
});
