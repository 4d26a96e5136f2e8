import type { EngineConfig } from "./engine_config.ts";
import { type Settings, SettingsSchema } from "./protocol.ts";
import type { Store } from "./store/store.ts";

/** No well-known service has it, and it is below the range that systems hand out by themselves. */
const DEFAULT_SIGN_IN_PORT = 7330;

/** All settings; what was not chosen, or cannot be read, is as it is to begin with. */
export function readSettings(
  { settings }: Pick<Store, "settings">,
  { root, defaultRoot }: Pick<EngineConfig, "root" | "defaultRoot">,
): Settings {
  const schemas = SettingsSchema.entries;
  return {
    root: root ?? settings.get("root", schemas.root, defaultRoot),
    concurrency: settings.get("concurrency", schemas.concurrency, 3),
    connections: settings.get("connections", schemas.connections, 4),
    newWanted: settings.get("newWanted", schemas.newWanted, true),
    bandwidth: settings.get("bandwidth", schemas.bandwidth, null),
    bandwidthWindows: settings.get("bandwidthWindows", schemas.bandwidthWindows, []),
    nightlyVerify: settings.get("nightlyVerify", schemas.nightlyVerify, null),
    signInPort: settings.get("signInPort", schemas.signInPort, DEFAULT_SIGN_IN_PORT),
    watchFolder: settings.get("watchFolder", schemas.watchFolder, null),
    watchMove: settings.get("watchMove", schemas.watchMove, false),
    theme: settings.get("theme", schemas.theme, "system"),
    notifications: settings.get("notifications", schemas.notifications, true),
    language: settings.get("language", schemas.language, "system"),
  };
}
