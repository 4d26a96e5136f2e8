import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { openStoreForReading } from "../../extensions/sync-engine/store/store.ts";
import { MemoryLog } from "../../extensions/sync-engine/platform/testing/memory_log.ts";
import { makeDesktop } from "../../tools/build/make_desktop.ts";
import { packResources } from "../../tools/build/pack_resources.ts";
import { projectPath } from "../support/profile.ts";
import { hasDisplay } from "./display.ts";
import { realHost } from "./real_host.ts";
import { startRealWindow } from "./real_window.ts";

const program = hasDisplay() ? realHost() : null;
// deno-lint-ignore no-console -- what was not proven should not pass in silence
if (!program) console.warn("SKIPPED: the import in the window needs the real host and a display");

/**
 * Plays the user, as nothing from outside can see into the window's web view: opens the import and chooses a file, as
 * often as it takes until the page is there.
 */
const USER = `
const list = document.querySelector("script[data-list]").dataset.list;
const find = (of, text) => [...document.querySelectorAll(of)].find((one) => text.test(one.textContent));
const playing = setInterval(() => {
  const input = document.querySelector("input[type=file]");
  if (!input) {
    (find("button", /^(Get my library|Import a saved list)$/) ?? find("nav a", /Accounts/))?.click();
    return;
  }
  clearInterval(playing);
  const files = new DataTransfer();
  files.items.add(new File([list], "objectPreviews.json", { type: "application/json" }));
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}, 200);
`;

/** The application with that user in it. */
async function writeApp(dir: string, list: string): Promise<string> {
  const app = join(dir, "app");
  await makeDesktop(projectPath("."), "0.0.0", app);
  const root = join(dir, "root");
  const resources = join(root, "resources");
  Deno.mkdirSync(root);
  Deno.copyFileSync(projectPath("neutralino.config.json"), join(root, "neutralino.config.json"));
  const copied = await new Deno.Command("cp", { args: ["-r", projectPath("resources"), resources] })
    .output();
  expect(copied.success).toBe(true);
  Deno.writeTextFileSync(join(resources, "user.js"), USER);
  const page = join(resources, "index.html");
  const script = `<script type="module" src="./user.js" data-list='${list}'></script></head>`;
  Deno.writeTextFileSync(page, Deno.readTextFileSync(page).replace("</head>", script));
  await packResources(root, "0.0.0", join(app, "resources.neu"));
  return app;
}

test.runIf(program)(
  "the real window imports a saved list by the engine's own address",
  async () => {
    const dir = Deno.makeTempDirSync({ prefix: "mmfsync-window-" });
    const rows = [1, 2, 3].map((n) => ({
      id: `object-${n}`,
      name: `Model ${n}`,
      source: "PURCHASE",
    }));
    const profile = join(dir, "profile");
    const app = await writeApp(dir, JSON.stringify(rows));
    {
      await using _window = await startRealWindow(program ?? "", app, {
        MMFSYNC_HOME: profile,
        MMFSYNC_KEY: "only for tests",
        HOME: dir,
      });
      await expect.poll(() => assetsIn(profile), { timeout: 45_000, interval: 500 }).toBe(3);
    }
    await Deno.remove(dir, { recursive: true });
  },
  90_000,
);

function assetsIn(dir: string): number {
  const store = openStoreForReading({ dir, clock: systemClock, log: new MemoryLog() });
  try {
    return store.assets.summary({}).assets;
  } finally {
    store.close();
  }
}
