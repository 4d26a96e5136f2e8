import { expect, test } from "vitest";
import { seededRandom } from "../../extensions/sync-engine/platform/testing/seeded_random.ts";
import type { Fault, FaultHandle, Simulator } from "../../providers/mmf/simulator/mod.ts";
import { expectAll } from "../hostile/truth.ts";
import { openWorld } from "../hostile/world.ts";

/** Files and pictures that are to come. */
const FILES = Number(Deno.env.get("MMFSYNC_SOAK") ?? 200);

/** Decides the library and its faults. */
const SEED = Number(Deno.env.get("MMFSYNC_SOAK_SEED") ?? 1);

/** Share of the answers that are no honest ones. */
const FAULTY = 0.05;

/** Syncs that may be needed: whoever has bad luck five times is set aside until the next one. */
const MOST_SYNCS = 3;

/** Everything that a client can notice; a flipped byte or another file with fitting headers it cannot. */
const KINDS: Readonly<Record<string, Fault>> = {
  "short body": { mode: "shortBody" },
  "empty body": { mode: "shortBody", bytes: 0 },
  "longer than announced": { mode: "lyingLength", by: -1000 },
  "shorter than announced": { mode: "lyingLength", by: 1000 },
  "range ignored": { mode: "ignoreRange" },
  "wrong range": { mode: "wrongContentRange" },
  "416": { mode: "refuse416" },
  "login page": { mode: "htmlInstead" },
  "redirect elsewhere": { mode: "redirectElsewhere" },
  "redirect to this machine": { mode: "redirectLoopback" },
  "expired address": { mode: "expired" },
  "gzip unasked": { mode: "gzipRange" },
  "stall": { mode: "stall" },
  "endless": { mode: "endless" },
  "torn": { mode: "reset" },
  "bot check with 200": { mode: "challenge", status: 200 },
  "JSON": { mode: "wrongJson" },
  "500": { mode: "serverError", status: 500 },
  "503": { mode: "serverError", status: 503 },
};

/** Lets the hosts of files and pictures misbehave by chance; each kind as often as the others. */
function misbehave({ faults }: Simulator): ReadonlyMap<string, readonly FaultHandle[]> {
  const random = seededRandom(SEED);
  const kinds = Object.entries(KINDS);
  const share = FAULTY / kinds.length;
  let drawn = 1;
  return new Map(kinds.map(([name, fault], i) => {
    const path = () => {
      // One draw for each request: of all kinds the first is asked first.
      if (i === 0) drawn = random.next();
      return drawn >= i * share && drawn < (i + 1) * share;
    };
    return [name, (["storage", "images"] as const).map((on) => faults.add({ on, path }, fault))];
  }));
}

test(
  `a library of ${FILES} files comes whole from a site that answers badly one time in twenty`,
  async () => {
    await using world = await openWorld({
      site: {
        seed: SEED,
        objects: Math.max(10, Math.ceil(FILES / 3)),
        filesPerObject: 2,
        images: 1,
        cacheBytes: 64 * 1024 * 1024,
      },
    });
    const { simulator, profile, sent } = world;
    const { engine } = profile;
    engine.changeSettings({ concurrency: 16 });
    const handles = misbehave(simulator);
    let peak = 0;
    const watch = setInterval(() => peak = Math.max(peak, Deno.memoryUsage().rss), 200);
    const begun = performance.now();
    let syncs = 0;
    let summary = null;
    do {
      summary = await engine.sync();
      syncs++;
    } while (syncs < MOST_SYNCS && summary.failed + summary.waiting > 0);
    clearInterval(watch);
    const seconds = (performance.now() - begun) / 1000;
    await expectAll(profile, simulator, summary);
    const hits = new Map([...handles].map(([name, all]) => [
      name,
      all.reduce((sum, one) => sum + one.hits, 0),
    ]));
    const faults = [...hits.values()].reduce((sum, n) => sum + n, 0);
    expect(faults).toBeGreaterThan(FILES * FAULTY / 2);
    const figures = {
      files: [...simulator.reference()].length,
      requests: sent.length,
      faults,
      syncs,
      seconds: Math.round(seconds),
      peakMB: Math.round(peak / 1e6),
      byKind: Object.fromEntries(hits),
    };
    // deno-lint-ignore no-console -- what was tried must be heard
    console.info(`soak: ${JSON.stringify(figures)}`);
  },
  120_000 + FILES * 300,
);
