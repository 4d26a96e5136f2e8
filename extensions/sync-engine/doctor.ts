import prettyBytes from "pretty-bytes";
import { SyncError } from "./platform/errors.ts";
import type { Clock, Fs, Secrets } from "./platform/ports.ts";
import type { Plugin } from "./plugins/registry.ts";
import type { CheckedSignIn } from "./protocol.ts";
import { readRootId } from "./root_id.ts";
import type { Store } from "./store/store.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, and what to do when it is not well. */
  readonly text: string;
}

export interface DoctorReport {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** What {@linkcode runDoctor} looks at. */
export interface DoctorPorts {
  readonly store: Store;
  readonly fs: Fs;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly plugins: readonly Plugin[];
  /** Absolute path of the library root. */
  readonly root: string;
  /** Asks a site whether its sign-ins are still good; null for asking none. */
  readonly checkSignIns: ((provider: string) => Promise<readonly CheckedSignIn[]>) | null;
}

/** Free space below which the doctor warns: 1 GB. */
const LITTLE_SPACE = 1e9;

/** Looks for what commonly goes wrong: keychain, folder, space, database, providers, sign-ins. Changes nothing. */
export async function runDoctor(ports: DoctorPorts): Promise<DoctorReport> {
  const findings = [
    await look("keychain", () => keychain(ports)),
    await look("folder", () => folder(ports)),
    await look("space", () => space(ports)),
    await look("database", () => database(ports)),
    ...await Promise.all(ports.plugins.map((plugin) => look(plugin.id, () => provider(plugin)))),
    ...(await Promise.all(ports.plugins.map((plugin) => signIns(ports, plugin)))).flat(),
  ];
  return { ok: findings.every(({ ok }) => ok), findings };
}

/** Turns a look that throws into a finding that is not well. */
async function look(name: string, find: () => Promise<string> | string): Promise<Finding> {
  try {
    return { name, ok: true, text: await find() };
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { name, ok: false, text: error.message };
  }
}

async function keychain({ secrets }: DoctorPorts): Promise<string> {
  await secrets.get("doctor", "probe");
  return "Credentials can be stored";
}

async function folder({ fs, root, store }: DoctorPorts): Promise<string> {
  const info = await fs.stat(root);
  if (!info && readRootId(store) === null) return `${root} will be created by the first sync`;
  if (info?.kind === "directory") return root;
  throw new SyncError("permission", `${root} is not there. If it is on a drive, connect it`);
}

async function space({ fs, root }: DoctorPorts): Promise<string> {
  const free = await fs.freeSpace(root);
  const text = `${prettyBytes(free)} free`;
  if (free < LITTLE_SPACE) {
    throw new SyncError("diskFull", `Free some space, there is only ${text}`);
  }
  return text;
}

function database({ store }: DoctorPorts): string {
  const damage = store.check();
  if (damage !== null) throw new SyncError("integrity", `The database is damaged: ${damage}`);
  if (store.networkDrive === null) return "The database is sound";
  return `The database is sound. It is on a network drive (${store.networkDrive}), which is slower: ` +
    "a folder of this computer is a better place for it, the library itself may stay there";
}

/** Without names: what the doctor says is handed on to others. */
async function signIns(
  { checkSignIns, store, clock }: DoctorPorts,
  { id, name, state, enabled }: Plugin,
): Promise<Finding[]> {
  if (!checkSignIns || state !== "built-in" || !enabled || !store.accounts.get(id)) return [];
  const findings: Finding[] = [];
  for (const { scheme, outcome, check, problem } of await checkSignIns(id)) {
    const text = {
      good: `${name} accepts this sign-in${
        check?.until ? `, ${left(check.until - clock.now())}` : ""
      }`,
      ended: `${name} does not accept this sign-in any more: sign in again`,
      unknown: `${name} could not be asked: ${problem?.message}`,
    }[outcome];
    findings.push({ name: `${id} ${scheme}`, ok: outcome === "good", text });
  }
  return findings;
}

function left(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  return days < 1 ? "for less than a day" : `for ${days} more day${days === 1 ? "" : "s"}`;
}

function provider({ name, version, state, reason }: Plugin): string {
  if (reason) throw new SyncError("badInput", `${name} cannot be used: ${reason}`);
  return `${name} ${version} (${state})`;
}
