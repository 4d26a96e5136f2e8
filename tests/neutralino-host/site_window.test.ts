import { afterAll, expect, test } from "vitest";
import { hostWindows } from "../../extensions/sync-engine/platform/site_window.ts";
import { startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile } from "../support/profile.ts";
import { type Display, hasDisplay, openDisplay } from "./display.ts";
import { realHost } from "./real_host.ts";

const folder = Deno.makeTempDirSync({ prefix: "mmfsync-site-" });
afterAll(() => Deno.removeSync(folder, { recursive: true }));

const program = hasDisplay() ? realHost() : null;
// deno-lint-ignore no-console -- what was not proven should not pass in silence
if (!program) console.warn("SKIPPED: the window on the site needs the real host and a display");

/** Where the simulator's page and the bar have their buttons, in a window of 1100 × 800. */
const LOG_IN = { x: 30, y: 166 };
const HAND_OVER = { x: 1010, y: 768 };

/** Presses a button over and over until it has done what it does: pages take their time to be there. */
async function pressUntil(
  display: Display,
  window: string,
  { x, y }: { readonly x: number; readonly y: number },
  done: () => boolean,
): Promise<void> {
  for (let tries = 0; !done(); tries++) {
    expect(tries).toBeLessThan(20);
    await display.click(window, x, y);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

test.runIf(program)(
  "the real host shows the site, and its page hands the library over",
  async () => {
    await using display = await openDisplay();
    Deno.env.set("DISPLAY", display.name);
    const site = await startSimulator({ objects: 12, filesPerObject: 1, images: 1 });
    await using profile = await openTestProfile(site, {
      signIn: false,
      siteWindows: hostWindows(program ?? "", folder, site.connectTo),
    });
    const asked = (line: string) =>
      site.requests.all().some(({ method, path }) => `${method} ${path}` === line);
    const summary = profile.engine.libraryWindow.run("mmf");
    const window = await display.visible("MyMiniFactory");
    await pressUntil(display, window, LOG_IN, () => asked("GET /library"));
    const list = "GET /api/data-library/objectPreviews";
    expect(asked(list)).toBe(false);
    await pressUntil(display, window, HAND_OVER, () => asked(list));
    expect(await summary).toMatchObject({ removed: 0, incomplete: null });
    expect(profile.engine.status().library.assets).toBeGreaterThan(10);
    // The window stays, so that the user can read how it went.
    expect(await display.visible("MyMiniFactory")).toBe(window);
    await site.close();
  },
  120_000,
);

test.runIf(program)("closing the real window ends the waiting with nothing taken", async () => {
  await using display = await openDisplay();
  Deno.env.set("DISPLAY", display.name);
  const site = await startSimulator({ objects: 10, filesPerObject: 1, images: 1 });
  await using profile = await openTestProfile(site, {
    signIn: false,
    siteWindows: hostWindows(program ?? "", folder, site.connectTo),
  });
  const summary = profile.engine.libraryWindow.run("mmf");
  display.close(await display.visible("MyMiniFactory"));
  expect(await summary).toBeNull();
  await profile.engine.close();
  expect([...Deno.readDirSync(folder)]).toEqual([]);
  await site.close();
}, 60_000);
