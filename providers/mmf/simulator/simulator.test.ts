import { expect, test } from "vitest";
import { startSimulator } from "./mod.ts";
import { startClient } from "./testing/client.ts";

test("startSimulator() gives each real origin a port of its own", async () => {
  await using client = await startClient();
  const { connectTo } = client.simulator;
  expect(Object.keys(connectTo)).toEqual(
    ["www", "auth", "dl4", "dlcc", "dl", "assets"].map((name) =>
      `https://${name}.myminifactory.com`
    ),
  );
  expect(new Set(Object.values(connectTo)).size).toBe(6);
});

test("startSimulator() refuses libraries that it cannot make", async () => {
  await expect(startSimulator({ objects: 9 })).rejects.toThrow("Cannot simulate 9 objects");
  await expect(startSimulator({ objects: 100_001 })).rejects.toThrow(RangeError);
});

test("startSimulator() starts with 100,000 objects at once", async () => {
  const start = performance.now();
  await using client = await startClient({ objects: 100_000, oddities: true });
  expect(performance.now() - start).toBeLessThan(2_000);
  expect((await client.get("/api/v2/objects/400000")).status).toBe(200);
});

test("The request log tells origin, path, headers, status and bytes of each request", async () => {
  await using client = await startClient({ now: () => 1_000 });
  const { requests } = client.simulator;
  const { url, bytes } = await client.lease();
  const answer = await client.get(url, { "X-Test": "Yes" });
  await answer.arrayBuffer();
  expect(requests.all().map(({ origin }) => origin)).toEqual([
    "https://www.myminifactory.com",
    "https://www.myminifactory.com",
    "https://dl4.myminifactory.com",
  ]);
  expect(requests.to("https://dl4.myminifactory.com")).toEqual([{
    at: 1_000,
    origin: "https://dl4.myminifactory.com",
    method: "GET",
    path: new URL(url).pathname + new URL(url).search,
    headers: expect.objectContaining({ "x-test": "Yes" }),
    status: 200,
    sent: bytes.length,
  }]);
  requests.clear();
  expect(requests.all()).toEqual([]);
});

test("Simulator.warm() makes contents up to the size of the cache", async () => {
  await using client = await startClient({ objects: 10, images: 0, cacheBytes: 40_000 });
  client.simulator.warm();
  const { url, bytes } = await client.lease();
  expect((await (await client.get(url, {})).arrayBuffer()).byteLength).toBe(bytes.length);
});
