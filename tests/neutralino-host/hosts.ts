/**
 * The hosts that a test of the desktop window is to hold for.
 *
 * @module
 */
import { hasDisplay } from "./display.ts";
import type { HostProcess, WindowProcess } from "./host_process.ts";
import { realHost, startRealHost } from "./real_host.ts";
import { startRealWindow } from "./real_window.ts";
import { startStandIn } from "./stand_in_process.ts";

/** A kind of host, started on a folder that `makeDesktop` has made. */
export interface Kind<H> {
  readonly name: string;
  start(path: string, env: Readonly<Record<string, string>>): Promise<H>;
}

const STAND_IN: Kind<WindowProcess> = { name: "the stand-in", start: startStandIn };

const program = realHost();
const real: readonly Kind<HostProcess>[] = program === null ? [] : [{
  name: "the real host without its window",
  start: (path, env) => startRealHost(program, path, env),
}];
const windows: readonly Kind<WindowProcess>[] = program === null || !hasDisplay() ? [] : [{
  name: "the real host with its window",
  start: (path, env) => startRealWindow(program, path, env),
}];

/** Those whose page a browser may open. */
export const BROWSABLE: readonly Kind<HostProcess>[] = [STAND_IN, ...real];

/** Those that have a window, if only a pretended one. */
export const WINDOWED: readonly Kind<WindowProcess>[] = [STAND_IN, ...windows];

export const HOSTS: readonly Kind<HostProcess>[] = [STAND_IN, ...real, ...windows];

const missing = program === null
  ? "the real Neutralinojs host was not tried: neither NEUTRALINO_BIN nor bin/ has it"
  : windows.length === 0
  ? "the window of the real Neutralinojs host was not tried: Xvfb or xdotool is missing"
  : null;
// deno-lint-ignore no-console -- what was not tried must be heard
if (missing !== null) console.warn(`SKIPPED: ${missing}`);
