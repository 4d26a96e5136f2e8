import { fileURLToPath } from "node:url";
import { systemClock } from "../../extensions/sync-engine/platform/clock.ts";
import { SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import { createHttp } from "../../extensions/sync-engine/platform/http.ts";
import { serveLoopback } from "../../extensions/sync-engine/platform/testing/loopback.ts";
import { MemoryLog } from "../../extensions/sync-engine/platform/testing/memory_log.ts";
import { parseManifest } from "../../extensions/sync-engine/plugins/manifest.ts";
import {
  createProviderClient,
  type ProviderClient,
} from "../../extensions/sync-engine/plugins/provider_client.ts";
import type { SandboxLimits } from "../../extensions/sync-engine/plugins/sandbox.ts";

const MIB = 1024 * 1024;

const MANIFEST = parseManifest(`
id = "evil"
name = "Evil"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["allowed.example", "cdn.allowed.example"]
[[auth.schemes]]
id = "token"
header = "Authorization"
prefix = "Bearer "
hosts = ["allowed.example"]
[rate]
requests_per_second = 20
burst = 20
[http]
max_response_mb = 1
timeout_seconds = 5
`);

/** What the site was sent. */
export interface Seen {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface World extends AsyncDisposable {
  /** The plugin's client: `authenticate()` runs the attempt. */
  readonly client: ProviderClient;
  /** Requests that reached the allowed site. */
  readonly seen: Seen[];
  /** Requests that reached a site that no plugin may reach. */
  readonly trespasses: string[];
  readonly log: MemoryLog;
}

/**
 * A plugin, two sites on loopback and everything between them as in the app. In `source`, `FORBIDDEN`
 * and `PORT` stand for the origin and the port of a site that the manifest does not name.
 */
export function startWorld(source: string, limits: SandboxLimits = {}): World {
  const seen: Seen[] = [];
  const trespasses: string[] = [];
  const log = new MemoryLog();
  const forbidden = serveLoopback((request) => {
    trespasses.push(request.url);
    return new Response("secret");
  });
  const allowed = serveLoopback((request) => {
    const { pathname, searchParams } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    seen.push({ host: headers["host"] ?? "", path: pathname, headers });
    const to = searchParams.get("to");
    if (to) return new Response(null, { status: 302, headers: { location: to } });
    return new Response(pathname === "/big" ? "x".repeat(2 * MIB) : "fine", {
      headers: { "set-cookie": "session=secret" },
    });
  });
  const http = createHttp({
    userAgent: "mmfsync/test",
    connectTo: {
      "https://allowed.example": allowed.origin,
      "https://cdn.allowed.example": allowed.origin,
      "https://forbidden.example": forbidden.origin,
    },
  });
  const client = createProviderClient({
    manifest: MANIFEST,
    source: source.replaceAll("FORBIDDEN", forbidden.origin)
      .replaceAll("PORT", String(forbidden.port)),
    runtime: {
      deno: Deno.execPath(),
      childPath: fileURLToPath(
        new URL("../../extensions/sync-engine/plugins/sandbox_child.ts", import.meta.url),
      ),
      limits: { callMs: 20_000, heartbeatMs: 10_000, heap: 96 * MIB, memory: 256 * MIB, ...limits },
    },
    http,
    credentials: { get: () => Promise.resolve("T0KEN"), renew: () => Promise.resolve(false) },
    clock: systemClock,
    random: { next: () => 0 },
    log,
  });
  return {
    client,
    seen,
    trespasses,
    log,
    async [Symbol.asyncDispose]() {
      await client.close();
      http[Symbol.dispose]();
      await Promise.all([allowed[Symbol.asyncDispose](), forbidden[Symbol.asyncDispose]()]);
    },
  };
}

/** A plugin whose `authenticate` runs `body` and answers what it returns as the account's name. */
export function attempt(body: string): string {
  return `export default {
    async authenticate(host) {
      const answer = await (async () => { ${body} })();
      return { id: "1", name: typeof answer === "string" ? answer : JSON.stringify(answer ?? null) };
    },
    async libraryPage() { return { seen: 0, assets: [], merged: 0, quarantined: [], next: null }; },
  };`;
}

/** Runs an attempt to its end: what the plugin got to know, or how it failed. */
export async function run({ client }: World): Promise<string | SyncError> {
  try {
    return (await client.authenticate()).name;
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
}
