/**
 * Syncs once with the profile and the simulator that its argument names (JSON), to be killed while it does. Says `begun`
 * before it touches anything and the summary when it is through.
 */
import { join } from "node:path";
import * as v from "valibot";
import { Engine } from "../../extensions/sync-engine/engine.ts";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { createHttp } from "../../extensions/sync-engine/platform/http.ts";
import { systemRandom } from "../../extensions/sync-engine/platform/random.ts";
import { createMemorySecrets } from "../../extensions/sync-engine/platform/secrets/memory.ts";
import { MemoryLog } from "../../extensions/sync-engine/platform/testing/memory_log.ts";
import { projectPath } from "../support/profile.ts";

const Task = v.object({
  home: v.string(),
  /** Tells the requests of one run from those of others. */
  userAgent: v.string(),
  connectTo: v.record(v.string(), v.string()),
  session: v.string(),
});
const task = v.parse(Task, JSON.parse(Deno.args[0] ?? ""));

const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
say("begun");

const secrets = createMemorySecrets();
await secrets.set("mmf", "session", task.session);
const { connectTo, userAgent } = task;
const engine = await Engine.open({
  clock: systemClock,
  random: systemRandom,
  fs: createDiskFs(),
  http: createHttp({ userAgent, connectTo }),
  secrets,
  log: new MemoryLog(),
  emit: () => {},
}, {
  appData: join(task.home, "app"),
  defaultRoot: join(task.home, "library"),
  providersDir: projectPath("dist/providers"),
  runtime: {
    deno: Deno.execPath(),
    childPath: projectPath("extensions/sync-engine/plugins/sandbox_child.ts"),
  },
  pacing: { requestsPerSecond: 10_000, burst: 10_000 },
  patience: { longestWaitMs: 5_000 },
});
if (engine.status().providers.every(({ account }) => account === null)) {
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: task.session });
}
say(JSON.stringify(await engine.sync()));
await engine.close();
Deno.exit(0);
