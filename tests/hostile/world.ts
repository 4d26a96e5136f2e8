import { classifyThrown } from "../../extensions/sync-engine/platform/classify.ts";
import { createDiskFs } from "../../extensions/sync-engine/platform/fs.ts";
import { createHttp } from "../../extensions/sync-engine/platform/http.ts";
import type { Fs } from "../../extensions/sync-engine/platform/ports.ts";
import type { EngineConfig } from "../../extensions/sync-engine/engine.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import type { SimulatorOptions } from "../../providers/mmf/simulator/mod.ts";
import { listenDeaf } from "../support/deaf_port.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { openTestProfile, projectPath, type TestProfile } from "../support/profile.ts";

/** A request as the engine sent it, whether or not a simulator got it. */
export interface SentRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since the Unix epoch, by the world's clock. */
  readonly at: number;
}

/** The real engine with the real provider, a site that can be made to misbehave, and time that flies. */
export interface World extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly profile: TestProfile;
  readonly clock: HastyClock;
  /** All that left the engine, in order. */
  readonly sent: readonly SentRequest[];
  /** What becomes of requests from now on. */
  setNetwork(network: Network): void;
}

/**
 * `refusing`: nobody listens where the site was. `none`: there is no way, as without a cable. `silent`: no connection is
 * ever made, as behind a router that has lost its own.
 */
export type Network = "there" | "refusing" | "none" | "silent";

export interface WorldOptions {
  /** @default {10 objects of a tiny file or so each, without oddities} */
  readonly site?: SimulatorOptions;
  readonly config?: Partial<EngineConfig>;
  /** Changes a request's headers on their way: what a proxy does, or a server that ignores them. */
  readonly onTheWay?: (headers: Readonly<Record<string, string>>) => Record<string, string>;
  /** Comes between the engine and the disk. */
  readonly watchFs?: (fs: Fs) => Fs;
  /** Adds to an answer's headers. */
  readonly onTheWayBack?: (status: number) => Readonly<Record<string, string>>;
}

/** Sandbox limits in time that flies: a plugin is never late by the clock, only by tests' own timeouts. */
const NEVER_MS = 24 * 60 * 60_000;

/** Starts a site and signs a fresh profile in to it. */
export async function openWorld(
  {
    site = {},
    config = {},
    watchFs = (fs) => fs,
    onTheWay = (headers) => headers,
    onTheWayBack = () => ({}),
  }: WorldOptions = {},
): Promise<World> {
  const clock = new HastyClock();
  const simulator = await startSimulator({
    objects: 10,
    filesPerObject: 1,
    images: 1,
    oddities: false,
    ...site,
    now: () => clock.now(),
  });
  const sent: SentRequest[] = [];
  const network = createHttp({ userAgent: "mmfsync/test" });
  const watched = clock.watchHttp(network);
  const nobody = portOfNobody();
  const deaf = await listenDeaf();
  let way: Network = "there";
  // Not by `connectTo`, for which Deno looks up the real names now and then: that takes seconds where there is no DNS.
  const onLoopback = (url: string): string => {
    const { origin, pathname, search } = new URL(url);
    const target = simulator.connectTo[origin];
    if (target === undefined) throw new Error(`Nobody may be asked for ${url}`);
    const origins = { there: target, none: target, refusing: nobody, silent: deaf.origin };
    return origins[way] + pathname + search;
  };
  const profile = await openTestProfile(simulator, {
    clock,
    fs: clock.watchFs(watchFs(createDiskFs())),
    http: {
      async send(request) {
        const { url, method = "GET", headers = {} } = request;
        sent.push({ url, method, headers, at: clock.now() });
        if (way === "none") throw classifyThrown(new Deno.errors.NetworkUnreachable());
        const { status, body, ...answer } = await watched.send({
          ...request,
          url: onLoopback(url),
          headers: onTheWay(headers),
        });
        // Those of an answer cannot be changed.
        const changed = new Headers(answer.headers);
        for (const [name, value] of Object.entries(onTheWayBack(status))) changed.set(name, value);
        return { status, body, headers: changed };
      },
    },
    config: {
      runtime: {
        deno: Deno.execPath(),
        childPath: projectPath("extensions/sync-engine/plugins/sandbox_child.ts"),
        limits: { callMs: NEVER_MS, heartbeatMs: NEVER_MS },
        idleMs: NEVER_MS,
      },
      ...config,
    },
  });
  return {
    simulator,
    profile,
    clock,
    sent,
    setNetwork(network) {
      way = network;
    },
    async [Symbol.asyncDispose]() {
      await profile[Symbol.asyncDispose]();
      await simulator.close();
      deaf.close();
      network[Symbol.dispose]();
      clock[Symbol.dispose]();
    },
  };
}

/** An origin that refuses connections. */
function portOfNobody(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${listener.addr.port}`;
}
