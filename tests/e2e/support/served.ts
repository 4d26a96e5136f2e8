import { join } from "node:path";
import { ENGINE_FLAGS } from "../../../extensions/sync-engine/cli/engine_flags.mjs";

/** The app behind `mmfsync serve`, in a process and a home of its own. */
export interface Served {
  /** Lets one browser in. */
  readonly link: string;
  readonly pid: number;
  /** Where its profile and its library are. */
  readonly home: string;
  readonly port: number;
  /** The link after the first was used. */
  nextLink(): Promise<string>;
  /** Ends it, at once with `SIGKILL`; what is in its home stays. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options for {@linkcode serve}. */
export interface ServeOptions {
  /** @default {["--demo"]} */
  readonly args?: readonly string[];
  /** @default a free one */
  readonly port?: number;
  /** @default a new temporary folder, removed at the end */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Modules to load first, as `deno run --preload` takes them. */
  readonly preload?: string;
}

const MAIN = "extensions/sync-engine/cli/main.ts";

/** Starts it and waits for its link. */
export async function serve(options: ServeOptions = {}): Promise<Served> {
  const { args = ["--demo"], env = {}, port = 0, preload } = options;
  const home = options.home ?? await Deno.makeTempDir({ prefix: "mmfsync-e2e-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      ...preload === undefined ? [] : ["--preload", preload],
      ...ENGINE_FLAGS,
      MAIN,
      "serve",
      "--port",
      String(port),
      ...args,
    ],
    // A home of its own: nothing of whoever runs the tests is read or changed.
    env: {
      HOME: home,
      XDG_DATA_HOME: join(home, "data"),
      MMFSYNC_HOME: join(home, "profile"),
      MMFSYNC_KEY: "a passphrase for tests",
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const links = linksOf(child.stdout);
  const nextLink = async () => {
    const { value } = await links.next();
    if (value === undefined) throw new Error("The server ended without a link");
    return value;
  };
  const link = await nextLink();
  let ended = false;
  const end: Served["end"] = async (signal) => {
    if (ended) return;
    ended = true;
    child.kill(signal);
    await child.status;
    for await (const _ of links);
  };
  return {
    link,
    pid: child.pid,
    home,
    port: Number(new URL(link).port),
    nextLink,
    end,
    async [Symbol.asyncDispose]() {
      await end("SIGTERM");
      if (options.home === undefined) await Deno.remove(home, { recursive: true });
    },
  };
}

async function* linksOf(output: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let text = "";
  for await (const part of output.pipeThrough(new TextDecoderStream())) {
    text += part;
    for (;;) {
      const found = /https?:\/\/\S+#token=[\w-]+(?=\s)/.exec(text);
      if (!found) break;
      yield found[0];
      text = text.slice(found.index + found[0].length);
    }
  }
}
