import { expect, test } from "vitest";
import { SyncError } from "../platform/errors.ts";
import type { Http, HttpRequest } from "../platform/ports.ts";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { MemoryLog } from "../platform/testing/memory_log.ts";
import { createImageSite } from "./image_site.ts";
import { PICTURE_MANIFEST, pngOf } from "./testing/pictures.ts";

const MINUTE = 60_000;
const urlOf = (n: number) => `https://www.example.com/${n}.png`;
const never = () => new AbortController().signal;

/** A site that answers by `answer`, which a test may change. */
function start(answer: (request: HttpRequest) => Response | Promise<Response>) {
  const clock = new FakeClock();
  const sent: string[] = [];
  const world = { answer };
  const http: Http = {
    async send(request) {
      sent.push(request.url);
      const { status, headers, body } = await world.answer(request);
      return { status, headers, body };
    },
  };
  const site = createImageSite({ http, clock, log: new MemoryLog() }, PICTURE_MANIFEST);
  return { clock, sent, world, get: (n: number, signal = never()) => site.get(urlOf(n), signal) };
}

const picture = () => new Response(pngOf(64));

test("ImageSite.get() asks for two pictures at once, at the manifest's pace", async () => {
  let open = 0;
  let most = 0;
  const { clock, sent, get } = start(async () => {
    most = Math.max(most, ++open);
    await clock.sleep(10);
    open--;
    return picture();
  });
  const before = clock.now();
  const all = await clock.finish(Promise.all(Array.from({ length: 12 }, (_, i) => get(i))));
  expect(all.every((bytes) => bytes?.length === 64)).toBe(true);
  expect(sent).toHaveLength(12);
  expect(most).toBe(2);
  // Four at once after a rest, then four a second.
  expect(clock.now() - before).toBeGreaterThanOrEqual(2_000);
});

test("ImageSite.get() leaves a picture alone for hours that is not there or is none", async () => {
  const { clock, sent, world, get } = start(() => new Response("", { status: 404 }));
  expect(await clock.finish(get(1))).toBeNull();
  world.answer = () => new Response("<html>");
  expect(await clock.finish(get(2))).toBeNull();
  world.answer = picture;
  expect(await get(1)).toBeNull();
  expect(await get(2)).toBeNull();
  expect(sent).toEqual([urlOf(1), urlOf(2)]);
  expect(await clock.finish(get(3))).toHaveLength(64);
  await clock.advance(6 * 60 * MINUTE);
  expect(await clock.finish(get(1))).toHaveLength(64);
});

test("ImageSite.get() asks for nothing at all while the site wants a pause", async () => {
  const { clock, sent, world, get } = start(() =>
    new Response("", { status: 429, headers: { "retry-after": "600" } })
  );
  expect(await clock.finish(Promise.all([get(1), get(2), get(3), get(4)]))).toEqual(
    [null, null, null, null],
  );
  const asked = sent.length;
  // Two were under way when the answer came.
  expect(asked).toBeLessThanOrEqual(2);
  world.answer = picture;
  await clock.advance(9 * MINUTE);
  expect(await get(5)).toBeNull();
  expect(sent).toHaveLength(asked);
  await clock.advance(MINUTE);
  expect(await clock.finish(get(5))).toHaveLength(64);
});

test("ImageSite.get() rests when the network is down, and tries other pictures soon after", async () => {
  const { clock, sent, world, get } = start(() =>
    Promise.reject(new SyncError("retryable", "The network is down"))
  );
  for (let n = 0; n < 6; n++) expect(await clock.finish(get(n))).toBeNull();
  expect(sent).toHaveLength(3);
  world.answer = picture;
  await clock.advance(MINUTE);
  expect(await clock.finish(get(5))).toHaveLength(64);
  expect(await get(0)).toBeNull();
  await clock.advance(5 * MINUTE);
  expect(await clock.finish(get(0))).toHaveLength(64);
});

test("ImageSite.get() frees its slot on abort, and holds nothing against the picture", async () => {
  const held = Promise.withResolvers<Response>();
  const { clock, world, get } = start(({ signal }) => {
    signal?.addEventListener("abort", () => held.reject(signal.reason), { once: true });
    return held.promise;
  });
  const stop = new AbortController();
  const both = Promise.allSettled([get(1, stop.signal), get(2, stop.signal)]);
  const waiting = get(3);
  await clock.advance(10);
  world.answer = picture;
  stop.abort();
  for (const one of await both) expect(one).toMatchObject({ reason: { kind: "cancelled" } });
  expect(await clock.finish(waiting)).toHaveLength(64);
  expect(await clock.finish(get(1))).toHaveLength(64);
});
