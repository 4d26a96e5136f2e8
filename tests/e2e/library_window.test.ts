import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeDesktop } from "../../tools/build/make_desktop.ts";
import type { HostProcess } from "../neutralino-host/host_process.ts";
import { startStandIn } from "../neutralino-host/stand_in_process.ts";
import { projectPath } from "../support/profile.ts";
import { launchBrowser } from "./support/browser.ts";
import { serve } from "./support/served.ts";
import { openPage, SIZES } from "./support/page.ts";

/** Where the pictures go. */
const PICTURES = "dist/screenshots";

let home = "";
let host: HostProcess;
let browser: Browser;
let page: Page;
let faults: string[];
beforeAll(async () => {
  home = Deno.makeTempDirSync({ prefix: "mmfsync-window-" });
  const app = join(home, "app");
  await makeDesktop(projectPath("."), "0.0.0", app);
  // A window that is there and shows nothing: who looks at it is no part of this.
  const program = join(home, "host");
  Deno.writeTextFileSync(program, `#!/bin/sh\necho $$ >> '${home}/pids'\nexec sleep 600\n`, {
    mode: 0o755,
  });
  host = await startStandIn(app, {
    MMFSYNC_HOME: join(home, "profile"),
    MMFSYNC_KEY: "only for tests",
    HOME: home,
    NEUTRALINO_BIN: program,
    DISPLAY: ":0",
  });
  browser = await launchBrowser();
  ({ page, faults } = await openPage(browser));
  await page.goto(host.url);
  await Deno.mkdir(PICTURES, { recursive: true });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await host[Symbol.asyncDispose]();
  Deno.removeSync(home, { recursive: true });
});

const windowPids = () => Deno.readTextFileSync(join(home, "pids")).trim().split("\n").map(Number);

function isRunning(pid: number): boolean {
  try {
    // Signal 0 only looks; Deno knows SIGCONT, which wakes what sleeps anyway.
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}

async function picture(name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${PICTURES}/${name}-${size}-${colorScheme}.png` });
    }
  }
  await page.setViewportSize(SIZES.wide);
}

const UNIX = Deno.build.os !== "windows";

test.runIf(UNIX)("the app says what the window does, opens it, and closes it again", async () => {
  await page.getByRole("button", { name: "Get my library" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Get my library" });
  await dialog.getByText("The app sees no password and no cookie").waitFor();
  await picture("library-window-offer");
  await dialog.getByRole("button", { name: "Get my library in a window" }).click();
  await dialog.getByText("The window is open. Sign in to MyMiniFactory there").waitFor();
  await expect.poll(() => windowPids().filter(isRunning)).toHaveLength(1);
  await picture("library-window-open");
  await dialog.getByRole("button", { name: "Close the window" }).click();
  await dialog.getByText("closed before anything was handed over").waitFor();
  await expect.poll(() => windowPids().filter(isRunning)).toEqual([]);
  await picture("library-window-closed");
  expect(faults).toEqual([]);
}, 60_000);

test.runIf(UNIX)("the app's end is the end of the window", async () => {
  const dialog = page.getByRole("alertdialog", { name: "Get my library" });
  await dialog.getByRole("button", { name: "Get my library in a window" }).click();
  await expect.poll(() => windowPids().filter(isRunning)).toHaveLength(1);
  await host.closeWindow();
  await expect.poll(() => windowPids().filter(isRunning), { timeout: 15_000 }).toEqual([]);
}, 60_000);

test("a browser on a server is offered no window", async () => {
  await using served = await serve({
    args: [],
    env: { DISPLAY: ":0", NEUTRALINO_BIN: "/bin/true" },
  });
  const { page: other } = await openPage(browser);
  await other.goto(served.link);
  await other.getByRole("button", { name: "Import a saved list" }).click();
  const dialog = other.getByRole("alertdialog", { name: "Import a saved list" });
  await dialog.getByText("Drop the saved file here").waitFor();
  expect(await dialog.getByRole("button", { name: /window/i }).count()).toBe(0);
}, 60_000);
