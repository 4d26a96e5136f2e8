import { join } from "node:path";
import { SyncError } from "../platform/errors.ts";
import type { Fs, Log } from "../platform/ports.ts";
import { checkImports } from "./import_check.ts";
import { type Manifest, parseManifest, SUPPORTED_API_VERSION } from "./manifest.ts";
import { permissionsOf } from "./permissions.ts";

/**
 * - `built-in`: comes with the app
 * - `unsigned`: put there by the user; runs in developer mode only
 * - `invalid`: cannot be used, `reason` says why
 */
export type PluginState = "built-in" | "unsigned" | "invalid";

/** A plugin that was found. */
export interface Plugin {
  readonly id: string;
  readonly name: string;
  /** Empty when the manifest cannot be read. */
  readonly version: string;
  readonly state: PluginState;
  /** Why it is invalid, else null. */
  readonly reason: string | null;
  readonly enabled: boolean;
  /** All that it may reach. */
  readonly hosts: readonly string[];
  /** All that it may do, in plain words; none while it cannot be used. */
  readonly permissions: readonly string[];
}

/** Where the user's choices are kept. */
export interface PluginSettings {
  /** True where nothing was chosen. */
  get(key: string): boolean;
  set(key: string, value: boolean): void;
}

export interface RegistryOptions {
  /** Folder with a folder for each provider that comes with the app. */
  readonly builtinDir: string;
  /** The same for what the user put there; may be absent. */
  readonly pluginsDir: string;
  readonly fs: Pick<Fs, "list" | "readText">;
  readonly settings: PluginSettings;
  readonly log: Log;
  /** Lets unsigned plugins run. @default {false} */
  readonly developerMode?: boolean;
}

/** The plugins of this installation, as they were when it was opened. */
export interface Registry {
  /** By id. */
  list(): readonly Plugin[];
  /**
   * What is needed to run a plugin; whether it is enabled is the caller's matter.
   *
   * @throws {SyncError} badInput when it is unknown or may not run
   */
  get(id: string): Loaded;
  /** @throws {SyncError} badInput when it is unknown */
  setEnabled(id: string, enabled: boolean): void;
}

/** What was read of a plugin that can be used. */
export interface Loaded {
  readonly manifest: Manifest;
  readonly source: string;
  /**
   * What runs in its window on the site, where the user types a password: null for everything that does not come with
   * the app, whatever its manifest says.
   */
  readonly windowScript: string | null;
}

interface Found {
  readonly id: string;
  readonly state: PluginState;
  readonly reason: string | null;
  /** Null when invalid. */
  readonly loaded: Loaded | null;
}

/** Looks for `<folder>/<id>/provider.toml` in both folders and reads what they name. */
export async function createRegistry(options: RegistryOptions): Promise<Registry> {
  const { builtinDir, pluginsDir, fs, settings, log, developerMode = false } = options;
  const plugins = new Map<string, Found>();
  for (const [dir, state] of [[builtinDir, "built-in"], [pluginsDir, "unsigned"]] as const) {
    for (const name of await foldersOf(fs, dir)) {
      const found = await look(fs, dir, name, state);
      if (!found) continue;
      if (plugins.has(name)) {
        log.warn("Plugin left out", { plugin: name, reason: "its id belongs to a built-in one" });
        continue;
      }
      if (found.reason) log.warn("Plugin is invalid", { plugin: name, reason: found.reason });
      plugins.set(name, found);
    }
  }

  function find(id: string): Found {
    const found = plugins.get(id);
    if (found) return found;
    throw new SyncError("badInput", `There is no plugin "${id}"`);
  }

  return {
    list: () =>
      [...plugins.values()].map(({ id, state, reason, loaded }) => ({
        id,
        name: loaded?.manifest.name ?? id,
        version: loaded?.manifest.version ?? "",
        state,
        reason,
        enabled: settings.get(keyOf(id)),
        hosts: loaded?.manifest.hosts ?? [],
        permissions: loaded ? permissionsOf(loaded.manifest) : [],
      })).sort((a, b) => a.id < b.id ? -1 : 1),
    get(id) {
      const { state, reason, loaded } = find(id);
      if (!loaded) throw new SyncError("badInput", `The plugin "${id}" cannot be used: ${reason}`);
      if (state === "unsigned" && !developerMode) {
        throw new SyncError(
          "badInput",
          `The plugin "${id}" is not signed: switch on the developer mode to run it at your own risk`,
        );
      }
      return loaded;
    },
    setEnabled: (id, enabled) => settings.set(keyOf(find(id).id), enabled),
  };
}

function keyOf(id: string): string {
  return `plugins.${id}.enabled`;
}

async function foldersOf(fs: RegistryOptions["fs"], dir: string): Promise<string[]> {
  const entries = await fs.list(dir);
  return entries.filter(({ kind }) => kind === "directory").map(({ name }) => name).sort();
}

/** Null when the folder holds no plugin. */
async function look(
  fs: RegistryOptions["fs"],
  dir: string,
  id: string,
  state: PluginState,
): Promise<Found | null> {
  try {
    const toml = await fs.readText(join(dir, id, "provider.toml"));
    if (toml === null) return null;
    const manifest = parseManifest(toml);
    requireUsable(manifest, id);
    const source = await fs.readText(join(dir, id, manifest.entry));
    if (source === null) throw new SyncError("badInput", `${manifest.entry} is not there`);
    checkImports(source);
    const script = state === "built-in" ? manifest.import?.window?.script : undefined;
    const windowScript = script === undefined ? null : await fs.readText(join(dir, id, script));
    if (script !== undefined && windowScript === null) {
      throw new SyncError("badInput", `${script} is not there`);
    }
    return { id, state, reason: null, loaded: { manifest, source, windowScript } };
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { id, state: "invalid", reason: error.message, loaded: null };
  }
}

function requireUsable({ id, apiVersion }: Manifest, folder: string): void {
  if (id !== folder) {
    throw new SyncError("badInput", `Its id is "${id}", but its folder is called "${folder}"`);
  }
  if (apiVersion !== SUPPORTED_API_VERSION) {
    throw new SyncError(
      "badInput",
      `It is made for version ${apiVersion} of the plugin interface, this app speaks ${SUPPORTED_API_VERSION}`,
    );
  }
}
