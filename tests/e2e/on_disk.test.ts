import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";

const PICTURES = "dist/screenshots";

let demo: DemoApp;
/** Where the demo's library is at first. */
let root: string;

beforeAll(async () => {
  demo = await openDemo();
  root = join(demo.served.home, "profile", "demo", "library");
  const library = new LibraryPage(demo.page);
  await library.open();
  for (const row of [0, 1, 2, 3]) await library.tick(row).check();
  await demo.page.getByRole("button", { name: /^Download 4 models/ }).click();
  await library.summary.filter({ hasNotText: "wanted not here" }).waitFor();
}, 60_000);
afterAll(() => demo.close());

const setting = (title: string) =>
  demo.page.locator(".setting").filter({ has: demo.page.getByRole("heading", { name: title }) });

async function openSettings(section: string): Promise<void> {
  await demo.page.getByRole("link", { name: "Settings" }).click();
  await demo.page.getByRole("navigation", { name: "Sections" })
    .getByRole("link", { name: section }).click();
}

/** Files of models below a folder, absolute. */
function modelFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /[\\/]files[\\/]/.test(path))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}

test("a replaced file is shown as a version, put back and deleted", async () => {
  const { page } = demo;
  const path = modelFiles(root)[0] ?? "";
  writeFileSync(path, "cut with a knife");
  const title = basename(join(path, "..", ".."));
  const library = new LibraryPage(page);
  await library.open();
  await library.search(title);
  await expect.poll(() => library.rows.count()).toBe(1);
  await library.grid.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Download again" }).first().click();
  const versions = page.getByRole("region", { name: "Old versions" });
  await versions.waitFor();
  await page.screenshot({ path: `${PICTURES}/explorer-versions-light-wide.png` });
  await versions.locator("li").filter({ hasText: "16 B" }).getByRole("button", { name: /More/ })
    .click();
  await page.getByRole("menuitem", { name: "Put back" }).click();
  await expect.poll(() => readFileSync(path, "utf8")).toBe("cut with a knife");
  await versions.locator("li").first().waitFor();
  const before = await versions.locator("li").count();
  expect(before).toBeGreaterThan(0);

  await openSettings("Library");
  await setting("Old versions").getByText(/old version/).last().waitFor();
  await setting("Old versions").getByRole("button", { name: "Delete old versions…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await setting("Old versions").getByText("There are none.").waitFor();
}, 60_000);

test(
  "files in another folder are taken over instead of fetched, and what is not clear is asked",
  async () => {
    const { page } = demo;
    const files = modelFiles(root);
    const elsewhere = join(demo.served.home, "elsewhere");
    const mine = join(demo.served.home, "mine");
    const one = files.at(-1) ?? "";
    for (const [n, folder] of ["a", "b"].entries()) {
      mkdirSync(join(mine, folder), { recursive: true });
      const bytes = readFileSync(one);
      bytes[0] = (bytes[0] ?? 0) ^ (n + 1);
      writeFileSync(join(mine, folder, basename(one)), bytes);
    }
    await openSettings("Library");
    await setting("Library folder").getByRole("button", { name: "Change…" }).click();
    await page.getByLabel("New folder").fill(elsewhere);
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("button", { name: "Use that folder" }).click();
    await page.locator(".root-path", { hasText: "elsewhere" }).waitFor();

    const adopt = setting("Files that you have already");
    await adopt.getByRole("button", { name: "Look for them…" }).click();
    await adopt.getByLabel("Folder").fill(mine);
    await adopt.getByRole("button", { name: "Only look" }).click();
    const unclear = adopt.getByRole("region", { name: "Not clear" });
    await unclear.waitFor();
    await adopt.getByText("2 not clear").waitFor();
    await unclear.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${PICTURES}/settings-adopt-light-wide.png` });
    await unclear.getByRole("button", { name: /Leave alone/ }).first().click();
    await page.getByRole("option").nth(1).click();
    await unclear.getByRole("button", { name: /Take over the 1/ }).click();
    await adopt.getByText(/1 file taken over/).waitFor();

    await adopt.getByLabel("Folder").fill(root);
    await adopt.getByRole("button", { name: "Take over", exact: true }).click();
    await adopt.getByText(/by their description/).waitFor({ timeout: 30_000 });
    expect(modelFiles(elsewhere)).toHaveLength(files.length);
    expect(modelFiles(root)).toHaveLength(files.length);
  },
  90_000,
);

test("the library is exported and read back", async () => {
  await openSettings("Library");
  for (const format of ["JSON", "CSV"]) {
    await setting("Export the library").getByRole("button", { name: `As ${format}` }).click();
    const told = setting("Export the library").getByText(new RegExp(`${format}$`, "i"))
      .filter({ hasText: "Written to" });
    await told.waitFor();
    const path = (await told.innerText()).replace("Written to ", "");
    expect(statSync(path).size).toBeGreaterThan(1000);
  }
  await openSettings("Diagnostics");
  const rebuild = setting("Read the library from its folders");
  await rebuild.getByRole("button", { name: "Read it" }).click();
  await rebuild.getByText("0 models and 0 files that the database did not have").waitFor();
  expect(demo.faults).toEqual([]);
}, 60_000);
