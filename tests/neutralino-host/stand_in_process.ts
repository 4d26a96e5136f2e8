import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { readLines } from "../../extensions/sync-engine/plugins/lines.ts";
import { playPage, type WindowProcess } from "./host_process.ts";

const GreetingSchema = v.object({
  url: v.string(),
  port: v.number(),
  tokens: v.object({ access: v.string(), connect: v.string() }),
});
const CallSchema = v.object({ call: v.string() });
const Line = v.pipe(v.string(), v.parseJson());

const LONGEST_LINE = 1024 * 1024;

/** Starts the stand-in on a bundle. */
export async function startStandIn(
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<WindowProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fileURLToPath(new URL("main.ts", import.meta.url)), `--path=${path}`],
    env,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = readLines(child.stdout, LONGEST_LINE);
  const first = await lines.next();
  const host = await playPage(child, v.parse(v.pipe(Line, GreetingSchema), first.value));
  const calls = new Set<string>();
  let onFocus = () => {};
  const listen = async () => {
    for await (const line of lines) {
      const { call } = v.parse(v.pipe(Line, CallSchema), line);
      calls.add(call);
      if (call === "window.focus") onFocus();
    }
  };
  const listening = listen();
  const writer = child.stdin.getWriter();
  return {
    ...host,
    closeWindow: () => writer.write(new TextEncoder().encode('{"closeWindow":true}\n')),
    wasShown: () => calls.has("window.show"),
    shown: () => new Promise((resolve) => onFocus = resolve),
    async [Symbol.asyncDispose]() {
      host.kill();
      await host.exited;
      await listening;
      await writer.abort().catch(() => {});
    },
  };
}
