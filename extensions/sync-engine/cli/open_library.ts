import { join } from "node:path";
import type { OpenedLibrary, OpenLibrary } from "../app/app.ts";
import type { Emit } from "../protocol.ts";
import type { Hosting } from "./hosting.ts";
import type { EngineDoor, EngineSetup } from "./opened_engine.ts";
import { type DemoSite, ensureCard, readCard } from "./profile_card.ts";
import type { Simulator } from "./simulator.ts";

/** Opens the libraries of a host: the user's own, and the one of a simulated site beside it. */
export function libraryOpener(
  given: Hosting,
  site: DemoSite,
  { opensWindows = false }: Partial<Pick<EngineSetup, "opensWindows">> = {},
): OpenLibrary {
  const hosting = { ...given, opensWindows };
  return (kind, emit) => kind === "own" ? openOwn(hosting, emit) : openDemo(hosting, site, emit);
}

type Opening = Hosting & Pick<EngineSetup, "opensWindows">;

async function openOwn(hosting: Opening, emit: Emit): Promise<OpenedLibrary> {
  const { fs, profile, root, world } = hosting;
  const site = (await readCard(fs, profile.dir))?.demo ?? null;
  const library = await open(hosting, emit, {
    dir: profile.dir,
    isOwn: profile.own,
    defaultRoot: join(world.home, "MyMiniFactorySync"),
    site,
  });
  const { engine } = library;
  if (root !== null && root !== engine.settings().root) engine.changeSettings({ root });
  return library;
}

/** All of it lies in the user's profile, apart from what is the user's. */
async function openDemo(hosting: Opening, site: DemoSite, emit: Emit): Promise<OpenedLibrary> {
  const place = join(hosting.profile.dir, "demo");
  const dir = join(place, "profile");
  await ensureCard(hosting.fs, dir, site);
  const library = await open(hosting, emit, {
    dir,
    isOwn: false,
    defaultRoot: join(place, "library"),
    site,
  });
  const { engine } = library;
  // Of a new demo nothing is fetched yet, so that there is something to choose.
  if (engine.status().library.assets === 0) engine.changeSettings({ newWanted: false });
  engine.startSync({ fetch: false });
  return library;
}

interface Place {
  readonly dir: string;
  readonly isOwn: boolean;
  readonly defaultRoot: string;
  /** Null for a library of real sites. */
  readonly site: DemoSite | null;
}

async function open(
  { world, key, connectTo, opensWindows }: Opening,
  emit: Emit,
  { dir, isOwn, defaultRoot, site }: Place,
): Promise<OpenedLibrary> {
  const simulator = site && await world.startSimulator(site);
  try {
    const { engine, close } = await world.openEngine({
      profile: dir,
      ownProfile: isOwn,
      hosted: true,
      readOnly: false,
      root: null,
      defaultRoot,
      key,
      simulated: simulator !== null,
      connectTo: { ...connectTo, ...simulator?.connectTo },
      opensWindows,
      emit,
    });
    const closeAll = async () => {
      await close();
      await simulator?.close();
    };
    try {
      if (simulator) await signIn(engine, simulator);
    } catch (error) {
      await close();
      throw error;
    }
    return { engine, appData: dir, close: closeAll };
  } catch (error) {
    await simulator?.close();
    throw error;
  }
}

async function signIn(engine: EngineDoor, { session }: Simulator): Promise<void> {
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: session });
}
