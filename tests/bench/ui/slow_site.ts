import * as v from "valibot";

const GreetingSchema = v.object({
  connectTo: v.record(v.string(), v.string()),
  session: v.string(),
});

/** A simulated site in a process of its own. */
export interface SlowSite extends v.InferOutput<typeof GreetingSchema> {
  close(): Promise<void>;
}

/** Starts a site with a dozen models of 400 MB, which gives each download 10 MB/s. */
export async function startSlowSite(): Promise<SlowSite> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "providers/mmf/simulator/main.ts",
      "--objects=12",
      "--file-size=400000000",
      "--bytes-per-second=10000000",
    ],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await lines.read();
    if (done) throw new Error("The simulated site did not start");
    text += value;
  }
  return {
    ...v.parse(GreetingSchema, JSON.parse(text.split("\n", 1)[0] ?? "")),
    async close() {
      await child.stdin.close();
      await lines.cancel();
      await child.status;
    },
  };
}
