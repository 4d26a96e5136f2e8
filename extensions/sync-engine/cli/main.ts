/**
 * The command line `mmfsync`.
 *
 * @module
 */
import { run } from "./run.ts";
import { systemWorld } from "./system_world.ts";

Deno.exit(await run(Deno.args, systemWorld()));
