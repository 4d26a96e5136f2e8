import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";

let demo: DemoApp;

beforeAll(async () => {
  demo = await openDemo();
  const library = new LibraryPage(demo.page);
  await library.open();
  for (const row of [0, 1, 2, 3]) await library.tick(row).check();
  await demo.page.getByRole("button", { name: /^Download 4 models/ }).click();
  await library.summary.filter({ hasNotText: "wanted not here" }).waitFor();
  await library.grid.focus();
  await demo.page.keyboard.press("Home");
  // The first model is all archives.
  await demo.page.keyboard.press("ArrowDown");
  await demo.page.keyboard.press("Enter");
}, 60_000);
afterAll(() => demo.close());

const file = (pattern: RegExp) => demo.page.locator(".file-list li").filter({ hasText: pattern });

/** Fetches the one model of the demo that has a guide, and shows the guide. */
async function openGuide(): Promise<void> {
  const library = new LibraryPage(demo.page);
  await library.open();
  await library.search("Twisted Colonnade");
  await expect.poll(() => library.rows.count()).toBe(1);
  await library.tick(0).check();
  await demo.page.getByRole("button", { name: "Download 1 model" }).click();
  await library.rows.first().filter({ hasText: "Here" }).waitFor();
  await library.grid.focus();
  await demo.page.keyboard.press("Home");
  await demo.page.keyboard.press("Enter");
  await file(/\.pdf/).getByRole("button").first().click();
}

function guideOnDisk(): string {
  const root = join(demo.served.home, "profile", "demo", "library");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  return join(root, names.find((name) => name.endsWith(".pdf")) ?? "");
}

test("a model's files and pictures are shown", async () => {
  await demo.page.getByRole("heading", { name: "Files" }).waitFor();
  expect(await demo.page.locator(".file-list li").count()).toBeGreaterThan(0);
  await file(/\.(png|jpe?g)/).first().getByRole("button").first().click();
  await demo.page.locator(".preview-image").waitFor();
});

test("a model file is shown in 3-D with its dimensions", async () => {
  await file(/\.(stl|obj|3mf)/i).first().getByRole("button").first().click();
  await demo.page.locator(".preview canvas").waitFor();
  await demo.page.getByText(/[\d.,]+ × [\d.,]+ × [\d.,]+ mm/).first().waitFor();
  await demo.page.getByRole("button", { name: "Wireframe" }).click();
  await demo.page.getByRole("button", { name: "Show the whole model" }).click();
});

test("the tree is used by keyboard alone", async () => {
  const tree = demo.page.getByRole("tree");
  await tree.focus();
  await demo.page.keyboard.press("Home");
  const first = demo.page.locator("#tree-0");
  expect(await first.getAttribute("aria-expanded")).toBe("true");
  await demo.page.keyboard.press("ArrowLeft");
  await expect.poll(() => first.getAttribute("aria-expanded")).toBe("false");
  await demo.page.keyboard.press("ArrowRight");
  await expect.poll(() => demo.page.locator(".tree-line.is-creator").count()).toBeGreaterThan(0);
});

test("verifying says that all is well", async () => {
  const library = new LibraryPage(demo.page);
  await library.open();
  await library.grid.focus();
  await demo.page.keyboard.press("Home");
  await demo.page.keyboard.press("Enter");
  await demo.page.getByRole("button", { name: "Verify" }).click();
  await demo.page.getByText(/Verified: \d+ fine, 0 not/).waitFor();
});

test("deleting asks first, deletes, and can be taken back", async () => {
  await demo.page.getByRole("button", { name: "Delete files…" }).first().click();
  const dialog = demo.page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => dialog.count()).toBe(0);
  expect(await file(/Deleted by you/).count()).toBe(0);
  await demo.page.getByRole("button", { name: "Delete files…" }).first().click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await file(/Deleted by you/).first().waitFor();
  const removed = await file(/Deleted by you/).count();
  await file(/Deleted by you/).first().getByRole("button", { name: /^More actions/ }).click();
  await demo.page.getByRole("menuitem", { name: "Bring back" }).click();
  await expect.poll(() => file(/Deleted by you/).count(), { timeout: 20_000 }).toBe(removed - 1);
});

test("a guide in PDF is read page by page, whole or as wide as the pane", async () => {
  await openGuide();
  const page = demo.page.getByRole("document", { name: /Assembly Guide\.pdf/ });
  await demo.page.getByText("Page 1 of 3").waitFor();
  await page.getByText("Assembly guide").waitFor({ state: "attached" });
  expect(await demo.page.getByRole("button", { name: "Previous page" }).isDisabled()).toBe(true);
  const whole = await page.locator("canvas").boundingBox();
  await demo.page.screenshot({ path: "dist/screenshots/explorer-pdf.png" });

  await demo.page.getByRole("button", { name: "Next page" }).click();
  await page.getByText("Before you print").waitFor({ state: "attached" });
  await demo.page.getByRole("button", { name: "Fit to the width" }).click();
  await expect.poll(async () => (await page.locator("canvas").boundingBox())?.width ?? 0)
    .toBeGreaterThan((whole?.width ?? 0) * 1.5);
  expect(await page.evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
  await demo.page.screenshot({ path: "dist/screenshots/explorer-pdf-wide.png" });
});

test("a damaged PDF is told to be one", async () => {
  await Deno.writeTextFile(guideOnDisk(), "no pages here");
  await file(/\.(png|jpe?g)/).first().getByRole("button").first().click();
  await file(/\.pdf/).getByRole("button").first().click();
  await demo.page.getByText("This file is damaged or not what its name says").waitFor();
});

test("nothing went wrong on the page meanwhile", () => {
  expect(demo.faults).toEqual([]);
});
