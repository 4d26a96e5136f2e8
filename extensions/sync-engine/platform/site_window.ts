import { join } from "node:path";
import { classifyThrown } from "./classify.ts";
import { SyncError } from "./errors.ts";

/** What a window of its own shows. */
export interface SiteWindowContent {
  readonly url: string;
  readonly title: string;
  /** Runs at the start of every top-level page that the window comes to, on whatever site. */
  readonly script: string;
}

/** A window on a site. */
export interface SiteWindow {
  /** Settles when it is closed; rejects with `permission` when the system could not show it. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Windows on sites, without any access to the app or the computer. */
export interface SiteWindows {
  open(content: SiteWindowContent): Promise<SiteWindow>;
  /** Where an address leads: elsewhere only while a simulator stands in for the site. */
  actual(url: URL): URL;
  /** Deletes what windows have left whose app ended suddenly. None may be open. */
  clear(): Promise<void>;
}

/** A program with its arguments, and what its environment has besides the own one. */
export interface WindowCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Name of the script in the window's folder, as the host wants it: below the folder. */
const SCRIPT = "/site_window.js";

/**
 * How a second host shows a site. It is started directly, without a shell; the address is in a file and not among the
 * arguments, which everybody on the computer can read. Its own folder keeps what the site leaves behind, so that cookies
 * end with the window: WebKitGTK follows XDG, WebView2 its own variable. WKWebView knows no such folder and keeps them.
 */
export function windowCommand(dir: string): WindowCommand {
  const data = join(dir, "data");
  return {
    args: [`--path=${dir}`, "--res-mode=directory"],
    env: { XDG_DATA_HOME: data, XDG_CACHE_HOME: data, WEBVIEW2_USER_DATA_FOLDER: data },
  };
}

/** The host's configuration: no server, no native calls, no extensions, nothing of the host told to the page. */
export function windowConfig({ url, title }: Pick<SiteWindowContent, "url" | "title">) {
  return {
    applicationId: "org.mmfsync.site",
    applicationName: title,
    version: "1.0.0",
    defaultMode: "window",
    url,
    enableServer: false,
    enableNativeAPI: false,
    enableExtensions: false,
    exportAuthInfo: false,
    tokenSecurity: "one-time",
    nativeAllowList: [],
    dataLocation: "app",
    storageLocation: "app",
    logging: { enabled: false, writeToLogFile: false },
    modes: {
      window: {
        title,
        width: 1100,
        height: 800,
        minWidth: 480,
        minHeight: 400,
        center: true,
        resizable: true,
        enableInspector: false,
        exitProcessOnClose: true,
        injectGlobals: false,
        injectClientLibrary: false,
        injectScript: SCRIPT,
        // A link that wants a window of its own gets none: `browser` would be a shell string of the page's making.
        newWindowPolicy: "custom",
      },
    },
  };
}

/**
 * {@linkcode SiteWindows} by the program that also shows the app's own window.
 *
 * @param parent Folder that is theirs alone, made when it is needed.
 */
export function hostWindows(
  program: string,
  parent: string,
  connectTo: Readonly<Record<string, string>> = {},
): SiteWindows {
  return {
    actual: (url) => new URL(url.pathname + url.search, connectTo[url.origin] ?? url.origin),
    clear: () => removeFolder(parent),
    async open(content) {
      await Deno.mkdir(parent, { recursive: true, mode: 0o700 });
      const dir = await Deno.makeTempDir({ dir: parent });
      const remove = () => removeFolder(dir);
      try {
        const config = JSON.stringify(windowConfig(content));
        await Deno.writeTextFile(join(dir, "neutralino.config.json"), config, { mode: 0o600 });
        await Deno.writeTextFile(join(dir, SCRIPT), content.script, { mode: 0o600 });
        return start(program, windowCommand(dir), remove);
      } catch (error) {
        await remove();
        throw classifyThrown(error);
      }
    },
  };
}

function start(
  program: string,
  { args, env }: WindowCommand,
  remove: () => Promise<void>,
): SiteWindow {
  const child = new Deno.Command(program, {
    args: [...args],
    env: { ...env },
    stdin: "null",
    stdout: "null",
    // What graphics and accessibility are missing is no news.
    stderr: "null",
  }).spawn();
  let isEnded = false;
  const ended = async () => {
    const { code, signal } = await child.status;
    const wasAsked = isEnded;
    isEnded = true;
    await remove();
    if (wasAsked || code === 0 || signal !== null) return;
    throw new SyncError("permission", "The system could not show a window for the site");
  };
  const closed = ended();
  closed.catch(() => {}); // Whoever opened it may be done with it.
  return {
    closed,
    close() {
      if (isEnded) return;
      isEnded = true;
      child.kill("SIGTERM");
    },
  };
}

/** The web view's processes may hold on to their files for a moment longer than the host lives. */
async function removeFolder(dir: string): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    try {
      return await Deno.remove(dir, { recursive: true });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
