/**
 * The hosts that a test is to hold for: the stand-in always, the real one where it is there.
 *
 * @module
 */
import { hasDisplay } from "./display.ts";
import { startHost } from "./host.ts";
import type { Address, HostProcess, WindowProcess } from "./host_process.ts";
import { realHost, startProgram, startRealHost } from "./real_host.ts";
import { startRealWindow } from "./real_window.ts";
import { startStandIn } from "./stand_in_process.ts";

/** A kind of host, started on the folder of an application. */
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

/** Those that nobody is connected to yet. */
export const BARE: readonly Kind<Address & AsyncDisposable>[] = [
  { name: "the stand-in", start: (path) => startHost({ path }) },
  ...program === null ? [] : [{
    name: "the real host",
    start: (path: string) => startProgram(program, path, "chrome"),
  }],
];

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
