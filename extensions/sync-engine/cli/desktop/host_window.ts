import type { Clock } from "../../platform/ports.ts";
import type { HostChannel } from "../../rpc/host_channel.ts";

/** Milliseconds after which the window counts as there, even if no page has said so. */
const PATIENCE_MS = 5_000;

/** Events that only come once a page, and so the window, is there. */
const SIGNS: ReadonlySet<string> = new Set(["appClientConnect", "hello", "rpc"]);

/** The host's window. The engine is up before it, and what is asked of it too early is lost. */
export class HostWindow {
  readonly #channel: Pick<HostChannel, "call">;
  readonly #sign = Promise.withResolvers<void>();
  readonly #there: Promise<void>;

  constructor(channel: Pick<HostChannel, "call">, clock: Clock) {
    this.#channel = channel;
    this.#there = Promise.race([this.#sign.promise, clock.sleep(PATIENCE_MS)]);
  }

  /** Hears all events of the host. */
  hear(event: string): void {
    if (SIGNS.has(event)) this.#sign.resolve();
  }

  /** Brings it to the front. It is made hidden, so that a second instance's is never seen. */
  async show(): Promise<void> {
    await this.#there;
    await this.#channel.call("window.show");
    await this.#channel.call("window.unminimize");
    await this.#channel.call("window.focus");
  }

  /** Ends the host; resolves when it may have heard. */
  async close(): Promise<void> {
    await this.#there;
    // Never answered: the call fails once the host is gone.
    await this.#channel.call("app.exit").catch(() => {});
  }
}
