import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { type Site, startSite } from "./support/site.ts";

const WWW = "https://www.myminifactory.com";

let site: Site;
let app: DemoApp;
let home: string;

beforeAll(async () => {
  home = await Deno.makeTempDir({ prefix: "mmfsync-e2e-" });
  site = await startSite(["--objects=10", "--no-oddities", "--images=0"]);
  const env = { MMFSYNC_CONNECT_TO: JSON.stringify(site.connectTo) };
  await signIn(env);
  await site.tell({ fault: { on: "www", path: "/download/", mode: "challenge" } });
  app = await openDemo({ args: [], home, env });
  const { page } = app;
  await page.getByRole("button", { name: "Sync now" }).first().click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Downloads/ })
    .click();
  await page.getByText(/wants to see a person/).first().waitFor();
  await page.getByText("In my browser", { exact: true }).click();
}, 60_000);
afterAll(async () => {
  await app.close();
  await site.close();
  await Deno.remove(home, { recursive: true });
});

/** With the site's session, as it is piped in. */
async function signIn(env: Readonly<Record<string, string>>): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "extensions/sync-engine/cli/main.ts", "login", "mmf"],
    env: {
      HOME: home,
      XDG_DATA_HOME: join(home, "data"),
      MMFSYNC_HOME: join(home, "profile"),
      MMFSYNC_KEY: "a passphrase for tests",
      ...env,
    },
    stdin: "piped",
    stdout: "null",
  }).spawn();
  const secret = child.stdin.getWriter();
  await secret.write(new TextEncoder().encode(site.session));
  await secret.close();
  expect((await child.status).code).toBe(0);
}

/** What the user's browser gets at an address. */
async function getInBrowser(address: string): Promise<Uint8Array> {
  const onLoopback = (url: URL) => `${site.connectTo[url.origin]}${url.pathname}${url.search}`;
  const { headers } = await fetch(onLoopback(new URL(address)), {
    headers: { cookie: site.session },
    redirect: "manual",
  });
  const answer = await fetch(onLoopback(new URL(headers.get("location") ?? "")));
  return new Uint8Array(await answer.arrayBuffer());
}

const lines = () => app.page.locator(".history-line.handover-line");

test("a check for robots is told as such after the page was loaded anew", async () => {
  const { page } = app;
  await page.reload();
  for (const place of [".downloads-limit", ".sync-card-state"]) {
    await page.locator(place).getByText(/wants to see a person; next try at/).waitFor();
  }
  await page.getByText("In my browser", { exact: true }).click();
});

test("what a site keeps from the app opens in the user's browser, a click each", async () => {
  const { page } = app;
  await lines().first().waitFor();
  const opened = page.context().waitForEvent("page");
  await page.context().route(`${WWW}/**`, (route) => route.fulfill({ body: "A page" }));
  await lines().first().getByRole("button", { name: "Get in my browser" }).click();
  const browser = await opened;
  await browser.waitForURL(`${WWW}/download/**`);
  await browser.close();
});

test("what the browser saves is filed from the watched folder, and what is left stays listed", async () => {
  const { page } = app;
  await site.tell({ clearFaults: true });
  const downloads = join(home, "Downloads");
  await Deno.mkdir(downloads);
  const name = await lines().first().locator(".job-name").innerText();
  const opened = page.context().waitForEvent("page");
  await lines().first().getByRole("button", { name: "Get in my browser" }).click();
  const browser = await opened;
  await browser.waitForURL(`${WWW}/download/**`);
  await Deno.writeFile(join(downloads, name), await getInBrowser(browser.url()));
  await browser.close();
  expect(await page.locator(".watch-folder input").inputValue()).toBe(downloads);
  await page.getByRole("button", { name: "Watch this folder" }).click();
  await page.getByText(`Watching ${downloads}`).waitFor();
  await page.getByText("History", { exact: true }).click();
  await page.locator(".history-line").filter({ hasText: name }).filter({ hasText: "Succeeded" })
    .first().waitFor();
  await page.getByText("In my browser", { exact: true }).click();
  await lines().first().waitFor();
});

test("nothing else went wrong on the page meanwhile", () => {
  expect(app.faults).toEqual([]);
});
