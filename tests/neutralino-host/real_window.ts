import { openDisplay } from "./display.ts";
import { playPage, type WindowProcess } from "./host_process.ts";
import { startProgram } from "./real_host.ts";

/** As in neutralino.config.json. */
const TITLE = "MyMiniFactory Sync";

/** The real host with its own window and the page in it, on a screen that nobody sees. */
export async function startRealWindow(
  program: string,
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<WindowProcess> {
  const display = await openDisplay();
  const started = await startProgram(program, path, "window", { ...env, DISPLAY: display.name });
  const host = await playPage(started.child, started);
  let first: string | null = null;
  const shown = display.visible(TITLE).then((window) => first = window);
  return {
    ...host,
    wasShown: () => first !== null,
    async shown() {
      await display.hide(await shown);
      await display.visible(TITLE);
    },
    closeWindow: async () => display.close(await shown),
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await display[Symbol.asyncDispose]();
    },
  };
}
