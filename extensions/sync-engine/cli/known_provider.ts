import { SyncError } from "../platform/errors.ts";
import type { EngineDoor } from "./opened_engine.ts";

type Plugin = ReturnType<EngineDoor["plugins"]>[number];

/**
 * The provider with this id.
 *
 * @throws {SyncError} `badInput` with the known ones when there is none.
 */
export function knownProvider(engine: Pick<EngineDoor, "plugins">, id: string): Plugin {
  const plugins = engine.plugins();
  const plugin = plugins.find((one) => one.id === id);
  if (plugin) return plugin;
  const ids = plugins.map((one) => one.id).join(", ");
  throw new SyncError("badInput", `There is no provider "${id}", known are: ${ids}`);
}
