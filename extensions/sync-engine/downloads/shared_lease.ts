import type { Clock } from "../platform/ports.ts";

/** An address that is refused this soon, in milliseconds, has not run out: it is for one connection only. */
const YOUNG_MS = 30_000;

/** The download address of one file, for all of its connections. */
export interface Lease {
  /** The address that is to be used now. */
  get(): Promise<string>;
  /**
   * A newer address than the one that the file server has refused.
   *
   * @param isOnly Whether nobody else is fetching this file.
   * @throws The refusal where a newer one would help no more; or whatever the provider fails with.
   */
  renew(refused: string, refusal: unknown, isOnly: boolean): Promise<string>;
}

/** What {@linkcode SharedLease} needs. */
export interface SharedLeaseOptions {
  readonly clock: Clock;
  /** Asks the provider for an address. */
  readonly mint: () => Promise<string>;
  /** What has been reached so far; a new address is asked for only if the last one has brought the file forward. */
  readonly progress: () => number;
}

/** Asks for one address at a time, whoever wants one; a failure to get one is final. */
export class SharedLease implements Lease {
  readonly #options: SharedLeaseOptions;
  #current: Promise<string> | null = null;
  #mintedAt = 0;
  #before = 0;

  constructor(options: SharedLeaseOptions) {
    this.#options = options;
  }

  get(): Promise<string> {
    return this.#current ?? this.#mint();
  }

  async renew(refused: string, refusal: unknown, isOnly: boolean): Promise<string> {
    const asked = this.get();
    const current = await asked;
    if (current !== refused) return current;
    // Another connection was quicker.
    if (this.#current !== asked) return await this.get();
    const { clock, progress } = this.#options;
    const isYoung = clock.monotonic() - this.#mintedAt < YOUNG_MS;
    if (progress() <= this.#before || isYoung && !isOnly) throw refusal;
    return await this.#mint();
  }

  #mint(): Promise<string> {
    this.#mintedAt = this.#options.clock.monotonic();
    this.#before = this.#options.progress();
    this.#current = this.#options.mint();
    return this.#current;
  }
}
