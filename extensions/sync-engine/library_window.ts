import {
  type Delivery,
  type Outcome,
  receiveDelivery,
} from "./accounts/site_window/receive_delivery.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import type { ListenOnLoopback } from "./platform/loopback_server.ts";
import type { Clock, Log } from "./platform/ports.ts";
import type { SiteWindow, SiteWindows } from "./platform/site_window.ts";
import type { Registry } from "./plugins/registry.ts";
import { type LibraryImport, MOST_BYTES } from "./library_import.ts";
import type { Emit, ImportSummary } from "./protocol.ts";

/** Milliseconds that the user has for signing in on the site and handing the library over. */
export const WINDOW_MS = 30 * 60_000;

/** What {@linkcode LibraryWindow} needs. */
export interface LibraryWindowPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: Emit;
  readonly listen: ListenOnLoopback;
  readonly registry: Pick<Registry, "get">;
  /** Null where no window can be opened. */
  readonly windows: SiteWindows | null;
  readonly importing: Pick<LibraryImport, "run">;
  /** Throws when nothing may be changed now. */
  readonly requireIdle: () => void;
}

/**
 * A window of the app on the real site: the user signs in there as in any browser, and the page itself, at a press of the
 * user's, hands over the list of the library. The app sees neither the sign-in nor the session.
 */
export class LibraryWindow {
  readonly #ports: LibraryWindowPorts;
  #stop: AbortController | null = null;
  /** Stays open after the handing over, until the user has read how it went. */
  #window: SiteWindow | null = null;

  constructor(ports: LibraryWindowPorts) {
    this.#ports = ports;
  }

  /**
   * Opens the window, waits for the library and takes it in. One at a time.
   *
   * @returns Null when the window was closed, or nobody used it in time.
   * @throws {SyncError} `badInput` when there can be no window, another one is open or a job runs, `permission` when the
   * system shows none, `cancelled` by the signal; else why the import failed.
   */
  async run(provider: string, signal?: AbortSignal): Promise<ImportSummary | null> {
    const { registry, windows, listen, requireIdle } = this.#ports;
    requireIdle();
    if (this.#stop) {
      throw new SyncError("badInput", "A window on the site is open already: use it or close it");
    }
    const { manifest, windowScript } = registry.get(provider);
    const url = manifest.import?.window?.url;
    if (windows === null || windowScript === null || url === undefined) {
      throw new SyncError(
        "badInput",
        `No window on ${manifest.name} can be opened here: save the list in your browser and import the file`,
      );
    }
    const stop = this.#stop = new AbortController();
    this.#window?.close();
    const page = windows.actual(new URL(url));
    const receiver = await receiveDelivery(listen, { origin: page.origin, longest: MOST_BYTES })
      .catch((error) => {
        this.#stop = null;
        throw error;
      });
    try {
      const { address } = receiver;
      this.#window = await windows.open({
        url: page.href,
        title: manifest.name,
        script: withDelivery(windowScript, { address, origin: page.origin }),
      });
      this.#tell(provider, "waiting");
      const signals = AbortSignal.any([stop.signal, ...signal ? [signal] : []]);
      const delivery = await this.#delivered(receiver.delivery, this.#window.closed, signals);
      if (delivery === null) {
        this.#window.close();
        return null;
      }
      this.#tell(provider, "reading");
      return await this.#takeIn(provider, delivery, signals);
    } finally {
      this.#stop = null;
      this.#tell(provider, "over");
      // Answers first what is being answered.
      await receiver.close();
    }
  }

  /** Closes the window, if there is one; nothing is taken. */
  cancel(): null {
    this.#stop?.abort(new SyncError("cancelled", "The window was closed"));
    if (this.#stop === null) this.#window?.close();
    return null;
  }

  /** Resolves when the window is gone, with all that the site left in it. */
  async close(): Promise<void> {
    this.cancel();
    this.#window?.close();
    await this.#window?.closed.catch(() => {});
  }

  /** Null when the window is gone or the time is over. */
  async #delivered(
    delivery: Promise<Delivery>,
    closed: Promise<void>,
    signal: AbortSignal,
  ): Promise<Delivery | null> {
    const done = new AbortController();
    const over = this.#ports.clock.sleep(WINDOW_MS, AbortSignal.any([signal, done.signal]));
    try {
      return await Promise.race([delivery, closed.then(() => null), over.then(() => null)]);
    } catch (error) {
      if (!signal.aborted) throw classifyThrown(error);
      this.#window?.close();
      return null;
    } finally {
      done.abort();
    }
  }

  async #takeIn(
    provider: string,
    { text, answer }: Delivery,
    signal: AbortSignal,
  ): Promise<ImportSummary> {
    const file = { name: "What the window handed over", bytes: new TextEncoder().encode(text) };
    const savedAt = this.#ports.clock.now();
    try {
      const summary = await this.#ports.importing.run(provider, [file], { savedAt }, signal);
      answer(takenText(summary));
      this.#ports.log.info("The library was handed over", { provider, models: summary.assets });
      return summary;
    } catch (error) {
      const failure = classifyThrown(error);
      const text =
        `${failure.message}. Close this window; in the app, open a new one to try again.`;
      answer({ status: 400, heading: "The library was not taken", text });
      throw failure;
    }
  }

  #tell(provider: string, phase: "waiting" | "reading" | "over"): void {
    this.#ports.emit("libraryWindow", { provider, phase });
  }
}

/** A function of its own, so that no page sees what the script is told. JSON is JavaScript (ECMA-262 since 2019). */
function withDelivery(script: string, delivery: unknown): string {
  return `(function (delivery) {\n${script}\n})(${JSON.stringify(delivery)});\n`;
}

/** What the window shows at the end. */
function takenText({ rows, assets, merged, quarantined, incomplete }: ImportSummary): Outcome {
  const number = (n: number) => n.toLocaleString("en-US");
  const doubt = incomplete === null ? "" : ` Nothing was marked as gone: ${incomplete}.`;
  return {
    status: 200,
    heading: "Your library was handed over",
    text:
      `${number(assets)} models, from ${number(rows)} entries: ${
        number(merged)
      } repeated others, ` +
      `${
        number(quarantined)
      } were not understood.${doubt} You can close this window. What the site left in it is ` +
      "deleted with it.",
  };
}
