import { SyncError } from "../platform/errors.ts";
import type { Clock, Fs } from "../platform/ports.ts";
import { type AutoLaunch, createAutoLaunch } from "./auto_launch.ts";
import { type Diagnosed, exportDiagnostics } from "./diagnostics.ts";
import { logTail } from "./log_tail.ts";
import { openLink } from "./open_link.ts";
import type { Os } from "./os.ts";
import { reveal } from "./reveal.ts";
import type { Run } from "./run.ts";

/** What the host can do on the computer, besides the engine. */
export interface Services {
  readonly version: string;
  readonly os: Os;
  /** Whether folders and links can be opened where the user sits. */
  readonly canReveal: boolean;
  readonly canAutoLaunch: boolean;
  readonly autoLaunch: AutoLaunch;
  openLink(url: string): Promise<void>;
  /** @param path Absolute. */
  reveal(path: string): Promise<void>;
  /** @param appData Absolute path of the profile. */
  logTail(appData: string, lines: number): Promise<string[]>;
  /** Resolves to the path of the file. */
  exportDiagnostics(engine: Diagnosed, appData: string): Promise<string>;
  /** Ends the host, soon. */
  shutdown(): void;
}

/** What {@linkcode createServices} needs. */
export interface ServicesOptions {
  readonly version: string;
  readonly os: Os;
  readonly fs: Fs;
  readonly clock: Clock;
  /** Runs a program to its end. */
  readonly run: Run;
  /** Runs a program that opens something. */
  readonly launch: Run;
  readonly env: (name: string) => string | undefined;
  /** The user's home, absolute. */
  readonly home: string;
  /** Versions of what it runs on, by name. */
  readonly platform: Readonly<Record<string, string>>;
  /** Whether the user sits at this computer. */
  readonly isLocal: boolean;
  /** What starts the app, program first; null where it is not to start by itself. */
  readonly launchCommand: readonly [string, ...string[]] | null;
  readonly shutdown: () => void;
}

/** Puts the services of a host together. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { version, os, isLocal, home, launchCommand, shutdown } = options;
  const opening = { os, fs: options.fs, run: options.launch };
  const canReveal = isLocal && hasDesktop(options);
  const autoLaunch = createAutoLaunch({ ...options, command: launchCommand });
  const requireDesktop = () => {
    if (canReveal) return;
    throw new SyncError("badInput", "Nothing can be opened on the computer that this runs on");
  };
  return {
    version,
    os,
    canReveal,
    canAutoLaunch: (await autoLaunch.get()).available,
    autoLaunch,
    async openLink(url) {
      requireDesktop();
      await openLink(opening, url);
    },
    async reveal(path) {
      requireDesktop();
      await reveal(opening, path);
    },
    logTail: (appData, lines) => logTail(options.fs, appData, lines),
    exportDiagnostics: (engine, appData) =>
      exportDiagnostics({ ...options, engine, appData, home }),
    shutdown,
  };
}

/** Windows and macOS always have one. */
function hasDesktop({ os, env }: Pick<ServicesOptions, "os" | "env">): boolean {
  return os !== "linux" || ["DISPLAY", "WAYLAND_DISPLAY"].some((name) => env(name));
}
