import { AxeBuilder } from "@axe-core/playwright";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoApp, openDemo } from "./support/demo.ts";
import { LibraryPage } from "./support/library_page.ts";

const PICTURES = "dist/screenshots";

let demo: DemoApp;
/** Absolute paths of three model files. */
let files: readonly [string, string, string];

beforeAll(async () => {
  await Deno.mkdir(PICTURES, { recursive: true });
  demo = await openDemo();
  const library = new LibraryPage(demo.page);
  await library.open();
  for (let row = 0; row < 6; row++) await library.tick(row).check();
  await demo.page.getByRole("button", { name: /^Download 6 models/ }).click();
  await library.summary.filter({ hasNotText: "wanted not here" }).waitFor();
  const all = filesBelow(join(demo.served.home, "profile/demo/library")).filter((path) =>
    /\/files\/[^/]+$/.test(path)
  ).sort();
  const [first, second, third] = all;
  if (!first || !second || !third) throw new Error("There are too few files");
  files = [first, second, third];
  // A page without the messages that this left.
  await demo.page.reload();
}, 60_000);
afterAll(() => demo.close());

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(join(folder, name)) : [join(folder, name)]
  );
}

/** Changes a byte and leaves the time of the last change as it is, as a disk does that forgets. */
function rot(path: string): void {
  const { mtime } = Deno.statSync(path);
  const bytes = Deno.readFileSync(path);
  Deno.writeFileSync(path, bytes.map((byte, at) => at === 9 ? byte ^ 1 : byte));
  Deno.utimeSync(path, mtime ?? 0, mtime ?? 0);
}

const view = () => demo.page.getByRole("region", { name: "Verify" });
const button = (name: string | RegExp) => demo.page.getByRole("button", { name });
const lines = () => demo.page.locator(".history-line");

/** Pictures in both themes; what keeps people out, and what is too wide. */
async function look(name: string): Promise<string[]> {
  const { page } = demo;
  const barriers: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${PICTURES}/${name}-${colorScheme}-wide.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    barriers.push(
      ...violations.filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) =>
          `${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(" | ")}`
        ),
    );
  }
  const overflow = await page.locator("main").evaluate((main) =>
    main.scrollWidth - main.clientWidth
  );
  return overflow > 0 ? [...barriers, `${overflow} pixels too wide`] : barriers;
}

test("the settings lead to it, and it says that nothing was verified yet", async () => {
  await demo.page.getByRole("link", { name: "Settings" }).click();
  await demo.page.getByRole("region", { name: "Verify", exact: true })
    .getByRole("button", { name: "Open" }).click();
  await demo.page.getByText("Not verified yet").waitFor();
  expect(await look("verify-never")).toEqual([]);
});

test("verifying a library that is well says so", async () => {
  await button("Verify").click();
  await demo.page.getByText(/Verified: \d+ fine, 0 not/).waitFor();
  await demo.page.getByText("Nothing is wrong").waitFor();
  await demo.page.getByText(/Whole library verified .* in \d+ files/).waitFor();
});

test("damage is listed by kind, and told in the library", async () => {
  rot(files[0]);
  Deno.removeSync(files[1]);
  Deno.writeTextFileSync(`${files[2]}.notes.txt`, "mine");
  await button("Verify").click();
  await expect.poll(() => lines().count(), { timeout: 10_000 }).toBe(3);
  expect(await look("verify-findings")).toEqual([]);
  await button(/^Damaged 1/).click();
  await expect.poll(() => lines().count(), { timeout: 10_000 }).toBe(1);
  await button(/^All 3/).click();
  await new LibraryPage(demo.page).open();
  await demo.page.getByRole("link", { name: "2 files are missing or damaged" }).click();
  await expect.poll(() => lines().count(), { timeout: 10_000 }).toBe(3);
});

test("the explorer shows what is wrong with a file, and when the others were read", async () => {
  await lines().filter({ hasText: "Damaged" }).getByRole("link").click();
  const damaged = demo.page.locator(".file-list li").filter({ hasText: "Damaged" });
  await damaged.waitFor();
  await demo.page.getByText(/Verified .*(ago|now)/).first().waitFor();
  await button("Repair").waitFor();
  expect(await look("verify-explorer")).toEqual([]);
  await demo.page.goBack();
});

test("repairing brings back what is missing or damaged, and leaves the user's own files", async () => {
  await button("Repair").click();
  await demo.page.getByText("2 files repaired").waitFor();
  await expect.poll(() => lines().count(), { timeout: 10_000 }).toBe(1);
  await lines().filter({ hasText: "Not of the library" }).waitFor();
  expect(await view().getByRole("button", { name: "Repair" }).isDisabled()).toBe(true);
  expect(Deno.readTextFileSync(`${files[2]}.notes.txt`)).toBe("mine");
  expect(Deno.statSync(files[1]).isFile).toBe(true);
  await button("Verify").click();
  await demo.page.getByText(/Verified: \d+ fine, 0 not/).waitFor();
});

test("the nightly verification is set, with its time and its size", async () => {
  await demo.page.getByRole("link", { name: "Settings" }).click();
  const night = demo.page.getByRole("region", { name: "Verify by night" });
  await night.getByText("On", { exact: true }).click();
  await night.getByLabel("From").fill("01:30");
  await night.getByLabel("From").blur();
  await night.getByLabel("Gigabytes a night").fill("120");
  await night.getByLabel("Gigabytes a night").blur();
  expect(await look("verify-nightly")).toEqual([]);
  await demo.page.reload();
  await expect.poll(() => night.getByLabel("From").inputValue()).toBe("01:30");
  expect(await night.getByLabel("Gigabytes a night").inputValue()).toBe("120");
  await night.getByText("Off", { exact: true }).click();
  await expect.poll(() => night.getByLabel("From").count()).toBe(0);
});

test("nothing went wrong on the page meanwhile", () => {
  expect(demo.faults).toEqual([]);
});
