import { join } from "node:path";
import { projectPath } from "../support/profile.ts";
import type { BenchFile } from "./make_files.ts";
import type { Command } from "./measure.ts";
import { prepareQueue } from "./prepare_queue.ts";

/** Programs to measure against; null for what is not here. */
export interface Peers {
  readonly curl: string | null;
  readonly aria2c: string | null;
  readonly openssl: string | null;
}

/** What a case works with. */
export interface Bench extends Peers {
  /** Of the server, as fast as it can. */
  readonly origin: string;
  /** Of the same server, at 5 MB/s for each connection. */
  readonly slowOrigin: string;
  readonly large: BenchFile;
  readonly medium: BenchFile;
  readonly small: readonly BenchFile[];
}

/** Two commands that do the same, one of them ours. */
export interface Case {
  readonly name: string;
  /** Our command, which writes below `out`, a directory of its own. */
  readonly ours: (out: string) => Promise<Command>;
  /** The peer's; null where the peer is not here. */
  readonly peer: (out: string) => Promise<Command | null>;
  /** Whether a run leaves thousands of files. */
  readonly isMany?: boolean;
  /** Runs, where one takes too long for many. @default what the user says */
  readonly runs?: number;
}

/** Transfers at once, on either side. */
const CONCURRENCY = "3";

/** Connections for one file, on either side. */
const CONNECTIONS = "4";

/** All that is measured. */
export function benchCases(bench: Bench): Case[] {
  const { origin, slowOrigin, large, medium, small } = bench;
  const ourLarge = (out: string) => prepareQueue(out, `${origin}/large`, [large]);
  const ourSmall = (out: string) => prepareQueue(out, `${origin}/small`, small);
  const ourSlow = (out: string) => prepareQueue(out, `${slowOrigin}/medium`, [medium]);
  const curlMany = async (out: string) => {
    const list = join(out, "curl.txt");
    const urls = small.map(({ name }) => `url = "${origin}/small/${name}"\nremote-name\n`);
    await Deno.writeTextFile(list, urls.join(""));
    return ["-sS", "-Z", "--parallel-max", CONCURRENCY, "--output-dir", out, "-K", list];
  };
  return [
    {
      name: "1 GiB vs curl",
      ours: ourLarge,
      peer: (out) =>
        run(bench.curl, ["-sS", "-o", join(out, large.name), `${origin}/large/${large.name}`]),
    },
    {
      name: "1 GiB vs curl, sha256sum and sync",
      ours: ourLarge,
      peer: (out) => {
        const text = `"$0" -sS -o "$1" "$2" && sha256sum "$1" && sync "$1"`;
        const args = [join(out, large.name), `${origin}/large/${large.name}`];
        return Promise.resolve(shell(bench.curl, text, args));
      },
    },
    {
      name: "1 GiB vs aria2c --checksum",
      ours: ourLarge,
      peer: (out) => run(bench.aria2c, aria2c(out, `${origin}/large`, large, "1")),
    },
    {
      name: "256 MiB at 5 MB/s a connection vs our one connection",
      ours: ourSlow,
      peer: (out) => prepareQueue(out, `${slowOrigin}/medium`, [medium], 1),
      runs: 1,
    },
    {
      name: "256 MiB at 5 MB/s a connection vs aria2c -x4 -s4",
      ours: ourSlow,
      peer: (out) => run(bench.aria2c, aria2c(out, `${slowOrigin}/medium`, medium, CONNECTIONS)),
      runs: 2,
    },
    {
      name: "3,000 x 50 KB vs curl -Z",
      ours: ourSmall,
      isMany: true,
      peer: async (out) => run(bench.curl, await curlMany(out)),
    },
    {
      name: "3,000 x 50 KB vs curl -Z, sha256sum and sync",
      ours: ourSmall,
      isMany: true,
      peer: async (out) => {
        const text = `cd "$1" && shift && "$0" "$@" && sha256sum *.bin && sync *.bin .`;
        return shell(bench.curl, text, [out, ...await curlMany(out)]);
      },
    },
    {
      name: "3,000 x 50 KB vs aria2c -j3",
      ours: ourSmall,
      isMany: true,
      peer: async (out) => {
        const list = join(out, "aria2.txt");
        const entries = small.map(({ name, sha256 }) =>
          `${origin}/small/${name}\n  checksum=sha-256=${sha256}\n`
        );
        await Deno.writeTextFile(list, entries.join(""));
        return run(bench.aria2c, ["-q", `-j${CONCURRENCY}`, "-d", out, "-i", list]);
      },
    },
    {
      name: "Verifying 1 GiB that is in memory vs openssl dgst",
      ours: () => {
        const script = projectPath("tests/bench/run_verify.ts");
        const args = [script, large.path, String(large.size), large.sha256];
        return Promise.resolve({ program: Deno.execPath(), args: ["run", "-A", ...args] });
      },
      peer: () => run(bench.openssl, ["dgst", "-sha256", large.path]),
    },
  ];
}

/** A script whose `$0` is a program that may not be here. */
function shell(program: string | null, text: string, args: readonly string[]): Command | null {
  return program === null ? null : { program: "sh", args: ["-c", text, program, ...args] };
}

function aria2c(out: string, origin: string, file: BenchFile, connections: string): string[] {
  const checksum = `--checksum=sha-256=${file.sha256}`;
  const pieces = [`-x${connections}`, `-s${connections}`];
  return ["-q", ...pieces, checksum, "-d", out, `${origin}/${file.name}`];
}

// deno-lint-ignore require-await -- some peers have to write a list first
async function run(program: string | null, args: string[]): Promise<Command | null> {
  return program === null ? null : { program, args };
}
