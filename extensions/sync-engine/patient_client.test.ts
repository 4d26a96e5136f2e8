import { expect, test } from "vitest";
import { Connection } from "./downloads/connection.ts";
import { fakeClient } from "./library/testing/fake_client.ts";
import { patient } from "./patient_client.ts";
import { SyncError } from "./platform/errors.ts";
import { FakeClock } from "./platform/testing/fake_clock.ts";

const SECOND = 1000;
const NO_WAY = new SyncError({ kind: "retryable", unreached: "network" }, "No way");
const NO_PAGE = new SyncError("retryable", "The site has a hiccup");

/** A site with a list of three pages, each of which is asked for three times before it is given up. */
function openSite(longestMs?: number) {
  const clock = new FakeClock();
  const connection = new Connection(clock);
  const site = { hasNetwork: true, hasHiccup: false };
  const http = connection.watch({
    send: () =>
      site.hasNetwork
        ? Promise.resolve({ status: 200, headers: new Headers(), body: null })
        : Promise.reject(NO_WAY),
  });
  const asked: (string | null)[] = [];
  const looks: number[] = [];
  const client = fakeClient({
    async libraryPage(cursor) {
      asked.push(cursor);
      for (let tries = 1;; tries++) {
        try {
          await http.send({ url: "https://www.example.com/" });
          break;
        } catch (error) {
          if (tries === 3) throw error;
        }
      }
      if (site.hasHiccup) throw NO_PAGE;
      const next = { first: "second", second: "third", third: null }[cursor ?? "first"] ?? null;
      return { assets: [], seen: 0, merged: 0, quarantined: [], next };
    },
  });
  const begun = clock.now();
  connection.subscribe(() => {
    const { lookAt } = connection;
    if (lookAt !== null) looks.push((lookAt - begun) / SECOND);
  });
  const ports = { clock, connection };
  return { clock, site, asked, looks, client: patient(client, ports, longestMs) };
}

test("a list waits for the network and goes on at the page where it stopped", async () => {
  const { clock, site, asked, looks, client } = openSite();
  const list = async () => {
    let pages = 0;
    for (let cursor: string | null = null;; pages++) {
      const { next } = await client.libraryPage(cursor);
      if (next === null) return pages + 1;
      if (next === "second") site.hasNetwork = false;
      cursor = next;
    }
  };
  const work = list();
  await clock.advance(100 * SECOND);
  // Ever more rarely: after 5, 10, 20 and 40 seconds.
  expect(asked).toEqual([null, "second", "second", "second", "second", "second"]);
  expect(looks).toEqual([5, 15, 35, 75, 135]);
  site.hasNetwork = true;
  await clock.advance(60 * SECOND);
  expect(await work).toBe(3);
  expect(asked.slice(-2)).toEqual(["second", "third"]);
});

test("what fails while there is a network is not asked for again", async () => {
  const { site, asked, client } = openSite();
  site.hasHiccup = true;
  await expect(client.libraryPage(null)).rejects.toBe(NO_PAGE);
  expect(asked).toHaveLength(1);
});

test("who stops does not wait for the network any longer", async () => {
  const { clock, site, asked, client } = openSite();
  site.hasNetwork = false;
  const stop = new AbortController();
  const work = expect(client.libraryPage(null, stop.signal)).rejects
    .toMatchObject({ kind: "cancelled" });
  await clock.advance(SECOND);
  stop.abort(new SyncError("cancelled", "Stopped"));
  await work;
  expect(asked).toHaveLength(1);
  expect(clock.sleeping).toBe(0);
});

test("a list fails when there is no network for too long", async () => {
  const { clock, site, client } = openSite(600 * SECOND);
  site.hasNetwork = false;
  const work = expect(client.libraryPage(null)).rejects.toBe(NO_WAY);
  await clock.advance(660 * SECOND);
  await work;
});

test("of several who wait, one looks, and all go on once there is an answer", async () => {
  const { clock, site, asked, client } = openSite();
  site.hasNetwork = false;
  const work = Promise.all(["first", "second", "third"].map((page) => client.libraryPage(page)));
  await clock.advance(4 * SECOND);
  const before = asked.length;
  await clock.advance(2 * SECOND);
  expect(asked.length).toBe(before + 1);
  site.hasNetwork = true;
  await clock.advance(10 * SECOND);
  expect(await work).toHaveLength(3);
});
