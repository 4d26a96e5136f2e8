import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";
import { SIZES } from "./support/page.ts";

/** Where the pictures go. */
const PICTURES = "dist/screenshots";

let demo: DemoApp;
let page: Page;

beforeAll(async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  demo = await openDemo();
  const library = new LibraryPage(demo.page);
  await library.open();
  for (let row = 0; row < 6; row++) await library.tick(row).check();
  await demo.page.getByRole("button", { name: /^Download 6 models/ }).click();
  await library.summary.filter({ hasNotText: "wanted not here" }).waitFor();
  for (let row = 6; row < 9; row++) await library.tick(row).check();
  await demo.page.getByRole("button", { name: /^Download 3 models/ }).waitFor();
  // A page without the messages that this left.
  page = demo.page;
  await page.reload();
}, 60_000);
afterAll(() => demo.close());

const view = (name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
const section = async (name: string) => {
  await view("Settings");
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 2 }).waitFor();
};
const segment = async (name: string) => {
  const button = page.getByRole("button", { name, exact: true });
  await button.click();
  await button.and(page.locator("[aria-pressed=true]")).waitFor();
};

/** What is looked at, and the way there. */
const VIEWS: Readonly<Record<string, () => Promise<void>>> = {
  async library() {
    await new LibraryPage(page).open();
    await page.locator(".asset-row img[data-shown]").nth(5).waitFor();
  },
  async releases() {
    await page.getByRole("button", { name: "Release: All releases" }).click();
    await page.getByRole("option").nth(3).waitFor();
  },
  async gallery() {
    await page.keyboard.press("Escape");
    await segment("Gallery");
    await page.locator(".asset-card img[data-shown]").nth(5).waitFor();
    await page.getByRole("grid").focus();
  },
  async explorer() {
    await segment("Table");
    await new LibraryPage(page).grid.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".tree-line.is-selected").waitFor();
    await page.getByText(/[\d.,]+ × [\d.,]+ × [\d.,]+ mm/).first().waitFor();
  },
  async creator() {
    await page.locator(".tree-line.is-creator").first().click();
    await page.getByRole("button", { name: "Want all" }).waitFor();
  },
  async history() {
    await view("Downloads");
    await segment("History");
    await page.locator(".history-line").nth(3).waitFor();
  },
  async settings() {
    await section("Library");
    await page.getByRole("button", { name: "Change…" }).click();
    await page.getByLabel("New folder").fill(`${demo.served.home}/elsewhere`);
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText("The folder will be made.").waitFor();
  },
  async limits() {
    await section("Downloads");
    await page.getByText("Limited", { exact: true }).click();
    await page.getByRole("spinbutton").first().fill("40");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Add a time" }).click();
    await page.getByLabel("From").waitFor();
  },
  async plugins() {
    await section("Plugins");
    await page.getByText("Comes with the app").waitFor();
  },
  async diagnostics() {
    await section("Diagnostics");
    await page.getByRole("button", { name: "Run the check-up" }).click();
    await page.locator(".findings li").first().waitFor();
  },
  async accounts() {
    await view("Accounts");
    await page.getByRole("button", { name: "Sign out" }).waitFor();
  },
  async import() {
    await page.getByRole("button", { name: "Import a saved list" }).click();
    await page.getByText("Drop the saved file here").waitFor();
  },
  async sign_in() {
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Sign in again" }).click();
    await page.getByText("It can", { exact: true }).waitFor();
  },
  async question() {
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("alertdialog").waitFor();
  },
  async queue() {
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
    await section("Downloads");
    await page.getByRole("button", { name: "Remove this time" }).click();
    await page.getByText("No times yet.").waitFor();
    await new LibraryPage(page).open();
    await page.getByRole("button", { name: /^Download 3 models/ }).click();
    await view("Downloads");
    await segment("Queue");
    await page.getByRole("progressbar", { name: /^Progress of/ }).first().waitFor();
  },
};

for (const [name, go] of Object.entries(VIEWS)) {
  test(`without a serious barrier, in light and dark, wide and small: ${name}`, async () => {
    await page.setViewportSize(SIZES.wide);
    await go();
    const barriers: string[] = [];
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await painted();
        await page.screenshot({ path: `${PICTURES}/${name}-${colorScheme}-${size}.png` });
        // Each theme and each size once: what axe looks at differs by the one or by the other.
        if ((colorScheme === "light") !== (size === "small")) continue;
        barriers.push(...(await barriersOf()).map((text) => `${colorScheme}, ${size}: ${text}`));
      }
    }
    expect(barriers).toEqual([]);
  });
}

test("nothing went wrong on the page meanwhile", () => {
  expect(demo.faults).toEqual([]);
});

/** Waits until the page shows what it was told. */
function painted(): Promise<void> {
  // As text: what runs in the page is not known to Deno's types.
  return page.evaluate(`(async () => {
    for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
    // Those that were started anew meanwhile are not the ones that were waited for.
    const changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(changes.map(({ finished }) => finished.catch(() => {})));
  })()`);
}

/** What axe finds that keeps people out, and what does not fit into the window. */
async function barriersOf(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  const overflow = await page.locator("main").evaluate((main) =>
    main.scrollWidth - main.clientWidth
  );
  return overflow > 0 ? [...found, `${overflow} pixels too wide`] : found;
}
