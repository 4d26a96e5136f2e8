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
      NL_APPID: config.applicationId,
      NL_APPVERSION: config.version,
      NL_PORT: port,
      NL_MODE: "window",
      NL_TOKEN: token,
      NL_CWD: Deno.cwd(),
      NL_ARGS: args,
      NL_PATH: path,
      NL_PID: Deno.pid,
      NL_EXTENABLED: config.enableExtensions,
      NL_CMETHODS: [],
    };
    return Object.entries(globals).map(([name, value]) => `var ${name}=${JSON.stringify(value)};`)
      .join("");
  };
}
