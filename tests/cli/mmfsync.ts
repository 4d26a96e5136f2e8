import { fileURLToPath } from "node:url";
import { ENGINE_FLAGS } from "../../extensions/sync-engine/cli/engine_flags.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a run of the command line left behind. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of stdout as JSON; throws when one is none. */
  readonly events: readonly Event[];
}

/** A line of `--json`. */
export interface Event {
  readonly event: string;
  readonly [key: string]: unknown;
}

/** Options for {@linkcode startMmfsync}. */
export interface MmfsyncOptions {
  /** Piped in. @default {""} */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the user stands. @default {the project} */
  readonly cwd?: string;
}

/** Starts the real command line in a process of its own, as `npm run mmfsync` does. */
export function startMmfsync(args: readonly string[], options: MmfsyncOptions = {}) {
  const { env = {}, cwd = ROOT } = options;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...ENGINE_FLAGS, "extensions/sync-engine/cli/main.ts", ...args],
    cwd: ROOT,
    clearEnv: true,
    env: { ...inherited(), INIT_CWD: cwd, ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the real command line to its end. */
export async function mmfsync(args: readonly string[], options: MmfsyncOptions = {}): Promise<Ran> {
  const child = startMmfsync(args, options);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(options.input ?? ""));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const text = new TextDecoder().decode(stdout);
  return {
    code,
    stdout: text,
    stderr: new TextDecoder().decode(stderr),
    get events() {
      return text.split("\n").slice(0, -1).map((line): Event => JSON.parse(line));
    },
  };
}

/** Without what npm leaves to its scripts: the program then says how to call it by way of npm. */
function inherited(): Record<string, string> {
  const all = Object.entries(Deno.env.toObject());
  return Object.fromEntries(all.filter(([name]) => !name.startsWith("npm_")));
}
