import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";

let demo: DemoApp;
let library: LibraryPage;

beforeAll(async () => {
  demo = await openDemo();
  library = new LibraryPage(demo.page);
}, 60_000);
afterAll(() => demo.close());
beforeEach(async () => {
  await library.open();
});

test("the demo's library is there to be ticked, and nothing of it is wanted yet", async () => {
  await expect.poll(() => library.summary.innerText()).toMatch(/\d+ models/);
  expect(await library.tick(0).isChecked()).toBe(false);
  expect(await library.rows.count()).toBeGreaterThan(8);
});

test("typing finds, and clearing shows everything again", async () => {
  const [, , first = ""] = await library.titles();
  const all = await library.summary.innerText();
  await library.search(first);
  await expect.poll(() => library.summary.innerText()).not.toBe(all);
  expect((await library.titles()).every((title) => title.includes(first.split(" ")[0] ?? ""))).toBe(
    true,
  );
  await library.search("no model is called like this");
  await demo.page.getByText("No model matches").waitFor();
  await demo.page.getByRole("button", { name: "Clear all filters" }).first().click();
  await expect.poll(() => library.summary.innerText()).toBe(all);
});

test("what has no files, or is listed but not there, is a filter with its number", async () => {
  const { page } = demo;
  const status = page.getByRole("search").getByRole("button", { name: "Status" });
  await status.click();
  await page.getByRole("option", { name: "Listed, but not there (0)" }).waitFor();
  await page.getByRole("option", { name: "Without files (0)" }).click();
  await page.getByText("No model matches").waitFor();
  await page.getByRole("button", { name: "Clear all filters" }).first().click();
  await expect.poll(() => library.rows.count()).toBeGreaterThan(8);
});

test("a column's header sorts, and sorts the other way round", async () => {
  const header = demo.page.getByRole("columnheader", { name: "Title" });
  const ascending = await library.titles();
  await header.getByRole("button").click();
  await expect.poll(() => header.getAttribute("aria-sort")).toBe("descending");
  await expect.poll(() => library.titles().then(([first]) => first)).not.toBe(ascending[0]);
  await header.getByRole("button").click();
  await expect.poll(() => library.titles()).toEqual(ascending);
});

test("ticking a model wants it, and undo takes that back", async () => {
  const tick = library.tick(1);
  await tick.check();
  await demo.page.getByText("1 model is wanted now").waitFor();
  await expect.poll(() => library.summary.innerText()).toContain("wanted not here");
  await demo.page.getByRole("button", { name: "Undo" }).last().click();
  await expect.poll(() => tick.isChecked()).toBe(false);
});

test("the grid is used by keyboard alone", async () => {
  const { page } = demo;
  await library.grid.focus();
  await page.keyboard.press("Home");
  for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowDown");
  const active = await library.grid.getAttribute("aria-activedescendant");
  const row = page.locator(`#${active}`);
  expect(await row.getAttribute("aria-rowindex")).toBe("5");
  await page.keyboard.press("Space");
  await expect.poll(() => row.getByRole("checkbox").isChecked()).toBe(true);
  await page.keyboard.press("Space");
  await expect.poll(() => row.getByRole("checkbox").isChecked()).toBe(false);
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("Control+a");
  await page.getByRole("toolbar").getByRole("button", { name: "Want", exact: true }).waitFor();
  expect(await library.grid.locator("[aria-selected=false]").count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("End");
  await expect.poll(async () => {
    const id = await library.grid.getAttribute("aria-activedescendant");
    return await page.locator(`#${id}`).getAttribute("aria-rowindex");
  }).toBe(await library.grid.getAttribute("aria-rowcount"));
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("tree").waitFor();
});

test("the gallery shows the same models as cards, with the tick on the card", async () => {
  const { page } = demo;
  const titles = await library.titles();
  await page.getByRole("radio", { name: "Gallery" }).or(
    page.getByRole("button", { name: "Gallery" }),
  ).first().click();
  const cards = page.locator(".asset-card");
  await cards.first().waitFor();
  expect(await cards.first().locator(".asset-title").innerText()).toBe(titles[0]);
  // Not every model has a picture.
  await expect.poll(() => cards.locator("img[data-shown]").count()).toBeGreaterThan(0);
  await cards.first().getByRole("checkbox").check();
  await page.getByText("1 model is wanted now").last().waitFor();
  await cards.first().getByRole("checkbox").uncheck();
  await page.getByRole("radio", { name: "Table" }).or(page.getByRole("button", { name: "Table" }))
    .first().click();
  await library.rows.first().waitFor();
});

test("columns come and go", async () => {
  const { page } = demo;
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Files" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Files" }).waitFor();
});

test("what is ticked and downloaded arrives and is shown as here", async () => {
  const { page } = demo;
  for (const row of [0, 1]) await library.tick(row).check();
  await page.getByRole("button", { name: /^Download 2 models/ }).click();
  await expect.poll(() => library.rows.first().innerText(), { timeout: 20_000 }).toContain("Here");
  await expect.poll(() => page.locator(".sync-card").innerText(), { timeout: 20_000 }).toMatch(
    /Up to date/,
  );
});

test("nothing went wrong on the page meanwhile", () => {
  expect(demo.faults).toEqual([]);
});
