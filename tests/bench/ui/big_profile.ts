import { join } from "node:path";
import { openEngine } from "../../../extensions/sync-engine/cli/compose.ts";
import { systemClock } from "../../../extensions/sync-engine/platform/clock.ts";
import { openStore } from "../../../extensions/sync-engine/store/store.ts";
import { LibraryMaker } from "../store_data.ts";

/** A profile that is ready to be served. Paths absolute. */
export interface BigProfile {
  readonly home: string;
  /** The passphrase of its sign-ins. */
  readonly key: string;
}

/**
 * Makes a profile with so many made-up models of which nothing is wanted, and the simulator's own that are: those are
 * what is downloaded.
 */
export async function makeBigProfile(
  assets: number,
  site: { readonly connectTo: Readonly<Record<string, string>>; readonly session: string },
): Promise<BigProfile> {
  const home = await Deno.makeTempDir({ prefix: "mmfsync-bench-ui-" });
  const profile = join(home, "profile");
  const key = "a passphrase for the benchmark";
  const { engine, close } = await openEngine({
    profile,
    ownProfile: false,
    hosted: false,
    readOnly: false,
    root: null,
    defaultRoot: join(home, "library"),
    key,
    opensWindows: false,
    simulated: false,
    connectTo: site.connectTo,
    emit: () => {},
  });
  await engine.accounts.login({ provider: "mmf", scheme: "session", secret: site.session });
  await engine.sync({ fetch: false });
  await close();
  const store = openStore({ dir: profile, clock: systemClock });
  const maker = new LibraryMaker();
  const made = Array.from({ length: assets }, (_, n) => maker.asset(n + 1_000_000));
  store.assets.upsertMany(made, 1, { wanted: false });
  for (let start = 0; start < made.length; start += 1000) {
    store.transaction(() => {
      for (const asset of made.slice(start, start + 1000)) {
        store.files.upsertForAsset(asset.id, maker.files(asset, 3));
        store.assets.setDetail(asset.id, {
          revision: asset.revision,
          description: null,
          license: null,
          availability: "public",
        });
      }
    });
  }
  store.close();
  return { home, key };
}
