import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";

let demo: DemoApp;

beforeAll(async () => {
  demo = await openDemo();
  await demo.page.getByRole("link", { name: "Settings" }).click();
}, 60_000);
afterAll(() => demo.close());

const section = (name: string) =>
  demo.page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name }).click();

test("the theme changes at once", async () => {
  await section("Appearance");
  await demo.page.getByText("Dark", { exact: true }).click();
  await expect.poll(() => demo.page.evaluate("document.documentElement.dataset.theme")).toBe(
    "dark",
  );
  await demo.page.getByText("Light", { exact: true }).click();
  await expect.poll(() => demo.page.evaluate("document.documentElement.dataset.theme")).toBe(
    "light",
  );
});

test("the language changes at once, and is remembered", async () => {
  await demo.page.getByRole("button", { name: /Language/ }).click();
  await demo.page.getByRole("option", { name: "Deutsch" }).click();
  await demo.page.getByRole("link", { name: "Bibliothek" }).first().waitFor();
  await demo.page.reload();
  await demo.page.getByRole("link", { name: "Bibliothek" }).first().waitFor();
  await demo.page.getByRole("button", { name: /Sprache/ }).click();
  await demo.page.getByRole("option", { name: "English" }).click();
  await demo.page.getByRole("link", { name: "Library" }).first().waitFor();
});

test("the number of downloads is set by keyboard and is remembered", async () => {
  await section("Downloads");
  const slider = demo.page.getByRole("slider");
  await slider.focus();
  for (let n = 0; n < 2; n++) await demo.page.keyboard.press("ArrowRight");
  await demo.page.getByText("5 downloads").waitFor();
  await demo.page.reload();
  await demo.page.getByText("5 downloads").waitFor();
});

test("a time with a limit of its own is added and taken away", async () => {
  await demo.page.getByRole("button", { name: "Add a time" }).click();
  await demo.page.getByLabel("From").fill("23:30");
  await demo.page.getByLabel("From").blur();
  await demo.page.reload();
  await expect.poll(() => demo.page.getByLabel("From").inputValue()).toBe("23:30");
  await demo.page.getByRole("button", { name: "Remove this time" }).click();
  await demo.page.getByText("No times yet.").waitFor();
});

test("a folder is looked at before it is used, and a bad one is refused in words", async () => {
  await section("Library");
  await demo.page.getByRole("button", { name: "Change…" }).click();
  await demo.page.getByLabel("New folder").fill("not/absolute");
  await demo.page.getByRole("button", { name: "Check" }).click();
  await demo.page.getByRole("alert").waitFor();
  await demo.page.getByLabel("New folder").fill(`${demo.served.home}/elsewhere`);
  await demo.page.getByRole("button", { name: "Check" }).click();
  await demo.page.getByText("The folder will be made.").waitFor();
  await demo.page.getByRole("button", { name: "Move the library there" }).click();
  await demo.page.getByText(/The library is in .*elsewhere now/).waitFor();
});

test("plugins say what they reach and may do", async () => {
  await section("Plugins");
  await demo.page.getByText("www.myminifactory.com").first().waitFor();
  await demo.page.getByText("Comes with the app").waitFor();
});

test("the check-up, the log and the diagnostics file work", async () => {
  await section("Diagnostics");
  await demo.page.getByRole("button", { name: "Run the check-up" }).click();
  await demo.page.getByText(/Everything looks well|needs? you/).waitFor();
  await expect.poll(() => demo.page.locator(".log").innerText()).not.toBe("");
  await demo.page.getByRole("button", { name: "Write the file" }).click();
  const text = await demo.page.getByText(/^Written to/).innerText();
  expect((await Deno.stat(text.replace("Written to ", ""))).size).toBeGreaterThan(200);
});

test("nothing went wrong on the page meanwhile", () => {
  expect(demo.faults).toEqual([]);
});
