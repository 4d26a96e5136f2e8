/** Refusals of one file after which it is left alone, as was found enough on MyMiniFactory. */
export const MOST_REFUSALS = 6;

/** What is known of a file whose address was refused. */
export interface Refusal {
  /** Refusals of this file, with the last one. */
  readonly times: number;
  /** Others got their addresses between two of them: more likely it is this very file. */
  readonly isSuspect: boolean;
}

/**
 * Tells a site that throttles from a file that is not open to the account, where both are answered alike: others that
 * get their addresses in between prove which it was.
 */
export class Refusals {
  readonly #byFile = new Map<string, Refusal & { readonly granted: number }>();
  /** Files that got an address so far. */
  #granted = 0;

  granted(fileId: string): void {
    this.#granted++;
    this.#byFile.delete(fileId);
  }

  refused(fileId: string): Refusal {
    const before = this.#byFile.get(fileId);
    const isSuspect = before !== undefined && (before.isSuspect || this.#granted > before.granted);
    const times = (before?.times ?? 0) + 1;
    if (times >= MOST_REFUSALS) this.#byFile.delete(fileId);
    else this.#byFile.set(fileId, { times, isSuspect, granted: this.#granted });
    return { times, isSuspect };
  }
}
