/** The measured part of our side: works a prepared queue off as a sync does, from lease to row. */
import { join } from "node:path";
import { Runner } from "../../extensions/sync-engine/downloads/runner.ts";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { createHttp } from "../../extensions/sync-engine/platform/http.ts";
import { systemRandom } from "../../extensions/sync-engine/platform/random.ts";
import { MemoryLog } from "../../extensions/sync-engine/platform/testing/memory_log.ts";
import { openStore } from "../../extensions/sync-engine/store/store.ts";

const [work = "", connections] = Deno.args;
const store = openStore({ dir: join(work, "app"), clock: systemClock });
const queued = store.jobs.counts().queued;
let done = 0;
const runner = new Runner(
  {
    store,
    fs: createDiskFs(),
    http: createHttp({ userAgent: "mmfsync/bench" }),
    clock: systemClock,
    random: systemRandom,
    log: new MemoryLog(),
    root: join(work, "library"),
    requireRoot: () => Promise.resolve(),
    connections: () => Number(connections),
    lessor: {
      admit: () => null,
      lease: ({ file }) => Promise.resolve(file.ref),
      succeeded: () => {},
      failed: (_job, error) => error,
      allowsUrl: () => true,
    },
  },
  { providers: ["bench"], concurrency: 3 },
  { onDone: () => void done++ },
);
runner.finish();
await runner.run(new AbortController().signal);
store.close();
// A run that left something behind must not count as fast.
Deno.exit(done === queued ? 0 : 1);
