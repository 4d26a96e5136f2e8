import { afterEach, expect, test } from "vitest";
import { listenOnLoopback } from "../../platform/loopback_server.ts";
import { type DeliveryReceiver, receiveDelivery } from "./receive_delivery.ts";

const ORIGIN = "https://www.example.com";
const DONE = { status: 200, heading: "Done <now>", text: "5 models & more" };

let receiver: DeliveryReceiver | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

async function receive(longest = 1000): Promise<DeliveryReceiver> {
  return receiver = await receiveDelivery(listenOnLoopback, { origin: ORIGIN, longest });
}

async function post(
  address: string,
  library: string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string }> {
  const body = new FormData();
  body.set(library === null ? "other" : "library", library ?? "x");
  const response = await fetch(address, {
    method: "POST",
    body,
    headers: { origin: ORIGIN, ...headers },
  });
  return { status: response.status, text: await response.text() };
}

/** Answers what is taken, and keeps it. */
function answering({ delivery }: DeliveryReceiver): string[] {
  const taken: string[] = [];
  void delivery.then(({ text, answer }) => {
    taken.push(text);
    answer(DONE);
  });
  return taken;
}

test("takes one form of the site's page and shows how it went", async () => {
  const at = await receive();
  const taken = answering(at);
  const { status, text } = await post(at.address, "[é]");
  expect([status, taken]).toEqual([200, ["[é]"]]);
  expect(text).toContain("Done &#60;now&#62;");
  expect(text).toContain("5 models &#38; more");
});

test("takes nothing a second time", async () => {
  const at = await receive();
  const taken = answering(at);
  await post(at.address, "first");
  expect((await post(at.address, "second")).status).toBe(410);
  expect(taken).toEqual(["first"]);
});

test("every receiver has an address of its own that nobody can guess", async () => {
  const first = await receive();
  const { pathname } = new URL(first.address);
  expect(pathname).toMatch(/^\/[\w-]{43}$/);
  const other = await receiveDelivery(listenOnLoopback, { origin: ORIGIN, longest: 1 });
  expect(new URL(other.address).pathname).not.toBe(pathname);
  await other.close();
  const wrong = first.address.slice(0, -1) + (first.address.endsWith("A") ? "B" : "A");
  expect((await post(wrong, "[]")).status).toBe(404);
});

test.each([
  ["another site", { origin: "https://evil.example" }],
  ["a page that hides where it is from", { origin: "null" }],
  ["a script, even of the site", { "sec-fetch-mode": "cors" }],
])("refuses %s, and takes the right one after it", async (_, headers) => {
  const at = await receive();
  const taken = answering(at);
  expect((await post(at.address, "[1]", headers)).status).toBe(403);
  expect((await post(at.address, "[2]")).status).toBe(200);
  expect(taken).toEqual(["[2]"]);
});

test("refuses to be looked at, and by another name for this computer", async () => {
  const at = await receive();
  expect((await fetch(at.address)).status).toBe(404);
  expect((await post(at.address.replace("127.0.0.1", "localhost"), "[]")).status).toBe(404);
});

test("refuses more than a list can be before it is read", async () => {
  const at = await receive(1000);
  const taken = answering(at);
  expect((await post(at.address, "x".repeat(6000))).status).toBe(413);
  expect(taken).toEqual([]);
});

test("refuses what is no form, or has not the field, and stays open for the right one", async () => {
  const at = await receive();
  const taken = answering(at);
  const response = await fetch(at.address, {
    method: "POST",
    body: "[]",
    headers: { origin: ORIGIN, "content-type": "application/json" },
  });
  await response.body?.cancel();
  expect(response.status).toBe(400);
  expect((await post(at.address, null)).status).toBe(400);
  expect((await post(at.address, "[]")).status).toBe(200);
  expect(taken).toEqual(["[]"]);
});

test("nobody listens any more once it is closed", async () => {
  const { address, close } = await receive();
  receiver = null;
  await close();
  await expect(post(address, "[]")).rejects.toThrow();
});
