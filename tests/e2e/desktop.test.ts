import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { lockHolder } from "../../extensions/sync-engine/store/lock.ts";
import { makeDesktop } from "../../tools/build/make_desktop.ts";
import type { HostProcess } from "../neutralino-host/host_process.ts";
import { BROWSABLE, type Kind } from "../neutralino-host/hosts.ts";
import { projectPath } from "../support/profile.ts";
import { launchBrowser } from "./support/browser.ts";
import { LibraryPage } from "./support/library_page.ts";
import { openPage } from "./support/page.ts";

let home = "";
let app = "";
let browser: Browser;
beforeAll(async () => {
  home = Deno.makeTempDirSync({ prefix: "mmfsync-desktop-" });
  app = join(home, "app");
  await makeDesktop(projectPath("."), "0.0.0", app);
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  Deno.removeSync(home, { recursive: true });
});

interface Window extends AsyncDisposable {
  readonly host: HostProcess;
  readonly page: Page;
  readonly library: LibraryPage;
  readonly faults: string[];
  enginePid(): number;
}

/** The built front end with the host's own library, as the window shows it. */
async function openWindow(
  kind: Kind<HostProcess>,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Window> {
  const profile = Deno.makeTempDirSync({ dir: home });
  const host = await kind.start(app, {
    MMFSYNC_HOME: profile,
    MMFSYNC_KEY: "only for tests",
    MMFSYNC_DEMO: "1",
    HOME: home,
  });
  const { page, faults } = await openPage(browser);
  await prepare(page);
  await page.goto(host.url);
  const library = new LibraryPage(page);
  await page.getByText("Demo: a made-up library.").waitFor();
  await library.open();
  return {
    host,
    page,
    library,
    faults,
    enginePid: () => lockHolder(join(profile, "window"), { clock: systemClock })?.pid ?? 0,
    async [Symbol.asyncDispose]() {
      await page.close();
      await host[Symbol.asyncDispose]();
    },
  };
}

const UNIX = Deno.build.os !== "windows";

describe.runIf(UNIX).each(BROWSABLE)("the desktop window of $name", (kind) => {
  test("shows the library with its pictures, by the engine's own socket", async () => {
    await using shown = await openWindow(kind);
    // A picture that could not be read is taken away again.
    await shown.library.rows.locator("img[data-shown]").first().waitFor({ state: "attached" });
    expect(shown.faults).toEqual([]);
  });

  test("goes on by itself when the engine was killed", async () => {
    await using shown = await openWindow(kind);
    const before = shown.enginePid();
    Deno.kill(before, "SIGKILL");
    await expect.poll(shown.enginePid, { timeout: 5_000 }).not.toBe(before);
    await shown.library.search("dragon");
    await expect.poll(() => shown.library.summary.innerText(), { timeout: 10_000 })
      .not.toContain("220 models");
  });

  test("works by the host's bus where the socket cannot be reached", async () => {
    await using shown = await openWindow(
      kind,
      (page) => page.routeWebSocket(/\/socket$/, (socket) => void socket.close()),
    );
    await shown.library.search("dragon");
    await expect.poll(() => shown.library.rows.count()).toBeLessThan(10);
  });

  test("says what to do with a saved list where the engine cannot be reached for files", async () => {
    await using shown = await openWindow(kind, async (page) => {
      await page.routeWebSocket(/\/socket$/, (socket) => void socket.close());
      await page.route(/\/import\//, (route) => route.abort());
    });
    const { page } = shown;
    await page.getByRole("link", { name: "Accounts" }).click();
    await page.getByRole("button", { name: /^(Get my library|Import a saved list)$/ }).click();
    await page.locator("input[type=file]").setInputFiles({
      name: "objectPreviews.json",
      mimeType: "application/json",
      buffer: Buffer.from("[]"),
    });
    await page.getByRole("alert").filter({ hasText: "run the command mmfsync import" }).waitFor();
  });

  test("ends when it is closed", async () => {
    await using shown = await openWindow(kind);
    await shown.host.closeWindow();
    expect((await shown.host.exited).code).toBe(0);
  });
});
