import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";
import { LibraryPage } from "./support/library_page.ts";
import { openPage, SIZES } from "./support/page.ts";
import { serve, type Served } from "./support/served.ts";

/** Where the pictures go. */
const PICTURES = "dist/screenshots";

let served: Served;
let browser: Browser;

beforeAll(async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  served = await serve();
  browser = await launchBrowser();
  const { page } = await openPage(browser);
  await page.goto(served.link);
  const library = new LibraryPage(page);
  await library.open();
  for (let row = 0; row < 6; row++) await library.tick(row).check();
  await page.getByRole("button", { name: /^Download 6 models/ }).click();
  await expect.poll(() => library.summary.innerText(), { timeout: 40_000 }).not.toContain(
    "wanted not here",
  );
  for (let row = 6; row < 9; row++) await library.tick(row).check();
  await page.context().close();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await served[Symbol.asyncDispose]();
});

const nav = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();

/** What is looked at, and the way there. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  library: (page) => new LibraryPage(page).open(),
  gallery: async (page) => {
    await new LibraryPage(page).open();
    await page.getByRole("radio", { name: "Gallery" }).or(
      page.getByRole("button", { name: "Gallery" }),
    ).first().click();
    await page.locator(".asset-card img[data-shown]").first().waitFor();
  },
  downloads: async (page) => {
    await nav(page, "Downloads");
    await page.getByText("History", { exact: true }).click();
    await page.locator(".history-line").first().waitFor();
  },
  queue: async (page) => {
    await nav(page, "Downloads");
    await page.getByText("Queue", { exact: true }).click();
    await page.getByRole("heading", { name: "Downloads" }).waitFor();
  },
  explorer: async (page) => {
    const library = new LibraryPage(page);
    await library.open();
    await page.getByRole("radio", { name: "Table" }).or(page.getByRole("button", { name: "Table" }))
      .first().click();
    await library.grid.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await page.locator(".preview canvas, .preview img").first().waitFor();
    await page.waitForTimeout(500);
  },
  settings: async (page) => {
    await nav(page, "Settings");
    await page.getByRole("heading", { name: "Library folder" }).waitFor();
  },
  plugins: async (page) => {
    await nav(page, "Settings");
    await page.getByRole("link", { name: "Plugins" }).click();
    await page.getByText("Comes with the app").waitFor();
  },
  accounts: async (page) => {
    await nav(page, "Accounts");
    await page.getByRole("button", { name: "Sign out" }).waitFor();
  },
};

for (const theme of ["light", "dark"] as const) {
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    test(`every view is without a serious barrier: ${theme}, ${size}`, async () => {
      const { page, faults } = await openPage(browser, { theme, size });
      await page.goto(await served.nextLink());
      await new LibraryPage(page).open();
      const barriers: string[] = [];
      for (const [view, go] of Object.entries(VIEWS)) {
        await go(page);
        await page.screenshot({ path: `${PICTURES}/${view}-${theme}-${size}.png` });
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { impact, id, nodes } of violations) {
          if (impact !== "serious" && impact !== "critical") continue;
          barriers.push(
            `${view}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
          );
        }
      }
      expect(barriers).toEqual([]);
      expect(faults).toEqual([]);
      await page.context().close();
    }, 90_000);
  }
}
