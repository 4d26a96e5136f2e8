import { join, resolve } from "node:path";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";
import { parseConnectTo } from "./connect_to.ts";
import { readKey } from "./key.ts";
import type { EngineDoor } from "./opened_engine.ts";
import { holdsLibrary, portableProfile, type Profile, resolveProfile } from "./profile.ts";
import { type DemoSite, ensureCard, readCard } from "./profile_card.ts";
import type { Reporter } from "./reporter.ts";
import type { CommonOptions, Needs, Work } from "./session.ts";
import type { World } from "./world.ts";

/** What {@linkcode withSession} needs. */
export interface SessionPorts {
  readonly world: World;
  readonly fs: Fs;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** Opens the profile that the options name, does the work, and closes all again. */
export async function withSession(
  { world, fs, reporter, signal }: SessionPorts,
  options: CommonOptions,
  needs: Needs,
  work: Work,
): Promise<number> {
  const connectTo = parseConnectTo(world.env("MMFSYNC_CONNECT_TO"));
  const { profile, root } = await findPlace(world, fs, options, needs);
  const demo = await demoOf(fs, profile, needs.demo ?? null);
  const key = await readKey(fs, {
    keyFile: options.keyFile,
    key: world.env("MMFSYNC_KEY"),
    cwd: world.cwd,
  });
  const simulator = demo && needs.sites ? await world.startSimulator(demo) : null;
  try {
    const { engine, close } = await world.openEngine({
      profile: profile.dir,
      ownProfile: profile.own,
      defaultRoot: join(world.home, "3D Library"),
      key,
      simulated: demo !== null,
      connectTo: { ...connectTo, ...simulator?.connectTo },
      emit: reporter.hear,
    });
    try {
      tellRecovery(engine, reporter);
      return await inRoot(engine, { root, profile, chooses: needs.choosesRoot }, async () => {
        if (simulator) await engine.signIn("mmf", "session", simulator.session, signal);
        return await work({ world, engine, reporter, signal, profile, demo });
      });
    } finally {
      await close();
    }
  } finally {
    await simulator?.close();
  }
}

/** A demo lives in its own folder, so that it touches nothing of the user's. */
async function findPlace(
  world: World,
  fs: Fs,
  options: CommonOptions,
  needs: Needs,
): Promise<{ readonly profile: Profile; readonly root: string | null }> {
  const given = options.root === undefined ? null : resolve(world.cwd, options.root);
  if (needs.demo) {
    const root = given ?? await Deno.makeTempDir({ prefix: "mmfsync-demo-" });
    if (options.appData === undefined) return { profile: portableProfile(root), root };
    return { profile: await resolveProfile({ ...options, cwd: world.cwd, fs }), root };
  }
  const home = world.env("MMFSYNC_HOME");
  const profile = await resolveProfile({ ...options, home, cwd: world.cwd, fs });
  return { profile, root: profile.portableRoot ?? given };
}

async function demoOf(
  fs: Fs,
  { dir }: Profile,
  wanted: DemoSite | null,
): Promise<DemoSite | null> {
  const known = (await readCard(fs, dir))?.demo ?? null;
  if (wanted === null) return known;
  if (known === null && await holdsLibrary(fs, dir)) {
    throw new SyncError(
      "badInput",
      `The profile in "${dir}" is of a real library: choose an empty folder for the demo with --root`,
    );
  }
  return (await ensureCard(fs, dir, wanted)).demo;
}

/** Works with the root that was given. A choice that turns out wrong is not remembered. */
async function inRoot(
  engine: EngineDoor,
  { root, profile, chooses }: {
    readonly root: string | null;
    readonly profile: Profile;
    readonly chooses: Needs["choosesRoot"];
  },
  work: () => Promise<number>,
): Promise<number> {
  const before = engine.settings().root;
  if (root === null || root === before) return await work();
  if (!chooses && profile.portableRoot === null) {
    throw new SyncError(
      "badInput",
      `There is no library in "${root}"; the one of this profile is in "${before}". ` +
        "To move there: settings set root",
    );
  }
  engine.changeSettings({ root });
  let keep = chooses !== "once";
  try {
    return await work();
  } catch (error) {
    const { kind } = classifyThrown(error);
    keep &&= kind !== "badInput" && kind !== "permission";
    throw error;
  } finally {
    if (!keep) engine.changeSettings({ root: before });
  }
}

function tellRecovery(engine: EngineDoor, reporter: Reporter): void {
  const { recovered } = engine.status();
  if (recovered === null) return;
  reporter.say(
    "recovered",
    { path: recovered },
    `The database was damaged and is now in ${recovered}. A sync fetches the library anew and leaves the files that are right alone.`,
  );
}
