import { expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { classifyThrown } from "../platform/classify.ts";
import { createHttp } from "../platform/http.ts";
import { serveLoopback } from "../platform/testing/loopback.ts";
import { createPacer } from "../plugins/pacer.ts";
import { fetchImage, MAX_IMAGE_BYTES } from "./fetch_image.ts";
import { PICTURE_MANIFEST, pngOf } from "./testing/pictures.ts";

const URL_OF_IT = "https://img.cdn.example.com/a%20b.png?size=230#x";

interface Received {
  readonly url: URL;
  readonly headers: Headers;
}

interface Outcome {
  readonly bytes: Uint8Array | null;
  readonly failure: string | null;
  readonly requests: readonly Received[];
}

/** Fetches from a server that stands in for every host of the manifest. */
async function fetchFrom(
  answer: (request: Request) => Response | Promise<Response>,
  address = URL_OF_IT,
  signal = new AbortController().signal,
): Promise<Outcome> {
  const requests: Received[] = [];
  await using server = serveLoopback((request) => {
    requests.push({ url: new URL(request.url), headers: new Headers(request.headers) });
    return answer(request);
  });
  using http = createHttp({
    userAgent: "mmfsync/test",
    connectTo: {
      "https://img.cdn.example.com": server.origin,
      "https://www.example.com": server.origin,
      "https://elsewhere.example": server.origin,
    },
  });
  const pacer = createPacer({ clock: systemClock, requestsPerSecond: 1000 });
  const ports = { http, clock: systemClock, pacer };
  try {
    const bytes = await fetchImage(ports, PICTURE_MANIFEST, address, signal);
    return { bytes, failure: null, requests };
  } catch (error) {
    return { bytes: null, failure: classifyThrown(error).kind, requests };
  }
}

test("fetchImage() fetches a picture and says nothing of the user", async () => {
  const { bytes, requests } = await fetchFrom(() => new Response(pngOf(5_000)));
  expect(bytes).toEqual(pngOf(5_000));
  const [request] = requests;
  expect(request?.url.pathname).toBe("/a%20b.png");
  expect(request?.url.search).toBe("?size=230");
  const names = [...request?.headers.keys() ?? []].sort();
  expect(names).toEqual(["accept", "accept-encoding", "accept-language", "host", "user-agent"]);
  expect(request?.headers.get("accept")).not.toMatch(/svg|\*/);
});

test.each([
  ["<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"],
  ["<!doctype html><title>Just a moment...</title>", "image/png"],
  ["", "image/png"],
])("fetchImage() refuses %j, whatever its type claims", async (body, type) => {
  const { failure } = await fetchFrom(() =>
    new Response(body, { headers: { "content-type": type } })
  );
  expect(failure).toBe("integrity");
});

test("fetchImage() refuses a picture that is announced as too large, and one that comes out so", async () => {
  const large = pngOf(MAX_IMAGE_BYTES + 1);
  expect((await fetchFrom(() => new Response(large))).failure).toBe("integrity");
  const unannounced = () => new Response(new Blob([large]).stream());
  expect((await fetchFrom(unannounced)).failure).toBe("integrity");
  expect((await fetchFrom(() => new Response(large.subarray(0, -1)))).bytes).toHaveLength(
    MAX_IMAGE_BYTES,
  );
});

test.each([
  [403, "locked"],
  [404, "gone"],
  [429, "throttled"],
  [503, "retryable"],
  [204, "integrity"],
  [206, "integrity"],
])("fetchImage() fails on the status %i as %s", async (status, kind) => {
  const body = status === 204 ? null : pngOf(100);
  expect((await fetchFrom(() => new Response(body, { status }))).failure).toBe(kind);
});

test("fetchImage() follows redirects within the manifest's hosts only", async () => {
  const to = (location: string) => (request: Request) =>
    request.url.endsWith("moved.png")
      ? new Response(pngOf(50))
      : new Response("", { status: 302, headers: { location } });
  expect((await fetchFrom(to("https://www.example.com/moved.png"))).bytes).toHaveLength(50);
  expect((await fetchFrom(to("/moved.png"))).bytes).toHaveLength(50);
  for (
    const location of [
      "https://elsewhere.example/moved.png",
      "http://www.example.com/moved.png",
      "https://www.example.com:8443/moved.png",
      "http://127.0.0.1/moved.png",
      "file:///etc/moved.png",
    ]
  ) {
    const { failure, requests } = await fetchFrom(to(location));
    expect(failure, location).toBe("permission");
    expect(requests).toHaveLength(1);
  }
  expect((await fetchFrom(to("/round.png"))).failure).toBe("integrity");
});

test("fetchImage() asks no host that the manifest does not name, and none without https", async () => {
  for (
    const address of [
      "https://elsewhere.example/a.png",
      "http://www.example.com/a.png",
      "data:image/png,",
    ]
  ) {
    const { failure, requests } = await fetchFrom(() => new Response(pngOf(9)), address);
    expect(failure, address).toBe("permission");
    expect(requests).toHaveLength(0);
  }
});

test("fetchImage() ends at once when it is aborted while the picture comes", async () => {
  const stop = new AbortController();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(pngOf(10));
    },
  });
  const outcome = fetchFrom(
    () => {
      setTimeout(() => stop.abort(), 20);
      return new Response(body);
    },
    URL_OF_IT,
    stop.signal,
  );
  expect((await outcome).failure).toBe("cancelled");
});
