import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";

let demo: DemoApp;
let library: LibraryPage;

beforeAll(async () => {
  demo = await openDemo();
  library = new LibraryPage(demo.page);
  await library.open();
  await library.tick(0).check();
  await demo.page.getByRole("button", { name: "Download 1 model" }).click();
  await library.rows.first().filter({ hasText: "Here" }).waitFor();
  await demo.page.locator(".sync-card").getByText("Up to date").waitFor();
}, 60_000);
afterAll(() => demo.close());

test("a library folder that is gone is told in words, with what to do, and nothing is made anew", async () => {
  await Deno.rename(root(), away());
  await library.tick(1).check();
  await demo.page.getByRole("button", { name: "Download 1 model" }).click();
  await demo.page.getByText(/Cannot find the library in .*Check the drive/).waitFor();
  await expect(Deno.stat(root())).rejects.toThrow(Deno.errors.NotFound);
  expect(await library.rows.first().innerText()).toContain("Here");
});

test("the check-up names the folder", async () => {
  await demo.page.getByRole("link", { name: "Settings" }).click();
  await demo.page.getByRole("link", { name: "Diagnostics" }).click();
  await demo.page.getByRole("button", { name: "Run the check-up" }).click();
  await demo.page.getByText(/things? needs? you/).waitFor();
  await demo.page.locator(".findings .is-unwell").filter({ hasText: "folder" }).waitFor();
});

test("it goes on where it was as soon as the folder is back", async () => {
  await Deno.rename(away(), root());
  await library.open();
  await demo.page.getByRole("button", { name: "Download 1 model" }).click();
  await library.rows.nth(1).filter({ hasText: "Here" }).waitFor();
});

test("nothing else went wrong on the page meanwhile", () => {
  expect(demo.faults).toEqual([]);
});

function root(): string {
  return join(demo.served.home, "profile", "demo", "library");
}

function away(): string {
  return `${root()}-away`;
}
