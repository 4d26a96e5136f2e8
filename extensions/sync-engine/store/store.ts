import type { Clock } from "../platform/ports.ts";
import { Accounts } from "./accounts.ts";
import { Assets } from "./assets.ts";
import { Files } from "./files.ts";
import { History } from "./history.ts";
import { Jobs } from "./jobs.ts";
import { openDatabase, type OpenDatabaseOptions } from "./open_database.ts";
import { Parts } from "./parts.ts";
import { Pauses } from "./pauses.ts";
import { Scans } from "./scans.ts";
import { Settings } from "./settings.ts";
import type { Database } from "./database.ts";

/** Everything that is remembered. */
export interface Store {
  readonly assets: Assets;
  readonly files: Files;
  readonly jobs: Jobs;
  readonly parts: Parts;
  readonly history: History;
  readonly scans: Scans;
  readonly accounts: Accounts;
  readonly pauses: Pauses;
  readonly settings: Settings;
  /** Where a damaged database was put, when this store had to start empty. */
  readonly recovered: string | null;
  /**
   * Runs `work` so that all of its changes are kept or none. Inside another transaction it joins that one.
   * `work` must not be asynchronous.
   */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens the store of an app data directory, making it when there is none. */
export function openStore(options: OpenDatabaseOptions): Store {
  const { db, recovered } = openDatabase(options);
  return createStore(db, options.clock, recovered);
}

function createStore(db: Database, clock: Clock, recovered: string | null): Store {
  return {
    assets: new Assets(db, clock),
    files: new Files(db),
    jobs: new Jobs(db),
    parts: new Parts(db),
    history: new History(db),
    scans: new Scans(db, clock),
    accounts: new Accounts(db),
    pauses: new Pauses(db),
    settings: new Settings(db),
    recovered,
    transaction: (work) => db.transaction(work),
    close: () => db.close(),
  };
}
