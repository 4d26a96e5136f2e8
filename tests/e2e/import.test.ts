import { Buffer } from "node:buffer";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";
import { type Site, startSite } from "./support/site.ts";

const LIST = "/api/data-library/objectPreviews";

let site: Site;
let app: DemoApp;
/** The list, as the user's browser saves it. */
let saved: string;

beforeAll(async () => {
  site = await startSite(["--library=real", "--files-per-object=1", "--images=1"]);
  // The app reaches no site at all: a browser saved the list.
  app = await openDemo({ args: [] });
  const origin = site.connectTo["https://www.myminifactory.com"];
  const response = await fetch(`${origin}${LIST}`, { headers: { cookie: site.session } });
  saved = join(await Deno.makeTempDir({ prefix: "mmfsync-import-" }), "objectPreviews.json");
  await Deno.writeTextFile(saved, await response.text());
}, 120_000);
afterAll(async () => {
  await app.close();
  await site.close();
  await Deno.remove(join(saved, ".."), { recursive: true });
});

test("the first page offers the import and says how to save the list", async () => {
  const { page } = app;
  await page.getByRole("button", { name: "Import a saved list" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Import a saved list" });
  expect(await dialog.getByRole("textbox", { name: "Address of the list" }).inputValue())
    .toBe(`https://www.myminifactory.com${LIST}`);
  await dialog.getByRole("button", { name: "Close" }).click();
});

test("a wrong file is told with what to do, and nothing is lost", async () => {
  const { page } = app;
  await page.getByRole("button", { name: "Import a saved list" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.locator("input[type=file]").setInputFiles({
    name: "login.html",
    mimeType: "text/html",
    buffer: Buffer.from('<form><input type="password"></form>'),
  });
  await dialog.getByRole("alert").filter({ hasText: "login.html is the sign-in page" }).waitFor();
});

test(
  "the saved list fills the library without a sign-in, and every row is accounted for",
  async () => {
    const { page } = app;
    const dialog = page.getByRole("alertdialog");
    await dialog.locator("input[type=file]").setInputFiles(saved);
    await dialog.getByText("8,138 rows · 5,290 models · 2,848 repeated · 0 not understood")
      .waitFor({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Show the library" }).click();
    const library = new LibraryPage(page);
    await expect.poll(() => library.summary.innerText()).toContain("5,290 models");
    await page.getByRole("button", { name: "Sign in to download" }).waitFor();
  },
  90_000,
);

test("the library is filtered by source, release and bundle under their names", async () => {
  const { page } = app;
  const library = new LibraryPage(page);
  await page.getByRole("button", { name: "Source" }).click();
  await page.getByRole("option", { name: /^Gift \(/ }).click();
  await expect.poll(() => library.summary.innerText()).not.toContain("5,290 models");
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await page.getByRole("button", { name: "Release: All releases" }).click();
  await page.getByRole("combobox", { name: "Search" }).fill("mmf-plus");
  await page.getByRole("option", { name: /^mmf-plus-selection/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Release: mmf-plus-selection" }).waitFor();
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await page.getByRole("button", { name: "Bundle: All bundles" }).click();
  await page.getByRole("option", { name: /^Bundle of / }).first().click();
  await expect.poll(() => library.summary.innerText()).toMatch(/^2 models/);
  await page.getByRole("button", { name: "Clear all filters" }).click();
});

test("a list dropped anywhere on the library is imported, and a short one marks nothing as gone", async () => {
  const { page } = app;
  const drop = async (type: string, text: string) => {
    // As the page sees it: this program has no such class.
    const data = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([${JSON.stringify(text)}], "short.json"));
      return transfer;
    })()`);
    await page.locator(".library").dispatchEvent(type, { dataTransfer: data });
  };
  const short = '[{"id":"object-100003","type":"object","name":"Only this"}, 7]';
  await drop("dragenter", short);
  await page.getByText("Drop the saved list to import it").waitFor();
  await drop("drop", short);
  const dialog = page.getByRole("alertdialog");
  await dialog.getByText("2 rows · 1 model · 0 repeated · 1 not understood").waitFor();
  await dialog.getByText("The list may be incomplete, so nothing was marked as gone.").waitFor();
  await dialog.getByRole("button", { name: "Show what was not understood" }).click();
  await dialog.getByText("This row of the library is not a list entry").waitFor();
  await dialog.getByRole("button", { name: "Show the library" }).click();
  await expect.poll(() => new LibraryPage(page).summary.innerText()).toContain("5,290 models");
  expect(app.faults).toEqual([]);
});
