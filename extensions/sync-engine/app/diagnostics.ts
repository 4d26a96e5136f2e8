import { join } from "node:path";
import { scrub } from "../platform/scrub.ts";
import type { Clock, Fs } from "../platform/ports.ts";
import type { EngineStatus, Finding, PluginRow, Settings } from "../protocol.ts";
import { logTail } from "./log_tail.ts";
import { withoutUser } from "./without_user.ts";

const LOG_LINES = 500;

/** The engine, as far as diagnostics ask it. */
export interface Diagnosed {
  settings(): Settings;
  status(): EngineStatus;
  plugins(): readonly Pick<PluginRow, "id" | "version" | "state" | "enabled" | "reason">[];
  doctor(
    options: { readonly asksSites: false },
  ): Promise<{ readonly findings: readonly Finding[] }>;
}

/** What {@linkcode exportDiagnostics} needs. */
export interface DiagnosticsPorts {
  readonly fs: Pick<Fs, "stat" | "open" | "mkdir" | "writeTextAtomic">;
  readonly clock: Pick<Clock, "now">;
  readonly engine: Diagnosed;
  /** The profile's folder. */
  readonly appData: string;
  /** The user's home. */
  readonly home: string;
  /** Of the app. */
  readonly version: string;
  /** What it runs on, by name: `{ os: "linux", deno: "2.9.6" }`. */
  readonly platform: Readonly<Record<string, string>>;
}

/**
 * Writes what helps to find a fault into `<appData>/diagnostics/`: versions, settings, counts, the doctor's findings and
 * the newest lines of the log. Neither secrets nor the names of the user, of accounts or of models are in it.
 *
 * @returns The file's absolute path.
 */
export async function exportDiagnostics(ports: DiagnosticsPorts): Promise<string> {
  const { fs, clock, appData, home } = ports;
  const at = new Date(clock.now()).toISOString();
  const report = cleaned(await gather(ports, at), (text) => scrub(withoutUser(text, home)));
  const folder = join(appData, "diagnostics");
  await fs.mkdir(folder);
  // 2026-01-31T12:34:56.789Z becomes 20260131T123456Z: a colon is no character for a file name.
  const path = join(folder, `mmfsync-${at.replace(/[-:]|\.\d+/g, "")}.json`);
  await fs.writeTextAtomic(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}

async function gather(
  { engine, fs, appData, version, platform }: DiagnosticsPorts,
  at: string,
): Promise<unknown> {
  const { providers, ...status } = engine.status();
  const { findings } = await engine.doctor({ asksSites: false });
  return {
    at,
    version,
    platform,
    settings: engine.settings(),
    status: {
      ...status,
      providers: providers.map(({ account, ...provider }) => ({
        ...provider,
        signedIn: account !== null,
      })),
    },
    plugins: engine.plugins().map(({ id, version, state, enabled, reason }) => ({
      id,
      version,
      state,
      enabled,
      reason,
    })),
    findings,
    log: await logTail(fs, appData, LOG_LINES),
  };
}

/** The same with every text cleaned, however deep. */
function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((one) => cleaned(one, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, cleaned(one, clean)]),
  );
}
