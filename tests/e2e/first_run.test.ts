import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";

let app: DemoApp;

beforeAll(async () => {
  app = await openDemo({ args: [] });
}, 60_000);
afterAll(() => app.close());

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
  await app.page.getByRole("button", { name: "Sign in" }).first().click();
  await app.page.getByText("It opens", { exact: true }).first().waitFor();
  await app.page.getByText("It does not open", { exact: true }).first().waitFor();
});

test("nothing went wrong on the page meanwhile", () => {
  expect(app.faults).toEqual([]);
});
