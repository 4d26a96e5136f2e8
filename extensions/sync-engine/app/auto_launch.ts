import { isAbsolute, join } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";
import { desktopEntry, isEnabledEntry, launchAgent, windowsCommandLine } from "./login_items.ts";
import type { Os } from "./os.ts";
import type { Run } from "./run.ts";

/** Whether the app starts when the user signs in to the computer. */
export interface AutoLaunchState {
  /** Whether it can be chosen here. */
  readonly available: boolean;
  readonly enabled: boolean;
}

/** The login item of this app. Both calls may be repeated. */
export interface AutoLaunch {
  get(): Promise<AutoLaunchState>;
  /**
   * Enabling again brings the command up to date.
   *
   * @throws {SyncError} `badInput` where it is not available.
   */
  set(enabled: boolean): Promise<AutoLaunchState>;
}

/** Options for {@linkcode createAutoLaunch}. */
export interface AutoLaunchOptions {
  readonly os: Os;
  readonly fs: Pick<Fs, "readText" | "writeTextAtomic" | "mkdir" | "remove">;
  readonly run: Run;
  readonly env: (name: string) => string | undefined;
  /** The user's home, absolute. */
  readonly home: string;
  /** What is to be started, program first, absolute; null where there is nothing that could be. */
  readonly command: readonly [string, ...string[]] | null;
}

/** Name of the login item, the same for all versions. */
const ID = "org.mmfsync.desktop";

const RUN_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`;

/** The login item of the user, in the manner of each system. */
export function createAutoLaunch(options: AutoLaunchOptions): AutoLaunch {
  const item = itemOf(options);
  if (item === null) {
    return {
      get: () => Promise.resolve({ available: false, enabled: false }),
      set: () =>
        Promise.reject(new SyncError("badInput", "Starting at sign-in is not available here")),
    };
  }
  const get = async () => ({ available: true, enabled: await item.isEnabled() });
  return {
    get,
    async set(enabled) {
      if (enabled) await item.enable();
      else await item.disable();
      return await get();
    },
  };
}

interface LoginItem {
  isEnabled(): Promise<boolean>;
  enable(): Promise<void>;
  disable(): Promise<void>;
}

/** Null where nothing would ever start it. */
function itemOf(options: AutoLaunchOptions): LoginItem | null {
  const { os, env, home, run, command } = options;
  if (command === null) return null;
  if (os === "windows") return registryItem(run, windowsCommandLine(command));
  if (os === "darwin") {
    const folder = join(home, "Library", "LaunchAgents");
    return fileItem(options, folder, `${ID}.plist`, launchAgent(ID, command), () => true);
  }
  const desktop = ["XDG_CURRENT_DESKTOP", "DISPLAY", "WAYLAND_DISPLAY"].some((name) => env(name));
  if (!desktop) return null;
  const given = env("XDG_CONFIG_HOME");
  // A relative one is to be ignored, says the XDG Base Directory Specification.
  const config = given !== undefined && isAbsolute(given) ? given : join(home, ".config");
  const folder = join(config, "autostart");
  return fileItem(options, folder, `${ID}.desktop`, desktopEntry(command), isEnabledEntry);
}

function fileItem(
  { fs }: AutoLaunchOptions,
  folder: string,
  name: string,
  content: string,
  isOn: (text: string) => boolean,
): LoginItem {
  const path = join(folder, name);
  return {
    async isEnabled() {
      const text = await fs.readText(path);
      return text !== null && isOn(text);
    },
    async enable() {
      await fs.mkdir(folder);
      await fs.writeTextAtomic(path, content);
    },
    disable: () => fs.remove(path),
  };
}

function registryItem(run: Run, commandLine: string): LoginItem {
  const isEnabled = async () => (await run(["reg.exe", "query", RUN_KEY, "/v", ID])).code === 0;
  const change = async (argv: readonly [string, ...string[]]) => {
    if ((await run(argv)).code === 0) return;
    throw new SyncError("permission", "Windows did not let the start at sign-in be changed");
  };
  return {
    isEnabled,
    enable: () =>
      change(["reg.exe", "add", RUN_KEY, "/v", ID, "/t", "REG_SZ", "/d", commandLine, "/f"]),
    async disable() {
      if (await isEnabled()) await change(["reg.exe", "delete", RUN_KEY, "/v", ID, "/f"]);
    },
  };
}
