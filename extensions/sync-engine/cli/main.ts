/**
 * The command line `mmfsync`.
 *
 * @module
 */
import { keepWorking } from "./desktop/keep_working.ts";

if (Deno.args.join(" ") === "desktop") {
  await keepWorking();
  Deno.exit(0);
}
const { run } = await import("./run.ts");
const { systemWorld } = await import("./system_world.ts");
Deno.exit(await run(Deno.args, systemWorld()));
