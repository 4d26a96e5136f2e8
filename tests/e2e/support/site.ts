import * as v from "valibot";

const GreetingSchema = v.object({
  connectTo: v.record(v.string(), v.string()),
  session: v.string(),
  app: v.object({ id: v.string(), secret: v.string() }),
  publicApp: v.object({ id: v.string() }),
});

/** A simulated site in a process of its own: where it stands in for the real one, and a sign-in that it knows. */
export interface Site extends v.InferOutput<typeof GreetingSchema> {
  /** Gives it an order, as `providers/mmf/simulator/main.ts` takes them. */
  tell(order: unknown): Promise<void>;
  close(): Promise<void>;
}

/** Starts it with the flags of `providers/mmf/simulator/main.ts`. */
export async function startSite(flags: readonly string[]): Promise<Site> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "providers/mmf/simulator/main.ts", ...flags],
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
  const orders = child.stdin.getWriter();
  return {
    ...v.parse(GreetingSchema, JSON.parse(text.split("\n", 1)[0] ?? "")),
    async tell(order) {
      await orders.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`));
      await lines.read();
    },
    async close() {
      await orders.close();
      await lines.cancel();
      await child.status;
    },
  };
}
