import * as v from "valibot";
import { type Failure, SyncError } from "../platform/errors.ts";
import type { Clock, Http, Log, Random } from "../platform/ports.ts";
import type {
  Account,
  AssetDetail,
  AssetRef,
  FileRef,
  Lease,
  LibraryPage,
  SavedDocument,
} from "../../../providers/sdk/mod.ts";
import { createHostHttp } from "./host_http.ts";
import { checkImports } from "./import_check.ts";
import { allowsHost, type Manifest } from "./manifest.ts";
import { hostRequest, RESULTS } from "./messages.ts";
import { createPacer, withOwnPause } from "./pacer.ts";
import { cleaned } from "./plugin_error.ts";
import type { Credentials } from "./request_headers.ts";
import { type Sandbox, type SandboxLimits, startSandbox } from "./sandbox.ts";
import type { Resolve } from "./target_guard.ts";

/** How plugins are run. */
export interface ProviderRuntime {
  /** Path of the Deno program. */
  readonly deno: string;
  /** Path of `sandbox_child.ts` or of its bundle. */
  readonly childPath: string;
  /** For tests: tighter than the defaults. @default {{}} */
  readonly limits?: SandboxLimits;
  /** Milliseconds without a call after which the plugin's process is ended. @default {60_000} */
  readonly idleMs?: number;
}

export interface ProviderClientOptions {
  readonly manifest: Manifest;
  /** The plugin's module. */
  readonly source: string;
  readonly runtime: ProviderRuntime;
  readonly http: Http;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Looks up host names, to refuse those of private networks. @default {undefined} not looked up */
  readonly resolve?: Resolve;
  /** Ids of releases that the provider need not ask about any more. @default none */
  readonly namedReleases?: () => readonly string[];
}

/**
 * A provider as the engine sees it: its methods answer checked data or fail with a `SyncError`. The
 * plugin's process is started when it is needed, ended when it is not, and started anew after a crash.
 */
export interface ProviderClient {
  readonly manifest: Manifest;
  authenticate(signal?: AbortSignal): Promise<Account>;
  libraryPage(cursor: string | null, signal?: AbortSignal): Promise<LibraryPage>;
  fileMeta(asset: AssetRef, signal?: AbortSignal): Promise<AssetDetail>;
  /** Asks nothing of any site; the documents are needed with the first page only. */
  importLibrary(
    documents: readonly SavedDocument[],
    cursor: string | null,
    signal?: AbortSignal,
  ): Promise<LibraryPage>;
  /** The address is on a host of the manifest. */
  downloadUrl(file: FileRef, signal?: AbortSignal): Promise<Lease>;
  /** Ends the plugin's process. */
  close(): Promise<void>;
}

const MIB = 1024 * 1024;

/**
 * Builds the client of one provider.
 *
 * @throws {SyncError} badInput when the module imports something or is too large
 */
export function createProviderClient(options: ProviderClientOptions): ProviderClient {
  const { manifest, source, runtime, clock, log } = options;
  const { id } = manifest;
  checkImports(source);
  const pacer = createPacer({ clock, ...manifest.rate });
  // The site limits download addresses apart: while it wants no more of them asked for, all else goes on.
  const linkPacer = withOwnPause(pacer, clock);
  const pacerOf = (method: string) => method === "downloadUrl" ? linkPacer : pacer;
  const request = createHostHttp({ ...options, pacer });
  const requestLink = createHostHttp({ ...options, pacer: linkPacer });
  const limits = { ...limitsFor(manifest), ...runtime.limits };
  let sandbox: Sandbox | null = null;
  let running = 0;
  let idle = new AbortController();
  let closed = false;

  function start(): Sandbox {
    return startSandbox({
      ...runtime,
      plugin: id,
      source,
      onHostCall,
      clock,
      log,
      limits,
    });
  }

  function onHostCall(asked: unknown, signal: AbortSignal, method: string) {
    if (method === "importLibrary") {
      return Promise.reject(
        new SyncError("bug", `The plugin "${id}" asks for something while it reads a saved list`),
      );
    }
    const parsed = v.safeParse(hostRequest, asked);
    const send = method === "downloadUrl" ? requestLink : request;
    if (parsed.success) return send(parsed.output, signal);
    return Promise.reject(
      new SyncError(
        "badInput",
        `A request of the plugin "${id}" is malformed: ${firstIssue(parsed)}`,
      ),
    );
  }

  async function call<T extends keyof typeof RESULTS>(
    method: T,
    params: readonly unknown[],
    signal: AbortSignal | undefined,
  ): Promise<v.InferOutput<(typeof RESULTS)[T]>> {
    signal?.throwIfAborted();
    if (closed) throw new SyncError("bug", `The provider "${id}" was used after its end`);
    idle.abort();
    running++;
    try {
      if (!sandbox?.alive) sandbox = start();
      const result = v.safeParse(RESULTS[method], await sandbox.call(method, params, signal));
      if (result.success) return result.output;
      throw new SyncError(
        "bug",
        `The plugin "${id}" answered ${method} with something wrong: ${firstIssue(result)}`,
      );
    } catch (error) {
      if (error instanceof SyncError && asksForSilence(error.failure)) {
        pacerOf(method).pauseUntil(clock.now() + error.failure.after);
      }
      throw error;
    } finally {
      if (--running === 0) endWhenIdle();
    }
  }

  function endWhenIdle() {
    idle = new AbortController();
    clock.sleep(runtime.idleMs ?? 60_000, idle.signal).then(() => stop(), () => {});
  }

  async function stop() {
    const stopped = sandbox;
    sandbox = null;
    await stopped?.close();
  }

  return {
    manifest,
    authenticate: (signal) => call("authenticate", [], signal),
    libraryPage: (cursor, signal) =>
      call("libraryPage", [cursor, options.namedReleases?.() ?? []], signal),
    fileMeta: (asset, signal) => call("fileMeta", [asset], signal),
    importLibrary: (documents, cursor, signal) =>
      call("importLibrary", [documents, cursor], signal),
    async downloadUrl(file, signal) {
      const lease = await call("downloadUrl", [file], signal);
      const url = new URL(lease.url);
      if (allowsHost(manifest, url)) return lease;
      throw new SyncError(
        "permission",
        `The plugin "${id}" gave a download address on ${url.host}, which its manifest does not name`,
      );
    },
    async close() {
      closed = true;
      idle.abort();
      await stop();
    },
  };
}

function asksForSilence(failure: Failure): failure is Failure & { readonly after: number } {
  return failure.kind === "throttled" || failure.kind === "challenged";
}

/** An answer of the largest size exists several times at once: as text, in transit and parsed. */
function limitsFor({ http }: Manifest): SandboxLimits {
  const heap = 128 * MIB + 8 * http.maxResponse;
  return {
    heap,
    memory: heap + 192 * MIB + 4 * http.maxResponse,
    largestMessage: http.maxResponse + MIB,
  };
}

function firstIssue({ issues: [issue] }: { issues: [v.BaseIssue<unknown>, ...unknown[]] }): string {
  return cleaned(`${v.getDotPath(issue) ?? "answer"}: ${issue.message}`);
}
