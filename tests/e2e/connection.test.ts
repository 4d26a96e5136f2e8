import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";
import { serve, type Served } from "./support/served.ts";

let demo: DemoApp;
let again: Served | undefined;
let library: LibraryPage;

beforeAll(async () => {
  demo = await openDemo();
  library = new LibraryPage(demo.page);
  await library.open();
}, 60_000);
afterAll(async () => {
  await again?.[Symbol.asyncDispose]();
  await demo.close();
});

test("when the engine is killed the page says so within two seconds, and keeps what it shows", async () => {
  // The other views are loaded ahead, a moment after the first one.
  await expect.poll(() =>
    demo.page.evaluate(`performance.getEntriesByType("resource")
      .some(({ name, responseEnd }) => /settings_view.*js/.test(name) && responseEnd > 0)`), {
    timeout: 20_000,
  }).toBe(true);
  const titles = await library.titles();
  await demo.served.end("SIGKILL");
  await demo.page.getByText("The connection to the sync engine was lost.").waitFor({
    timeout: 2000,
  });
  expect(await library.titles()).toEqual(titles);
});

test("the other views can be opened meanwhile", async () => {
  await demo.page.getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Settings" }).click();
  await demo.page.getByRole("heading", { name: "Settings" }).waitFor();
});

test("a new engine at the same place knows no old session: the page says how to get in", async () => {
  const { home, port } = demo.served;
  again = await serve({ home, port });
  await demo.page.getByRole("heading", { name: "This page needs a key" }).waitFor();
  await demo.page.getByText("Open the link that the terminal shows").waitFor();
});

test("the new link, put into the same page, lets it go on", async () => {
  await demo.page.goto(again?.link ?? "");
  await library.open();
  expect(demo.page.url()).not.toContain("token");
});
