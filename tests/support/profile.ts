import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { createHttp } from "../../extensions/sync-engine/platform/http.ts";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { systemRandom } from "../../extensions/sync-engine/platform/random.ts";
import type { Clock, Fs, Http } from "../../extensions/sync-engine/platform/ports.ts";
import type { SiteWindows } from "../../extensions/sync-engine/platform/site_window.ts";
import { createMemorySecrets } from "../../extensions/sync-engine/platform/secrets/memory.ts";
import { MemoryLog } from "../../extensions/sync-engine/platform/testing/memory_log.ts";
import { Engine, type EngineConfig } from "../../extensions/sync-engine/engine.ts";
import type { Emit, EventName, Events } from "../../extensions/sync-engine/protocol.ts";
import type { Simulator } from "../../providers/mmf/simulator/mod.ts";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A path below the project's root. */
export function projectPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** One event as it was told. */
export type Heard = {
  [E in EventName]: { readonly event: E; readonly data: Events[E] };
}[EventName];

/** A fresh profile with its library root, and an engine on it that reaches a simulator. */
export interface TestProfile extends AsyncDisposable {
  readonly engine: Engine;
  readonly root: string;
  readonly appData: string;
  readonly log: MemoryLog;
  /** Everything that the engine told, in order. */
  readonly heard: Heard[];
  /** Closes the engine and opens another one on the same profile. */
  reopen(): Promise<Engine>;
  /** Tries to open a second engine beside the first. */
  openAnother(config?: Partial<EngineConfig>): Promise<Engine>;
}

export interface TestProfileOptions {
  /** @default {the system's} */
  readonly clock?: Clock;
  /** @default {the disk} */
  readonly fs?: Fs;
  /** @default {the network with the simulator behind it} */
  readonly http?: Http;
  readonly config?: Partial<EngineConfig>;
  /** @default none can be opened */
  readonly siteWindows?: SiteWindows;
  /** @default {true} */
  readonly signIn?: boolean;
}

/** Opens a profile of its own in a temporary folder. */
export async function openTestProfile(
  simulator: Pick<Simulator, "connectTo" | "session">,
  { clock = systemClock, fs = createDiskFs(), http, config = {}, siteWindows, signIn = true }:
    TestProfileOptions = {},
): Promise<TestProfile> {
  const home = await Deno.makeTempDir({ prefix: "mmfsync-test-" });
  const { connectTo } = simulator;
  const network = createHttp({ userAgent: "mmfsync/test", connectTo });
  const log = new MemoryLog();
  const heard: Heard[] = [];
  // The union's members pair each name with its own data; TypeScript loses that through a type parameter.
  const emit: Emit = (event, data) => void heard.push({ event, data } as Heard);
  const secrets = createMemorySecrets();
  const appData = join(home, "app");
  const root = join(home, "library");
  const open = (more: Partial<EngineConfig> = {}) =>
    Engine.open({
      clock,
      fs,
      http: http ?? network,
      random: systemRandom,
      secrets,
      log,
      emit,
      ...(siteWindows ? { siteWindows } : {}),
    }, {
      appData,
      defaultRoot: root,
      providersDir: projectPath("dist/providers"),
      runtime: {
        deno: Deno.execPath(),
        childPath: projectPath("extensions/sync-engine/plugins/sandbox_child.ts"),
      },
      pacing: { requestsPerSecond: 10_000, burst: 10_000 },
      ...config,
      ...more,
    });
  let engine = await open();
  if (signIn) {
    await engine.accounts.login({ provider: "mmf", scheme: "session", secret: simulator.session });
  }
  return {
    get engine() {
      return engine;
    },
    root,
    appData,
    log,
    heard,
    async reopen() {
      await engine.close();
      return engine = await open();
    },
    openAnother: open,
    async [Symbol.asyncDispose]() {
      await engine.close();
      network[Symbol.dispose]();
      await Deno.remove(home, { recursive: true });
    },
  };
}
