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
  const slider = demo.page.getByRole("slider", { name: "Downloads at once" });
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

test("a full disk is told by the system while nobody looks, once the browser allows it", async () => {
  const { page } = demo;
  // What the page asks the browser for; no system is there to show it.
  await page.addInitScript(`
    globalThis.told = [];
    globalThis.looked = true;
    document.hasFocus = () => globalThis.looked;
    class Told extends EventTarget {
      static permission = "default";
      static async requestPermission() { return Told.permission = "granted"; }
      constructor(title, { body }) { super(); globalThis.told.push([title, body]); }
    }
    globalThis.Notification = Told;
  `);
  let tell = (_reason: string) => {};
  await page.routeWebSocket(/\/socket$/, (socket) => {
    socket.connectToServer();
    tell = (reason) => {
      const data = { until: Date.now() + 60_000, reason, hint: "" };
      socket.send(JSON.stringify({ event: "waiting", data }));
    };
  });
  const told = () => page.evaluate("globalThis.told");
  await page.reload();
  await section("Appearance");
  const toggle = page.getByRole("switch", { name: "Notifications" });
  expect(await toggle.isChecked()).toBe(false);
  await page.evaluate("globalThis.looked = false");
  tell("diskFull");

  await page.locator(".setting", { hasText: "Notifications" }).locator(".switch").click();
  await expect.poll(() => toggle.isChecked()).toBe(true);
  expect(await told()).toEqual([]);
  await page.screenshot({ path: "dist/screenshots/settings-notifications.png" });
  tell("throttled");
  tell("diskFull");
  await expect.poll(told).toEqual([["The disk is full", "Make room; it goes on by itself then."]]);
  await page.evaluate("globalThis.looked = true");
  tell("diskFull");
  await section("Downloads");
  expect(await told()).toHaveLength(1);
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
