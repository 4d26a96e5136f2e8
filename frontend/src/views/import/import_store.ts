import { type Accessor, createSignal, onCleanup } from "solid-js";
import type { ImportSummary } from "../../../../extensions/sync-engine/protocol.ts";
import { isAbort } from "../../bridge/bridge.ts";
import type { App } from "../../stores/app.tsx";
import { type SavedText, sendFiles } from "./send_files.ts";

/** Milliseconds for reading a list of any length. */
const READ_DEADLINE = 600_000;

/** Milliseconds for signing in on the site and handing the library over: longer than the engine waits. */
const WINDOW_DEADLINE = 45 * 60_000;

/** How far an import is. */
export type ImportState =
  | { readonly kind: "idle" }
  /** The user is at the window on the site. */
  | { readonly kind: "window" }
  /** It was closed before anything was handed over. */
  | { readonly kind: "closed" }
  /** Bytes. */
  | { readonly kind: "sending"; readonly sent: number; readonly of: number }
  /** Entries that were read so far. */
  | { readonly kind: "reading"; readonly rows: number }
  | { readonly kind: "done"; readonly summary: ImportSummary }
  | { readonly kind: "failed"; readonly error: unknown };

/** Imports, one after the other. */
export interface Imports {
  readonly state: Accessor<ImportState>;
  run(provider: string, texts: readonly SavedText[]): void;
  /** Opens a window on the site, where the user hands the list over. */
  openWindow(provider: string): void;
  closeWindow(): void;
  /** Whether {@linkcode runAgain} has something to run: what a window handed over is not kept. */
  canRunAgain(): boolean;
  /** The same again, and what is missing in it is gone. */
  runAgain(): void;
  reset(): void;
}

/** Lives as long as the component that made it; an import that it has handed over goes on. */
export function createImports({ bridge, hello }: Pick<App, "bridge" | "hello">): Imports {
  const [state, setState] = createSignal<ImportState>({ kind: "idle" });
  const stop = new AbortController();
  let under: string | null = null;
  let last: { readonly provider: string; readonly texts: readonly SavedText[] } | null = null;
  onCleanup(() => stop.abort());
  onCleanup(bridge.on("scan", ({ provider, seen, done }) => {
    if (state().kind !== "reading" || provider !== under || done) return;
    setState({ kind: "reading", rows: seen });
  }));

  async function start(
    provider: string,
    texts: readonly SavedText[],
    acceptRemovals: boolean,
  ): Promise<void> {
    last = { provider, texts };
    under = provider;
    const of = texts.reduce((sum, { content }) => sum + content.size, 0);
    setState({ kind: "sending", sent: 0, of });
    try {
      const documents = await sendFiles(texts, {
        base: hello()?.mediaBase ?? "",
        signal: stop.signal,
        onProgress: (sent) => setState({ kind: "sending", sent, of }),
        fetch: globalThis.fetch.bind(globalThis),
      });
      setState({ kind: "reading", rows: 0 });
      const params = { provider, documents, acceptRemovals };
      const options = { deadline: READ_DEADLINE, signal: stop.signal };
      setState({ kind: "done", summary: await bridge.call("library.import", params, options) });
    } catch (error) {
      if (!isAbort(error)) setState({ kind: "failed", error });
    }
  }

  onCleanup(bridge.on("libraryWindow", ({ provider, phase }) => {
    if (state().kind === "window" && provider === under && phase === "reading") {
      setState({ kind: "reading", rows: 0 });
    }
  }));

  async function atWindow(provider: string): Promise<void> {
    last = null;
    under = provider;
    setState({ kind: "window" });
    try {
      const options = { deadline: WINDOW_DEADLINE, signal: stop.signal };
      const summary = await bridge.call("library.window", { provider }, options);
      setState(summary === null ? { kind: "closed" } : { kind: "done", summary });
    } catch (error) {
      if (!isAbort(error)) setState({ kind: "failed", error });
    }
  }

  const isUnderWay = () => ["window", "sending", "reading"].includes(state().kind);
  return {
    state,
    run(provider, texts) {
      if (!isUnderWay() && texts.length > 0) void start(provider, texts, false);
    },
    openWindow(provider) {
      if (!isUnderWay()) void atWindow(provider);
    },
    closeWindow() {
      // How it ended is told by the call that opened it.
      bridge.call("library.closeWindow", {}).catch(() => {});
    },
    canRunAgain: () => last !== null,
    runAgain() {
      if (!isUnderWay() && last) void start(last.provider, last.texts, true);
    },
    reset() {
      if (!isUnderWay()) setState({ kind: "idle" });
    },
  };
}
