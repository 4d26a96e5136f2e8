import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { type Site, startSite } from "./support/site.ts";

const AUTH = "https://auth.myminifactory.com";

let site: Site;
let app: DemoApp;

beforeAll(async () => {
  site = await startSite(["--objects=10"]);
  app = await openDemo({ args: [], env: { MMFSYNC_CONNECT_TO: JSON.stringify(site.connectTo) } });
  // The browser goes to the real address; the simulated site answers.
  await app.page.context().route(`${AUTH}/**`, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const answer = await fetch(`${site.connectTo[AUTH]}${pathname}${search}`, {
      method: request.method(),
      headers: await request.allHeaders(),
      body: request.postData(),
      redirect: "manual",
    });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
  });
  await app.page.getByRole("link", { name: "Accounts" }).click();
}, 60_000);
afterAll(async () => {
  await app.close();
  await site.close();
});

/** Starts the sign-in in the app and answers the page that opens. */
async function begin(clientId: string, secret: string | null): Promise<Page> {
  const { page } = app;
  const form = page.locator(".accounts-browser");
  if (!await form.isVisible()) {
    await page.getByRole("main").getByRole("button", { name: /^Sign in/ }).first().click();
    await page.getByText("MyMiniFactory account", { exact: true }).first().click();
  }
  await form.waitFor();
  const change = form.getByRole("button", { name: "Change" });
  if (await change.isVisible()) await change.click();
  await form.getByLabel("Client id").fill(clientId);
  await form.getByRole("textbox", { name: /client secret/ }).fill(secret ?? "");
  const opened = page.context().waitForEvent("page");
  await form.getByRole("button", { name: "Sign in on the site" }).click();
  return await opened;
}

/** Answers the site's pages; it asks who one is only the first time. */
async function decide(browser: Page, decision: "Allow" | "Deny"): Promise<void> {
  const login = browser.getByRole("button", { name: "Log in" });
  const button = browser.getByRole("button", { name: decision });
  await login.or(button).waitFor();
  if (await login.isVisible()) await login.click();
  await button.click();
}

async function signOut(): Promise<void> {
  const { page } = app;
  await page.reload();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("main").getByText("Not signed in").waitFor();
}

test("a refused consent is told in the browser and in the app, which can begin again", async () => {
  const browser = await begin(site.app.id, site.app.secret);
  await decide(browser, "Deny");
  await browser.getByRole("heading", { name: "Not signed in" }).waitFor();
  await app.page.getByText("You did not allow the app").waitFor();
  await browser.close();
});

test("an app with a secret signs in through the browser; no secret stays in an address", async () => {
  const browser = await begin(site.app.id, site.app.secret);
  await app.page.getByText("Waiting for you in the browser").waitFor();
  await decide(browser, "Allow");
  await browser.getByText("You can close this tab").waitFor();
  expect(browser.url()).toBe("http://localhost:7330/signed-in");
  await app.page.getByText("I choose").waitFor();
  await browser.close();
  await signOut();
});

test("a check tells for whom and until when one is signed in, and that it has ended", async () => {
  const { page } = app;
  const browser = await begin(site.app.id, site.app.secret);
  await decide(browser, "Allow");
  await page.getByText("I choose").waitFor();
  await browser.close();
  await page.reload();
  const facts = page.locator(".accounts-sign-ins");
  await facts.getByText(/for collector@example\.com · until .+ · checked /).waitFor();
  const check = page.getByRole("button", { name: "Check sign-in" });
  await site.tell({ fault: { on: "auth", path: "introspect", times: 1, mode: "serverError" } });
  await check.click();
  await page.getByText(/could not be checked\./).waitFor();
  await facts.getByText("collector@example.com").waitFor();
  await site.tell({ auth: ["revokeAll"] });
  await check.click();
  await facts.getByText("ended, sign in again").waitFor();
  await page.getByText("Sign-in ended: sign in again").waitFor();
  await signOut();
});

test("an app without a secret signs in by what stands behind the #", async () => {
  const browser = await begin(site.publicApp.id, null);
  await decide(browser, "Allow");
  await browser.getByText("You can close this tab").waitFor();
  expect(browser.url()).not.toContain("access_token");
  await app.page.getByText("I choose").waitFor();
  await browser.close();
  await signOut();
});

test("a sign-in is given up at a click, and a wrong secret is told as such", async () => {
  let browser = await begin(site.app.id, "wrong");
  await app.page.locator(".accounts-browser").getByRole("button", { name: "Cancel" }).click();
  await browser.close();
  await app.page.getByText("Sign in on the site").waitFor();
  browser = await begin(site.app.id, "wrong");
  await decide(browser, "Allow");
  await app.page.getByText("client id and secret do not belong together").waitFor();
  expect(app.faults).toEqual([]);
});
