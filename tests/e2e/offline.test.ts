import { afterAll, beforeAll, expect, test } from "vitest";
import { mmfsync } from "../cli/mmfsync.ts";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { type Site, startSite } from "./support/site.ts";

let site: Site;
let app: DemoApp;
let home: string;

beforeAll(async () => {
  site = await startSite(["--objects=200", "--file-size=200000", "--bytes-per-second=400000"]);
  home = await Deno.makeTempDir({ prefix: "mmfsync-e2e-" });
  const env = {
    HOME: home,
    MMFSYNC_HOME: `${home}/profile`,
    MMFSYNC_KEY: "a passphrase for tests",
    MMFSYNC_CONNECT_TO: JSON.stringify(site.connectTo),
  };
  const login = await mmfsync(["login", "mmf"], { env, input: site.session });
  expect(login.code, login.stderr).toBe(0);
  app = await openDemo({ args: [], env, home });
}, 60_000);
afterAll(async () => {
  await app.close();
  await Deno.remove(home, { recursive: true });
});

const banner = () => app.page.locator(".downloads-offline");

test(
  "downloads say so when nobody can be reached any more, and look again at a click",
  async () => {
    const { page } = app;
    await page.locator(".sync-card").getByRole("button", { name: "Sync now" }).click();
    await page.getByRole("link", { name: "Downloads" }).click();
    await page.locator(".job-name").first().waitFor({ timeout: 60_000 });
    await site.close();
    await banner().getByText("No connection.").waitFor({ timeout: 60_000 });
    await banner().getByText(/Next look in \d+ seconds|Looking/).waitFor();
    const look = banner().getByRole("button", { name: "Look now" });
    await expect.poll(() => look.isEnabled(), { timeout: 15_000 }).toBe(true);
    await look.click();
    await expect.poll(() => look.isEnabled(), { timeout: 15_000 }).toBe(true);
  },
  120_000,
);

test("nothing else went wrong on the page meanwhile", () => {
  expect(app.faults).toEqual([]);
});
