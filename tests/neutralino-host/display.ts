import { readLines } from "../../extensions/sync-engine/plugins/lines.ts";
import { closeX11Window } from "./close_x11_window.ts";

const LONGEST_LINE = 80;

/** A screen that nobody sees, with the windows of one program on it. */
export interface Display extends AsyncDisposable {
  /** What goes into `DISPLAY`. */
  readonly name: string;
  /** Resolves to a window of that title as soon as one is to be seen. */
  visible(title: string): Promise<string>;
  hide(window: string): Promise<void>;
  /** Presses the mouse at a place of the window, in its own pixels. */
  click(window: string, x: number, y: number): Promise<void>;
  /** Asks the program to close it, as the button in its frame does. */
  close(window: string): void;
}

/** Whether {@linkcode openDisplay} finds what it needs. */
export function hasDisplay(): boolean {
  return hasProgram("Xvfb") && hasProgram("xdotool");
}

function hasProgram(name: string): boolean {
  const args = ["-c", `command -v ${name}`];
  return new Deno.Command("/bin/sh", { args, stdout: "null" }).outputSync().success;
}

/** Starts an X server without a screen. There is no window manager on it. */
export async function openDisplay(): Promise<Display> {
  const server = new Deno.Command("Xvfb", {
    // Without a reset it does not say its number again, to nobody.
    args: ["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp", "-noreset"],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  // Clients may connect once the number is there.
  const { value } = await readLines(server.stdout, LONGEST_LINE).next();
  const name = `:${value ?? ""}`;
  const xdotool = async (...args: string[]) => {
    const command = new Deno.Command("xdotool", { args, env: { DISPLAY: name }, stderr: "null" });
    return new TextDecoder().decode((await command.output()).stdout).trim();
  };
  return {
    name,
    visible: (title) => xdotool("search", "--sync", "--onlyvisible", "--name", `^${title}$`),
    hide: async (window) => void await xdotool("windowunmap", "--sync", window),
    click: async (window, x, y) =>
      void await xdotool(
        ...["mousemove", "--sync", "--window", window, String(x), String(y), "click", "1"],
      ),
    close: (window) => closeX11Window(name, Number(window)),
    async [Symbol.asyncDispose]() {
      server.kill("SIGKILL");
      await server.status;
    },
  };
}
