import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";
import { parseConnectTo } from "./connect_to.ts";
import { readKey } from "./key.ts";
import type { EngineDoor } from "./opened_engine.ts";
import { quoted } from "./quoted.ts";
import {
  holdsLibrary,
  portableProfile,
  type Profile,
  profileOption,
  resolveProfile,
} from "./profile.ts";
import { type DemoSite, ensureCard, type ProfileCard, readCard } from "./profile_card.ts";
import { recoveryText } from "./recovery_text.ts";
import type { Reporter } from "./reporter.ts";
import type { CommonOptions, Needs, Session, Work } from "./session.ts";
import { printable } from "./wording.ts";
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
  // Before any folder is made.
  const connectTo = parseConnectTo(world.env("MMFSYNC_CONNECT_TO"));
  const place = await findPlace(world, fs, options, needs);
  try {
    return await inPlace({ world, fs, reporter, signal, connectTo }, place, options, needs, work);
  } finally {
    if (place.ownFolder && place.root !== null) {
      // A dry run kept nothing there; else it goes only when nothing came into it.
      const recursive = needs.choosesRoot === "once";
      await Deno.remove(place.root, { recursive }).catch(() => {});
    }
  }
}

/** Where a command works. */
interface Place {
  readonly profile: Profile;
  /** The root that was given or made, null for the remembered one. */
  readonly root: string | null;
  /** Whether the folder was made for this command. */
  readonly ownFolder: boolean;
}

async function inPlace(
  { world, fs, reporter, signal, connectTo }: SessionPorts & {
    readonly connectTo: Readonly<Record<string, string>>;
  },
  { profile, root, ownFolder }: Place,
  options: CommonOptions,
  needs: Needs,
  work: Work,
): Promise<number> {
  const card = await cardOf(fs, profile, needs.demo ?? null);
  const demo = card?.demo ?? null;
  const key = await readKey(fs, {
    keyFile: options.keyFile,
    key: world.env("MMFSYNC_KEY"),
    cwd: world.cwd,
  });
  const { reads = false } = needs;
  if (demo && needs.sites) reporter.note("Starting the simulated site …");
  const simulator = demo && needs.sites ? await world.startSimulator(demo) : null;
  try {
    const { engine, close } = await world.openEngine({
      profile: profile.dir,
      ownProfile: profile.own,
      hosted: false,
      readOnly: reads,
      root: reads ? profile.portableRoot : null,
      // A demo touches nothing of the user's.
      defaultRoot: card?.demo
        ? join(tmpdir(), `mmfsync-demo-${card.id}`)
        : join(world.home, "MyMiniFactorySync"),
      key,
      simulated: demo !== null,
      connectTo: { ...connectTo, ...simulator?.connectTo },
      opensWindows: true,
      emit: reporter.hear,
    });
    try {
      reporter.learn({
        names: new Map(engine.plugins().map(({ id, name }) => [id, printable(name)])),
        option: needs.choosesRoot === "once" ? null : profileOption(profile, world),
      });
      tellRecovery(engine, reporter, world);
      const session: Session = {
        world,
        engine,
        reporter,
        signal,
        profile,
        ownFolder,
        signInsAreIn: key === null ? "keychain" : "encrypted file",
        demo,
      };
      if (reads && profile.portableRoot !== null) return await work(session);
      return await inRoot(session, root, needs.choosesRoot, async () => {
        if (simulator) {
          await engine.accounts.login(
            { provider: "mmf", scheme: "session", secret: simulator.session },
            signal,
          );
        }
        return await work(session);
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
): Promise<Place> {
  const given = options.root === undefined ? null : resolve(world.cwd, options.root);
  if (needs.demo && options.appData === undefined) {
    const root = given ?? await Deno.makeTempDir({ prefix: "mmfsync-demo-" });
    return { profile: portableProfile(root), root, ownFolder: given === null };
  }
  const home = needs.demo ? undefined : world.env("MMFSYNC_HOME");
  const profile = await resolveProfile({ ...options, home, cwd: world.cwd, fs });
  return { profile, root: profile.portableRoot ?? given, ownFolder: false };
}

async function cardOf(
  fs: Fs,
  { dir }: Profile,
  wanted: DemoSite | null,
): Promise<ProfileCard | null> {
  const known = await readCard(fs, dir);
  if (wanted === null) return known;
  if (!known?.demo && await holdsLibrary(fs, dir)) {
    throw new SyncError(
      "badInput",
      `The profile in "${dir}" is of a real library: choose an empty folder for the demo with --root`,
    );
  }
  return await ensureCard(fs, dir, wanted);
}

/** Works with the root that was given. A choice that turns out wrong is not remembered. */
async function inRoot(
  { engine, profile, world }: Session,
  root: string | null,
  chooses: Needs["choosesRoot"],
  work: () => Promise<number>,
): Promise<number> {
  const before = engine.settings().root;
  if (root === null || root === before) return await work();
  if (!chooses && profile.portableRoot === null) {
    throw new SyncError(
      "badInput",
      `There is no library in "${root}"; the one of this profile is in "${before}". ` +
        `To move it there: ${world.programName} settings set root ${quoted(root, world)} --move`,
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

function tellRecovery(engine: EngineDoor, reporter: Reporter, world: World): void {
  const { recovered } = engine.status();
  if (recovered !== null) {
    reporter.say("recovered", recovered, recoveryText(recovered, world.clock.now()));
  }
}
