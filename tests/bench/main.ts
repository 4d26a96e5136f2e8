// deno-lint-ignore-file no-console -- a command line tool
/**
 * `npm run bench`: us and the peers, side by side, from one nginx on loopback. Ours is the whole queue:
 * SHA-256 of every file, flushed to disk, sidecars, database. Prints medians, ratios and peak memory; with
 * `--json FILE` also writes them there.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Command, findProgram, measure, median, type Run } from "./measure.ts";
import { startNginx } from "./nginx.ts";
import { prepareQueue } from "./prepare_queue.ts";

interface Row {
  readonly name: string;
  /** Seconds, medians. */
  readonly ours: number;
  readonly peer: number;
  /** Our time by the peer's: below 1 we are faster. */
  readonly ratio: number;
  readonly unit: "s";
  /** Our peak in MB. */
  readonly peakMB: number;
}

interface BenchFile {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    runs: { type: "string", default: "5" },
    dir: { type: "string" },
  },
});
const runs = Number(options.runs);
const work = await Deno.makeTempDir({
  prefix: "mmfsync-bench-",
  ...(options.dir ? { dir: options.dir } : {}),
});

try {
  const rows = await bench();
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])));
  if (options.json) await Deno.writeTextFile(options.json, JSON.stringify(rows, null, 2) + "\n");
} finally {
  await Deno.remove(work, { recursive: true });
}

async function bench(): Promise<Row[]> {
  const [nginx, curl, aria2c] = await Promise.all([
    findProgram("nginx"),
    findProgram("curl"),
    findProgram("aria2c", "aria2"),
  ]);
  if (!nginx) {
    console.log("Skipped: nginx is not here and could not be installed");
    return [];
  }
  const large = join(work, "served/large");
  const small = join(work, "served/small");
  const largeFiles = await makeFiles(large, 1, 1024 ** 3);
  const smallFiles = await makeFiles(small, 3000, 50_000);
  const server = await startNginx(nginx, join(work, "served"));
  try {
    const rows: Row[] = [];
    const largeUrl = `${server.origin}/large/0.bin`;
    const urls = smallFiles.map(({ name }) => `${server.origin}/small/${name}`);
    const ourLarge = () => prepareQueue(work, `${server.origin}/large`, largeFiles);
    const ourSmall = () => prepareQueue(work, `${server.origin}/small`, smallFiles);
    if (curl) {
      rows.push(
        await versus("1 GiB vs curl", ourLarge, (out) => ({
          program: curl,
          args: ["-sS", "-o", join(out, "0.bin"), largeUrl],
        })),
      );
    } else console.log("Skipped: curl is not here and could not be installed");
    if (aria2c) {
      const checksum = `--checksum=sha-256=${largeFiles[0]?.sha256}`;
      rows.push(
        await versus("1 GiB vs aria2c --checksum", ourLarge, (out) => ({
          program: aria2c,
          args: ["-q", "-x1", checksum, "-d", out, largeUrl],
        })),
      );
    } else console.log("Skipped: aria2c is not here and could not be installed");
    if (curl) {
      const list = join(work, "curl.txt");
      await Deno.writeTextFile(
        list,
        urls.map((url) => `url = "${url}"\nremote-name\n`).join(""),
      );
      rows.push(
        await versus("3,000 x 50 KB vs curl -Z", ourSmall, (out) => ({
          program: curl,
          args: ["-sS", "-Z", "--parallel-max", "3", "--output-dir", out, "-K", list],
        })),
      );
    }
    if (aria2c) {
      const list = join(work, "aria2.txt");
      await Deno.writeTextFile(
        list,
        smallFiles.map(({ sha256 }, i) => `${urls[i]}\n  checksum=sha-256=${sha256}\n`).join(""),
      );
      rows.push(
        await versus("3,000 x 50 KB vs aria2c -j3", ourSmall, (out) => ({
          program: aria2c,
          args: ["-q", "-j3", "-d", out, "-i", list],
        })),
      );
    }
    return rows;
  } finally {
    await server.stop();
  }
}

/** Runs both in turn, one warm-up each, and compares their medians. */
async function versus(
  name: string,
  ours: () => Promise<Command>,
  peer: (out: string) => Command,
): Promise<Row> {
  const [our, theirs]: [Run[], Run[]] = [[], []];
  for (let i = 0; i <= runs; i++) {
    our.push(await measure(await ours()));
    const out = await Deno.makeTempDir({ dir: work });
    theirs.push(await measure(peer(out)));
    await Deno.remove(out, { recursive: true });
    console.error(
      `${name}: ${i} of ${runs} — ${our[i]?.seconds.toFixed(2)} s, ${
        theirs[i]?.seconds.toFixed(2)
      } s`,
    );
  }
  const [ourTime, peerTime] = [our, theirs].map((all) =>
    median(all.slice(1).map((run) => run.seconds))
  );
  const round = (value = NaN) => Math.round(value * 1000) / 1000;
  return {
    name,
    ours: round(ourTime),
    peer: round(peerTime),
    ratio: round((ourTime ?? NaN) / (peerTime ?? NaN)),
    unit: "s",
    peakMB: Math.round(Math.max(...our.map(({ peakMB }) => peakMB))),
  };
}

/** Files of pseudo-random bytes, which no layer below can compress away. */
async function makeFiles(dir: string, count: number, size: number): Promise<BenchFile[]> {
  await Deno.mkdir(dir, { recursive: true });
  const block = new Uint8Array(Math.min(size, 65_536));
  const files: BenchFile[] = [];
  for (let n = 0; n < count; n++) {
    const name = `${n}.bin`;
    const hash = createHash("sha256");
    using file = await Deno.open(join(dir, name), { write: true, create: true });
    for (let at = 0; at < size; at += block.length) {
      const bytes = crypto.getRandomValues(block).subarray(0, size - at);
      hash.update(bytes);
      await file.write(bytes);
    }
    files.push({ name, size, sha256: hash.digest("hex") });
  }
  return files;
}
