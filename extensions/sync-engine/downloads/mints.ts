import { MintPace, type MintPacePorts, type MintRate } from "./mint_pace.ts";
import { Refusals } from "./refusals.ts";

/** What is known about one provider's giving of download addresses. */
export interface Mint {
  readonly pace: MintPace;
  readonly refusals: Refusals;
}

/** The mints of all providers. They outlive a sync: another one must not have a burst of its own. */
export class Mints {
  readonly #ports: MintPacePorts;
  readonly #byProvider = new Map<string, Mint>();

  constructor(ports: MintPacePorts) {
    this.#ports = ports;
  }

  /** Milliseconds from one address to the next just now, null where they cost nothing. */
  everyMs(provider: string): number | null {
    return this.#byProvider.get(provider)?.pace.everyMs ?? null;
  }

  /** @param rate Null where addresses cost nothing. */
  of(provider: string, rate: MintRate | null): Mint {
    const known = this.#byProvider.get(provider);
    if (known) return known;
    const mint = {
      pace: new MintPace(this.#ports, provider, rate),
      refusals: new Refusals(),
    };
    this.#byProvider.set(provider, mint);
    return mint;
  }
}
