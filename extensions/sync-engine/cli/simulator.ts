import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import { PATHS } from "./paths.ts";
import type { DemoSite } from "./profile_card.ts";

const GreetingSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    connectTo: v.record(v.string(), v.string()),
    session: v.pipe(v.string(), v.minLength(1)),
  }),
);

/** The simulated site to start. */
export type SimulatorSetup = DemoSite;

/** A simulated site in a process of its own. */
export interface Simulator {
  /** Real origins and the loopback ones that stand in for them. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Opens the simulated account. */
  readonly session: string;
  close(): Promise<void>;
}

/** Starts the simulator. It ends by itself when this process does: its standard input ends then. */
export async function startSimulator({ objects, seed }: SimulatorSetup): Promise<Simulator> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      PATHS.simulator("mmf"),
      `--objects=${objects}`,
      `--seed=${seed}`,
      "--file-size=demo",
      "--lifelike",
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const close = async () => {
    await child.stdin.close().catch(() => {});
    await reader.cancel();
    await child.status;
  };
  const greeting = v.safeParse(GreetingSchema, await firstLine(reader));
  if (greeting.success) return { ...greeting.output, close };
  await close();
  throw new SyncError("bug", "The simulated site of the demo could not be started");
}

async function firstLine(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  return text.split("\n", 1)[0] ?? "";
}
