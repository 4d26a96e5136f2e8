import { Accounts } from "./accounts.ts";
import { Assets } from "./assets.ts";
import { backUpWeekly, findDamage } from "./backups.ts";
import { Denials } from "./denials.ts";
import { Files } from "./files.ts";
import { Findings } from "./findings.ts";
import { Fingerprints } from "./fingerprints.ts";
import { Handovers } from "./handovers.ts";
import { History } from "./history.ts";
import { Jobs } from "./jobs.ts";
import { openDatabase, type OpenDatabaseOptions } from "./open_database.ts";
import { openForReading } from "./open_for_reading.ts";
import { Paces } from "./paces.ts";
import { Parts } from "./parts.ts";
import { Pauses } from "./pauses.ts";
import { networkDrive } from "./network_drive.ts";
import { readRecovery, type Recovered } from "./recover.ts";
import { Releases } from "./releases.ts";
import { Recognitions } from "./recognitions.ts";
import { Removals } from "./removals.ts";
import { Repairs } from "./repairs.ts";
import { Scans } from "./scans.ts";
import { Settings } from "./settings.ts";
import { Verifications } from "./verifications.ts";
import type { Database } from "./database.ts";

/** Everything that is remembered. */
export interface Store {
  readonly assets: Assets;
  readonly files: Files;
  readonly jobs: Jobs;
  readonly parts: Parts;
  readonly fingerprints: Fingerprints;
  readonly recognitions: Recognitions;
  readonly releases: Releases;
  readonly removals: Removals;
  readonly verifications: Verifications;
  readonly findings: Findings;
  readonly repairs: Repairs;
  readonly history: History;
  readonly scans: Scans;
  readonly accounts: Accounts;
  readonly denials: Denials;
  readonly handovers: Handovers;
  readonly paces: Paces;
  readonly pauses: Pauses;
  readonly settings: Settings;
  /** How a damaged or lost database was replaced, when the library was not read back from its folders since. */
  readonly recovered: Recovered | null;
  /** Which kind of network drive holds the database, null for a local disk. */
  readonly networkDrive: string | null;
  /**
   * Runs `work` so that all of its changes are kept or none. Inside another transaction it joins that one.
   * `work` must not be asynchronous.
   */
  transaction<T>(work: () => T): T;
  /** A transaction that a power cut cannot take back once it has returned. Must not stand inside another. */
  durably<T>(work: () => T): T;
  /** Whether an asset's folder or a file has this path; `key` is the path, case- and form-folded. */
  pathTaken(key: string): boolean;
  /** Copies the whole database to a file that is not there yet. */
  copyTo(path: string): void;
  /** What SQLite's quick check finds wrong, null when nothing. */
  check(): string | null;
  /** Makes a backup when a week has passed since the last one. Returns whether it did. */
  backUpWeekly(): boolean;
  close(): void;
}

/** Opens the store of an app data directory, making it when there is none. */
export function openStore(options: OpenDatabaseOptions): Store {
  const { db, path } = openDatabase(options);
  return createStore(db, options, path);
}

/** Opens the store beside whoever writes to it; every change is refused. Empty where there is none yet. */
export function openStoreForReading(options: OpenDatabaseOptions): Store {
  return createStore(openForReading(options.dir), options, null);
}

/** @param path Of the database, null when it is only read. */
function createStore(
  db: Database,
  { dir, clock }: OpenDatabaseOptions,
  path: string | null,
): Store {
  const settings = new Settings(db);
  const assets = new Assets(db, clock);
  const files = new Files(db);
  return {
    assets,
    files,
    jobs: new Jobs(db),
    parts: new Parts(db),
    fingerprints: new Fingerprints(db),
    recognitions: new Recognitions(db),
    releases: new Releases(db),
    removals: new Removals(db),
    verifications: new Verifications(db),
    findings: new Findings(db),
    repairs: new Repairs(db),
    history: new History(db),
    scans: new Scans(db, clock),
    accounts: new Accounts(db),
    denials: new Denials(db),
    handovers: new Handovers(db),
    paces: new Paces(db),
    pauses: new Pauses(db),
    settings,
    recovered: readRecovery(settings),
    networkDrive: networkDrive(dir),
    transaction: (work) => db.transaction(work),
    durably: (work) => db.durably(work),
    pathTaken: (key) => files.pathTaken(key) !== null || assets.folderOwner(key) !== null,
    copyTo: (path) => void db.run("VACUUM INTO ?", path),
    check: () => findDamage(db),
    backUpWeekly: () => path !== null && backUpWeekly(db, path, clock.now()),
    close: () => db.close(),
  };
}
