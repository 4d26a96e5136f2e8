import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createTestCertificate,
  hasOpenssl,
} from "../../extensions/sync-engine/platform/testing/certificate.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";
import { launchBrowser } from "./support/browser.ts";
import { type BrowserWindows, browserWindows } from "./support/browser_windows.ts";

const SITE = "https://www.myminifactory.com";

let site: Simulator;
let browser: Browser;
beforeAll(async () => {
  site = await startSimulator({ objects: 12, filesPerObject: 1, images: 1 });
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(() => site.requests.clear());

interface Opened extends AsyncDisposable {
  readonly profile: TestProfile;
  readonly windows: BrowserWindows;
}

/** An engine that is signed in nowhere, and a person who is about to be. */
async function start(): Promise<Opened> {
  const windows = browserWindows(browser, site.connectTo);
  const profile = await openTestProfile(site, { signIn: false, siteWindows: windows });
  return { profile, windows, [Symbol.asyncDispose]: () => profile[Symbol.asyncDispose]() };
}

async function signIn(windows: BrowserWindows): Promise<void> {
  const page = await windows.page();
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "My library" }).waitFor();
}

const libraryRequests = () =>
  site.requests.all().filter(({ path }) => path.startsWith("/api/")).map(({ path }) => path);

test("the user signs in on the site and hands the library over by a press", async () => {
  await using opened = await start();
  const { profile, windows } = opened;
  expect(profile.engine.status().providers).toMatchObject([{ id: "mmf", hasWindow: true }]);
  const summary = profile.engine.libraryWindow.run("mmf");
  await expect.poll(() => windows.words()).toContain("Sign in as usual");
  await windows.press();
  await expect.poll(() => windows.words()).toContain("You are not signed in yet");
  await signIn(windows);
  // Nothing is asked of the site before the user wants it.
  expect(libraryRequests()).toHaveLength(1);
  expect(await windows.words()).toContain("no password, no cookie");
  await windows.press();
  const page = await windows.page();
  await page.getByRole("heading", { name: "Your library was handed over" })
    .waitFor({ timeout: 90_000 });
  const { assets, incomplete } = await summary ?? {};
  expect({ assets, incomplete }).toEqual({
    assets: profile.engine.status().library.assets,
    incomplete: null,
  });
  expect(assets).toBeGreaterThan(10);
  expect(await page.getByRole("main").innerText()).toContain(`${assets} models`);
  // The sign-in stays where it was made.
  expect(profile.engine.status().providers).toMatchObject([{ account: null }]);
  const phases = profile.heard.flatMap(({ event, data }) =>
    event === "libraryWindow" ? [data.phase] : []
  );
  expect(phases).toEqual(["waiting", "reading", "over"]);
}, 120_000);

test.runIf(hasOpenssl())(
  "the way leads out of a page with TLS, as the real site's are",
  async () => {
    const plain = site.connectTo[SITE] ?? "";
    const stop = new AbortController();
    const { addr: { port } } = Deno.serve(
      {
        hostname: "127.0.0.1",
        port: 0,
        signal: stop.signal,
        onListen() {},
        ...createTestCertificate(),
      },
      async (request) => {
        const { pathname, search } = new URL(request.url);
        const { method, headers } = request;
        const body = method === "POST" ? await request.text() : null;
        return await fetch(plain + pathname + search, {
          method,
          headers,
          body,
          redirect: "manual",
        });
      },
    );
    // The real name and the real scheme, but nothing leaves this computer.
    const rules = [`MAP www.myminifactory.com:443 127.0.0.1:${port}`, "MAP * ~NOTFOUND"];
    const secure = await launchBrowser([
      `--host-resolver-rules=${rules.join(", ")}, EXCLUDE 127.0.0.1`,
      "--ignore-certificate-errors",
    ]);
    const windows = browserWindows(secure, {});
    await using profile = await openTestProfile(site, { signIn: false, siteWindows: windows });
    const summary = profile.engine.libraryWindow.run("mmf");
    await signIn(windows);
    const page = await windows.page();
    expect(page.url()).toBe(`${SITE}/library`);
    await windows.press();
    await page.getByRole("heading", { name: "Your library was handed over" })
      .waitFor({ timeout: 90_000 });
    expect(await summary).toMatchObject({ incomplete: null });
    await secure.close();
    stop.abort();
  },
  120_000,
);

test("a limit of the site is told in the bar, and nothing more is asked", async () => {
  await using opened = await start();
  const { profile, windows } = opened;
  const summary = profile.engine.libraryWindow.run("mmf");
  await signIn(windows);
  site.faults.add({ on: "www", path: /objectPreviews/, times: 1 }, { mode: "challenge" });
  await windows.press();
  await expect.poll(() => windows.words()).toContain("you are no robot");
  expect(libraryRequests()).toHaveLength(1);
  await (await windows.page()).close();
  expect(await summary).toBeNull();
  expect(profile.engine.status().library.assets).toBe(0);
}, 60_000);

test("a site that forbids its forms to leave is told as such", async () => {
  await using opened = await start();
  const { profile, windows } = opened;
  const summary = profile.engine.libraryWindow.run("mmf");
  await signIn(windows);
  const page = await windows.page();
  await page.evaluate(`(() => {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "form-action 'self'";
    document.head.append(policy);
  })()`);
  await windows.press();
  await expect.poll(() => windows.words(), { timeout: 60_000 })
    .toContain("does not let its pages hand anything over");
  profile.engine.libraryWindow.cancel();
  expect(await summary).toBeNull();
}, 90_000);

test("a page cannot press the button itself", async () => {
  await using opened = await start();
  const { profile, windows } = opened;
  const summary = profile.engine.libraryWindow.run("mmf");
  await signIn(windows);
  const page = await windows.page();
  await page.evaluate(`document.documentElement.lastElementChild.click()`);
  await page.evaluate(`document.documentElement.lastElementChild.shadowRoot`)
    .then((shadow) => expect(shadow).toBeNull());
  expect(libraryRequests()).toEqual([]);
  expect(await page.evaluate(`Object.keys(window).filter((key) => /delivery|bundle/.test(key))`))
    .toEqual([]);
  profile.engine.libraryWindow.cancel();
  expect(await summary).toBeNull();
}, 60_000);
