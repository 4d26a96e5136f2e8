// deno-lint-ignore-file no-console -- a command line tool
/**
 * `npm run bench`: us and the peers, side by side, from one nginx on loopback. Ours is the whole queue:
 * SHA-256 of every file, flushed to disk, sidecars, database. Prints medians, ratios and peak memory.
 *
 * - `--runs N`: how often each is measured (5); one more warms up
 * - `--only TEXT`: only what has this in its name; `bandwidth` for how near the limit is kept
 * - `--json FILE`: writes the figures there, too
 * - `--dir DIR`: where the files lie that are served and written
 *
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchBandwidth } from "./bandwidth.ts";
import { type Bench, benchCases, type Case } from "./cases.ts";
import { makeFiles } from "./make_files.ts";
import { findProgram, measure, median, type Run } from "./measure.ts";
import { startNginx } from "./nginx.ts";

interface Row {
  readonly name: string;
  /** Seconds, medians. */
  readonly ours: number;
  readonly peer: number;
  /** Our time by the peer's: below 1 we are faster. */
  readonly ratio: number;
  readonly unit: "s";
  /** Peaks in MB. */
  readonly peakMB: number;
  readonly peerPeakMB: number;
}

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    runs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    dir: { type: "string" },
  },
});
const work = await Deno.makeTempDir({
  prefix: "mmfsync-bench-",
  ...(options.dir ? { dir: options.dir } : {}),
});

try {
  const rows = await bench();
  print(rows);
  if ("bandwidth".includes(options.only)) print(await benchBandwidth());
  if (options.json) await Deno.writeTextFile(options.json, JSON.stringify(rows, null, 2) + "\n");
} finally {
  await Deno.remove(work, { recursive: true });
}

function print(rows: readonly { readonly name: string }[]): void {
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
}

async function bench(): Promise<Row[]> {
  const [nginx, curl, aria2c, openssl] = await Promise.all([
    findProgram("nginx"),
    findProgram("curl"),
    findProgram("aria2c", "aria2"),
    findProgram("openssl"),
  ]);
  if (!nginx) {
    console.log("Skipped: nginx is not here and could not be installed");
    return [];
  }
  const served = join(work, "served");
  const [large] = await makeFiles(join(served, "large"), 1, 1024 ** 3);
  const [medium] = await makeFiles(join(served, "medium"), 1, 256 * 1024 ** 2);
  const small = await makeFiles(join(served, "small"), 3000, 50_000);
  if (!large || !medium) throw new Error("There is nothing to serve");
  const server = await startNginx(nginx, served);
  try {
    const setting: Bench = { ...server, large, medium, small, curl, aria2c, openssl };
    const rows: Row[] = [];
    for (const one of benchCases(setting)) {
      if (!one.name.includes(options.only)) continue;
      const row = await versus(one);
      if (row) rows.push(row);
      else console.log(`Skipped: ${one.name}, which is not here and could not be installed`);
    }
    return rows;
  } finally {
    await server.stop();
  }
}

/**
 * Runs both in turn and compares their medians, after a warm-up where there are several runs. Who is first alternates:
 * memory and room that were just freed are cheaper to get, or dearer, than others.
 */
async function versus(
  { name, ours, peer, isMany = false, runs = Number(options.runs) }: Case,
): Promise<Row | null> {
  const sides = [{ make: ours, all: [] as Run[] }, { make: peer, all: [] as Run[] }] as const;
  const [{ all: our }, { all: theirs }] = sides;
  const warmUps = runs > 1 ? 1 : 0;
  for (let i = 0; i < runs + warmUps; i++) {
    const outs: string[] = [];
    for (const { make, all } of i % 2 === 0 ? sides : sides.toReversed()) {
      const out = await Deno.makeTempDir({ dir: work });
      outs.push(out);
      const command = await make(out);
      if (!command) return null;
      // Who does not flush leaves that to be done while the next one is measured.
      await new Deno.Command("sync").output();
      all.push(await measure(command));
    }
    // ext4 takes its time to give out what was just freed: what many files leave behind stays until the end.
    if (!isMany) { for (const out of outs) await Deno.remove(out, { recursive: true }); }
    const [a, b] = [our, theirs].map((all) => all[i]?.seconds.toFixed(2));
    console.error(`${name}: ${i + 1 - warmUps} of ${runs} — ${a} s, ${b} s`);
  }
  const time = (all: Run[]) => median(all.slice(warmUps).map(({ seconds }) => seconds));
  const peak = (all: Run[]) => Math.round(Math.max(...all.map(({ peakMB }) => peakMB)));
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    name,
    ours: round(time(our)),
    peer: round(time(theirs)),
    ratio: round(time(our) / time(theirs)),
    unit: "s",
    peakMB: peak(our),
    peerPeakMB: peak(theirs),
  };
}
