import type { HostConfig } from "./config.ts";
import type { Tokens } from "./token.ts";

/** What `__neutralino_globals.js` is made of. */
export interface GlobalsOptions {
  readonly config: HostConfig;
  readonly tokens: Tokens;
  readonly port: number;
  readonly path: string;
  readonly args: readonly string[];
}

const OS = { linux: "Linux", darwin: "Darwin", windows: "Windows" } as const;

/** The text of `__neutralino_globals.js`. With one-time security only the first request gets the token. */
export function createGlobals(options: GlobalsOptions): () => string {
  const { config, tokens, port, path, args } = options;
  let sent = false;
  return () => {
    const token = sent && config.tokenSecurity === "one-time" ? "" : tokens.access;
    sent = true;
    const { os } = Deno.build;
    const globals: Readonly<Record<string, unknown>> = {
      NL_OS: os === "darwin" || os === "windows" ? OS[os] : OS.linux,
      NL_ARCH: Deno.build.arch === "aarch64" ? "arm64" : "x64",
      NL_VERSION: "6.9.0",
      NL_COMMIT: "",
      NL_APPID: config.applicationId,
      ...config.version === undefined ? {} : { NL_APPVERSION: config.version },
      NL_PORT: port,
      NL_MODE: "window",
      NL_TOKEN: token,
      NL_CWD: Deno.cwd(),
      NL_ARGS: args,
      NL_PATH: path,
      NL_DATAPATH: path,
      NL_PID: Deno.pid,
      NL_RESMODE: "bundle",
      NL_EXTENABLED: config.enableExtensions,
      NL_CMETHODS: [],
      NL_WSAVSTLOADED: false,
      NL_CONFIGFILE: "/neutralino.config.json",
      NL_LOCALE: "C",
      NL_COMPDATA: "",
    };
    return Object.entries(globals).map(([name, value]) => `var ${name}=${written(value)};`)
      .join("");
  };
}

/** A text with an apostrophe breaks the page, with the real host too. */
function written(value: unknown): string {
  return typeof value === "string" ? `'${value}'` : JSON.stringify(value);
}
