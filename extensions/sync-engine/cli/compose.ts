import { join } from "node:path";
import { Engine } from "../engine.ts";
import { classifyThrown } from "../platform/classify.ts";
import { systemClock } from "../platform/clock.ts";
import { SyncError } from "../platform/errors.ts";
import { createDiskFs } from "../platform/fs.ts";
import { createHttp } from "../platform/http.ts";
import { createLog } from "../platform/log.ts";
import { resolveHost } from "../platform/resolve.ts";
import { systemRandom } from "../platform/random.ts";
import { createMemorySecrets } from "../platform/secrets/memory.ts";
import { openSecrets } from "../platform/secrets/open_secrets.ts";
import { hostWindows } from "../platform/site_window.ts";
import { findHost } from "./find_host.ts";
import { createLazySecrets } from "./lazy_secrets.ts";
import type { EngineSetup, OpenedEngine } from "./opened_engine.ts";
import { PATHS } from "./paths.ts";
import { ensureCard, newCard, readCard } from "./profile_card.ts";
import { VERSION } from "./version.ts";

/** A command that nobody watches must not hold the profile for ever: half an hour to make room on a full disk. */
const PATIENCE = { longestFullDiskMs: 30 * 60_000 };

/** A simulated site is ours: it need not be spared. */
const UNPACED = { requestsPerSecond: 1000, burst: 1000 };

/** Whoever only reads leaves the log to the engine that works. */
const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  close: () => Promise.resolve(),
};

/** What to do first, what the system says last. */
function sayHowWithoutKeychain(error: unknown): never {
  const failure = classifyThrown(error);
  if (failure.kind !== "permission" || !(failure.cause instanceof SyncError)) throw failure;
  throw new SyncError(
    "permission",
    "No keychain here: set MMFSYNC_KEY to a passphrase or give --key-file, and sign-ins go into an " +
      `encrypted file; or unlock the keychain (${failure.cause.message})`,
    { cause: failure.cause },
  );
}

/** Puts the engine together with the real world. */
export async function openEngine(setup: EngineSetup): Promise<OpenedEngine> {
  const { profile, defaultRoot, key, simulated, connectTo, emit } = setup;
  const program = setup.opensWindows ? findHost() : null;
  const fs = createDiskFs();
  const ownerOnly = createDiskFs({ fileMode: 0o600 });
  const card = setup.readOnly
    ? await readCard(ownerOnly, profile) ?? newCard()
    : await ensureCard(ownerOnly, profile);
  const log = setup.readOnly
    ? SILENT
    : createLog({ dir: profile, clock: systemClock, salt: card.salt });
  const http = createHttp({ userAgent: `MyMiniFactory-Sync/${VERSION}`, connectTo });
  const secrets = simulated ? createMemorySecrets() : createLazySecrets(() =>
    openSecrets({
      dir: profile,
      ...(key === null ? {} : { key }),
      namespace: setup.ownProfile ? "" : card.id,
    }).catch(sayHowWithoutKeychain)
  );
  const closePorts = async () => {
    http[Symbol.dispose]();
    await log.close();
  };
  try {
    const engine = await Engine.open(
      {
        clock: systemClock,
        random: systemRandom,
        fs,
        http,
        secrets,
        log,
        emit,
        ...(program === null
          ? {}
          : { siteWindows: hostWindows(program, join(profile, "site_windows"), connectTo) }),
        // Where a simulator stands in for the site, the site's real addresses do not matter.
        ...(Object.keys(connectTo).length > 0 ? {} : { resolve: resolveHost }),
      },
      {
        appData: profile,
        defaultRoot,
        providersDir: PATHS.providers,
        runtime: { deno: Deno.execPath(), childPath: PATHS.sandboxChild },
        patience: PATIENCE,
        ...(simulated ? { pacing: UNPACED } : {}),
        readOnly: setup.readOnly,
        fetchesByItself: setup.hosted,
        ...(setup.root === null ? {} : { root: setup.root }),
      },
    );
    return {
      engine,
      async close() {
        await engine.close();
        await closePorts();
      },
    };
  } catch (error) {
    await closePorts();
    throw classifyThrown(error);
  }
}
