import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { readLines } from "../../extensions/sync-engine/plugins/lines.ts";
import { type Client, connectTo } from "./clients.ts";

const GreetingSchema = v.object({
  url: v.string(),
  port: v.number(),
  tokens: v.object({ access: v.string(), connect: v.string() }),
});
const CallSchema = v.object({ call: v.string() });
const Line = v.pipe(v.string(), v.parseJson());

/** The stand-in in a process of its own, with a page that a test plays. */
export interface HostProcess extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  readonly page: Client;
  /** Native methods that were called, in order. */
  readonly calls: readonly string[];
  /** Resolves when a method is called from now on. */
  called(method: string): Promise<void>;
  readonly exited: Promise<Deno.CommandStatus>;
  closeWindow(): Promise<void>;
  /** Tells everybody of something that happened to the host. */
  emit(event: string, data: unknown): Promise<void>;
  /** Ends it as a crash would. */
  kill(): void;
}

/** Starts the stand-in on a bundle, and plays its page. */
export async function startHostProcess(
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<HostProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(new URL("main.ts", import.meta.url)), `--path=${path}`],
    env,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = readLines(child.stdout, 1024 * 1024);
  const first = await lines.next();
  const greeting = v.parse(v.pipe(Line, GreetingSchema), first.value);
  const calls: string[] = [];
  const waiting = new Map<string, () => void>();
  const listen = async () => {
    for await (const line of lines) {
      const { call } = v.parse(v.pipe(Line, CallSchema), line);
      calls.push(call);
      waiting.get(call)?.();
      waiting.delete(call);
    }
  };
  const listening = listen();
  const writer = child.stdin.getWriter();
  const page = await connectTo(greeting);
  const exited = child.status;
  const command = (what: unknown) =>
    writer.write(new TextEncoder().encode(`${JSON.stringify(what)}\n`));
  const kill = () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  return {
    pid: child.pid,
    url: greeting.url,
    page,
    calls,
    called: (method) => new Promise((resolve) => waiting.set(method, resolve)),
    exited,
    closeWindow: () => command({ closeWindow: true }),
    emit: (event, data) => command({ emit: event, data }),
    kill,
    async [Symbol.asyncDispose]() {
      kill();
      await exited;
      await listening;
      await writer.abort().catch(() => {});
    },
  };
}
