import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";
import { type Site, startSite } from "./support/site.ts";

const OBJECTS = 30;

let site: Site;
let app: DemoApp;

beforeAll(async () => {
  site = await startSite([`--objects=${OBJECTS}`]);
  app = await openDemo({
    args: [],
    env: { MMFSYNC_CONNECT_TO: JSON.stringify(site.connectTo) },
  });
}, 60_000);
afterAll(async () => {
  await app.close();
  await site.close();
});

test("a first run welcomes, and leads to the demo's first model on disk in under a minute", async () => {
  const started = performance.now();
  await app.page.getByRole("heading", { name: "Welcome" }).waitFor();
  await app.page.getByRole("button", { name: "Try the demo library" }).click();
  const library = new LibraryPage(app.page);
  await app.page.getByText("Demo: a made-up library.").waitFor();
  await library.open();
  await library.tick(0).check();
  await app.page.getByRole("button", { name: "Download 1 model" }).click();
  await expect.poll(() => library.rows.first().innerText(), { timeout: 20_000 }).toContain("Here");
  expect(performance.now() - started).toBeLessThan(60_000);
});

test("leaving the demo leads back to the user's own, empty library", async () => {
  await app.page.getByRole("button", { name: "Leave the demo" }).click();
  await expect.poll(() => app.page.getByText("Demo: a made-up library.").count()).toBe(0);
  await app.page.getByRole("link", { name: "Accounts" }).click();
  await app.page.getByRole("heading", { name: "Welcome" }).waitFor();
});

test("a sign-in says what it opens and how to get it, and a wrong one is refused in words", async () => {
  const { page } = app;
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).first().click();
  await page.getByText("It can", { exact: true }).waitFor();
  await page.getByText("It cannot", { exact: true }).waitFor();
  expect(await page.locator(".accounts-steps li").count()).toBeGreaterThan(2);
  await signIn("");
  await page.getByText("Paste it first.").waitFor();
  await signIn("remember_me=not-a-session");
  await page.getByText("The site did not accept this.").waitFor();
});

test("the right one asks what is wanted, and lists the library", async () => {
  const { page } = app;
  await signIn(site.session);
  await page.getByText("I choose").click();
  await page.getByRole("button", { name: /Read my library/ }).click();
  const library = new LibraryPage(page);
  await library.rows.first().waitFor();
  await expect.poll(() => library.summary.innerText(), { timeout: 20_000 })
    .toMatch(/^[2-9]\d models/);
  expect(await library.tick(0).isChecked()).toBe(false);
});

test("signing out asks first, and leaves the library as it is", async () => {
  const { page } = app;
  await page.getByRole("link", { name: "Accounts" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  await page.getByText("Not signed in").first().waitFor();
  await new LibraryPage(page).open();
});

test("nothing went wrong on the page meanwhile", () => {
  expect(app.faults).toEqual([]);
});

async function signIn(secret: string): Promise<void> {
  const form = app.page.locator("form.accounts-secret");
  await form.getByLabel(/^Paste here/).fill(secret);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
}
