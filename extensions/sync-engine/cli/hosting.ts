import { resolve } from "node:path";
import type { Fs } from "../platform/ports.ts";
import { parseConnectTo } from "./connect_to.ts";
import { readKey } from "./key.ts";
import { type Profile, resolveProfile } from "./profile.ts";
import type { CommonOptions } from "./session.ts";
import type { Reporter } from "./reporter.ts";
import type { SessionPorts } from "./with_session.ts";
import type { World } from "./world.ts";

/** What a host that lives as long as its windows works with. */
export interface Hosting {
  readonly world: World;
  readonly fs: Fs;
  readonly reporter: Reporter;
  /** Aborts when the user wants it to end. */
  readonly signal: AbortSignal;
  readonly profile: Profile;
  /** The library root that was given, null for the remembered one. */
  readonly root: string | null;
  /** Passphrase of the encrypted secrets file, null for the keychain. */
  readonly key: string | null;
  readonly connectTo: Readonly<Record<string, string>>;
}

/** The work of a host; resolves to the exit code. */
export type HostWork = (hosting: Hosting) => Promise<number>;

/** Runs a host, and hands its exit code on. */
export type RunHost = (options: CommonOptions, work: HostWork) => Promise<void>;

/** Finds what the options name. Opens nothing yet. */
export async function prepareHosting(
  { world, fs, reporter, signal }: SessionPorts,
  options: CommonOptions,
): Promise<Hosting> {
  const { cwd } = world;
  const home = world.env("MMFSYNC_HOME");
  const profile = await resolveProfile({ ...options, home, cwd, fs });
  const given = options.root === undefined ? null : resolve(cwd, options.root);
  return {
    world,
    fs,
    reporter,
    signal,
    profile,
    root: profile.portableRoot ?? given,
    key: await readKey(fs, { keyFile: options.keyFile, key: world.env("MMFSYNC_KEY"), cwd }),
    connectTo: parseConnectTo(world.env("MMFSYNC_CONNECT_TO")),
  };
}
