import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";
import { type DemoApp, openDemo } from "./support/demo.ts";

let app: DemoApp;
let profile: TestProfile;

beforeAll(async () => {
  const site = await startSimulator({ objects: 60, filesPerObject: 1, images: 0 });
  profile = await openTestProfile(site);
  const { engine, root, appData } = profile;
  engine.changeSettings({ root });
  await engine.sync();
  await engine.close();
  await site.close();
  for await (const { name } of Deno.readDir(root)) {
    if (!name.startsWith(".")) await Deno.remove(join(root, name), { recursive: true });
  }
  app = await openDemo({ args: [], env: { MMFSYNC_HOME: appData } });
}, 60_000);
afterAll(async () => {
  await app.close();
  await profile[Symbol.asyncDispose]();
});

test("a repair of all that there is asks first, and does nothing after a no", async () => {
  const { page } = app;
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("region", { name: "Verify", exact: true })
    .getByRole("button", { name: "Open" }).click();
  const view = page.getByRole("region", { name: "Verify" });
  await view.getByRole("button", { name: "Verify", exact: true }).click();
  await view.getByRole("button", { name: "Repair" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Repair that much?" });
  await dialog.getByText(/^\d+ of \d+ files are missing or damaged in .*library\. Is the right/)
    .waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Downloads" }).click();
  await page.getByText("Nothing to download").waitFor();
  expect(app.faults).toEqual([]);
});
