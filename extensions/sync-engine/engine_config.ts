import type { ListenOnLoopback } from "./platform/loopback_server.ts";
import type { Clock, Fs, Http, Log, Random, Secrets } from "./platform/ports.ts";
import type { SiteWindows } from "./platform/site_window.ts";
import type { Rate } from "./plugins/manifest.ts";
import type { ProviderRuntime } from "./plugins/provider_client.ts";
import type { Resolve } from "./plugins/target_guard.ts";
import type { Emit } from "./protocol.ts";
import type { SyncRunOptions } from "./sync_run.ts";

/** The world, as the engine is given it. */
export interface EnginePorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly fs: Fs;
  readonly http: Http;
  /** Opened when a credential is first needed: a keychain may ask the user. */
  readonly secrets: Secrets;
  readonly log: Log;
  /** Looks up host names, so that providers cannot reach private networks. @default not looked up */
  readonly resolve?: Resolve;
  /** Waits for browsers that come back from signing in. @default {listenOnLoopback} */
  readonly listen?: ListenOnLoopback;
  /** Opens windows of the app on sites. @default there are none */
  readonly siteWindows?: SiteWindows;
  /** Hears all events. */
  readonly emit: Emit;
}

/** Where things are. All paths absolute. */
export interface EngineConfig {
  /** The profile: database, lock, logs, plugins. */
  readonly appData: string;
  /** Library root until the user chooses another. */
  readonly defaultRoot: string;
  /** Folder of the built-in providers' bundles. */
  readonly providersDir: string;
  /** What `~` stands for in a path that the user enters. @default the system's */
  readonly home?: string;
  /** How providers are run. */
  readonly runtime: ProviderRuntime;
  /** Pace of requests instead of the manifests', for simulators. @default the manifests' */
  readonly pacing?: Rate;
  /**
   * Opens the profile beside an engine that works on it: nothing is locked, made or changed, and what would change
   * something is refused.
   *
   * @default {false}
   */
  readonly readOnly?: boolean;
  /** Library root whatever is remembered, for an engine that only reads. @default {undefined} */
  readonly root?: string;
  /** Longest waits in milliseconds before a sync ends and leaves the rest for the next one. */
  readonly patience?: Pick<SyncRunOptions, "longestWaitMs" | "longestFullDiskMs">;
  /**
   * Fetches at once what is resumed, tried again or queued otherwise; else that waits for the next sync.
   *
   * @default {true}
   */
  readonly fetchesByItself?: boolean;
}
