import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";

let demo: DemoApp;

beforeAll(async () => {
  demo = await openDemo();
  const library = new LibraryPage(demo.page);
  await library.open();
  // Slow enough to be looked at.
  await openLimits();
  await demo.page.getByText("Limited", { exact: true }).click();
  await demo.page.getByRole("spinbutton").first().fill("200");
  await demo.page.keyboard.press("Enter");
  await library.open();
  await library.grid.focus();
  await demo.page.keyboard.press("Control+a");
  await demo.page.getByRole("toolbar").getByRole("button", { name: "Want", exact: true }).click();
  await demo.page.getByRole("button", { name: /^Download \d+ models/ }).click();
  await demo.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Downloads/ })
    .click();
}, 60_000);
afterAll(() => demo.close());

async function openLimits(): Promise<void> {
  await demo.page.getByRole("link", { name: "Settings" }).click();
  await demo.page.getByRole("navigation", { name: "Sections" })
    .getByRole("link", { name: "Downloads" }).click();
}

const line = (n: number) => demo.page.locator(".job-line").nth(n);

test("running downloads show their progress and speed", async () => {
  await demo.page.getByRole("progressbar", { name: /^Progress of/ }).first().waitFor();
  await expect.poll(() => demo.page.locator(".job-figures").first().innerText()).toMatch(/kB\/s/);
  await expect.poll(() => demo.page.locator(".downloads-summary").innerText()).toMatch(
    /[1-9]\d* running/,
  );
});

test("one download is paused and resumed", async () => {
  await line(0).getByRole("button", { name: "Pause" }).click();
  await demo.page.locator(".job-line").filter({ hasText: "Paused" }).first().waitFor();
  await demo.page.getByRole("button", { name: "Resume", exact: true }).first().click();
  await expect.poll(() => demo.page.locator(".job-line").filter({ hasText: "Paused" }).count())
    .toBe(0);
});

test("everything is paused, and goes on", async () => {
  await demo.page.getByRole("button", { name: "Pause all" }).click();
  await expect.poll(() => demo.page.locator(".downloads-summary").innerText()).toMatch(
    /\b0 running/,
  );
  await demo.page.getByRole("button", { name: "Resume all" }).click();
  await expect.poll(() => demo.page.locator(".downloads-summary").innerText()).toMatch(
    /[1-9]\d* running/,
  );
});

test("a download is moved to the front", async () => {
  await demo.page.getByRole("button", { name: "Pause all" }).click();
  await expect.poll(() => demo.page.locator(".downloads-summary").innerText()).toMatch(
    /\b0 running/,
  );
  const third = line(2);
  const title = await third.locator(".job-name").getAttribute("title");
  await third.getByRole("button", { name: "More actions" }).click();
  await demo.page.getByRole("menuitem", { name: "Move to the front" }).click();
  await expect.poll(() => line(0).locator(".job-name").getAttribute("title")).toBe(title);
});

test("cancelling asks first", async () => {
  const title = await line(0).locator(".job-name").getAttribute("title");
  await line(0).getByRole("button", { name: "Cancel" }).click();
  const dialog = demo.page.getByRole("alertdialog");
  await dialog.getByText("Cancel 1 download?").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).last().click();
  await expect.poll(() => line(0).locator(".job-name").getAttribute("title")).not.toBe(title);
});

test("the history tells what became of each file", async () => {
  await openLimits();
  await demo.page.getByText("Unlimited", { exact: true }).click();
  await demo.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Downloads/ })
    .click();
  await demo.page.getByRole("button", { name: "Resume all" }).click();
  await demo.page.getByText("History", { exact: true }).click();
  await expect.poll(() => demo.page.locator(".history-line").count(), { timeout: 20_000 })
    .toBeGreaterThan(5);
  expect(await demo.page.locator(".history-line").first().innerText()).toMatch(/Succeeded|Failed/);
  await demo.page.getByText("Removed", { exact: true }).click();
  await demo.page.getByText("No history yet").waitFor();
});

test("nothing went wrong on the page meanwhile", () => {
  expect(demo.faults).toEqual([]);
});
