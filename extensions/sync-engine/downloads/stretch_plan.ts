import { CHUNK_SIZE, type Stretch } from "./chunk.ts";

/** Bytes [start, end). */
interface Piece {
  start: number;
  end: number;
}

/** Stretches that each connection fetches of a file, and their bounds: 16 and 256 MiB. */
const STRETCHES = 8;
const LEAST_STRETCH = 4 * CHUNK_SIZE;
const LARGEST_STRETCH = 64 * CHUNK_SIZE;

/** A claim is late after this time in milliseconds, and so many times that which the fastest connection needs for it. */
const LATE_AFTER_MS = 2000;
const LATE_AFTER_TIMES = 3;

/** A stretch that one connection is fetching. It starts where a chunk does. */
export interface Claim {
  readonly start: number;
  /** Where the next byte goes; moved on by whoever receives. */
  at: number;
  /** Offset behind the last byte; the plan lowers it when another connection takes over the rest. */
  end: number;
  /** When the plan gave it out, by the monotonic clock in milliseconds. */
  readonly since: number;
  /** Aborts when another connection has taken all of it over. */
  readonly lost: AbortController;
  /** Resolves when nothing is written for it any more. */
  readonly over: PromiseWithResolvers<void>;
  /** The claim that it was taken over from: nothing is to be written before that one is over. */
  readonly from: Claim | null;
}

/**
 * What is missing of a file, dealt out to connections. What is open and what is claimed tile the missing part exactly
 * once at any time. Stretches go out from front to back, so that the whole file can be hashed while it arrives; when
 * none is left, the largest one under way is split, and one that hardly comes forward is taken over.
 */
export class StretchPlan {
  readonly #open: Piece[];
  readonly #step: number;
  readonly #now: () => number;
  readonly #claims = new Set<Claim>();
  /** Bytes a millisecond of the fastest connection so far. */
  #best = 0;

  /**
   * @param missing In order, each starting with a chunk and ending with one, or with the file.
   * @param step Most bytes of a stretch: whole chunks, or Infinity.
   * @param now The monotonic clock, in milliseconds.
   */
  constructor(missing: readonly Stretch[], step: number, now: () => number) {
    this.#open = missing.map(({ start, end }) => ({ start, end }));
    this.#step = step;
    this.#now = now;
  }

  /** Whether there is nothing left to give out and nobody at work. */
  get done(): boolean {
    return this.#open.length === 0 && this.#claims.size === 0;
  }

  /** The next stretch for a free connection, null when nothing is left that would be worth it. */
  take(): Claim | null {
    return this.#takeOpen() ?? this.#split() ?? this.#takeOver();
  }

  /** Offset up to which nobody else fetches: how far the body of a claim may go if there is no other connection. */
  reach({ end }: Claim): number {
    return this.#open.find(({ start }) => start === end)?.end ?? end;
  }

  /** Lets a connection whose body goes on do so. Returns false when what follows is not to be fetched by it. */
  extend(claim: Claim): boolean {
    const next = this.#open.findIndex(({ start }) => start === claim.end);
    if (next < 0 || !this.#claims.has(claim)) return false;
    claim.end = this.#cut(next).end;
    return true;
  }

  /**
   * Ends a claim. What did not arrive in whole chunks is open again.
   *
   * @returns Offset up to which its bytes are kept.
   */
  close(claim: Claim): number {
    const { start, at, since } = claim;
    this.#best = Math.max(this.#best, (at - start) / Math.max(1, this.#now() - since));
    claim.over.resolve();
    const kept = claim.at === claim.end ? claim.end : floor(claim.at);
    // One that was lost is somebody else's.
    if (this.#claims.delete(claim) && kept < claim.end) this.#putBack(kept, claim.end);
    return kept;
  }

  #takeOpen(): Claim | null {
    if (this.#open.length === 0) return null;
    return this.#claim(this.#cut(0));
  }

  /** Takes the front of an open piece off. */
  #cut(index: number): Piece {
    const piece = this.#open[index] ?? { start: 0, end: 0 };
    const end = Math.min(piece.end, piece.start + this.#step);
    const front = { start: piece.start, end };
    if (end === piece.end) this.#open.splice(index, 1);
    else piece.start = end;
    return front;
  }

  /** Takes the second half of what is left of the largest claim; the chunk that is arriving stays where it is. */
  #split(): Claim | null {
    let largest: Claim | null = null;
    for (const claim of this.#claims) {
      if (free(claim) > (largest ? free(largest) : 0)) largest = claim;
    }
    if (!largest) return null;
    const { end } = largest;
    const chunks = Math.ceil(free(largest) / CHUNK_SIZE);
    largest.end = floor(largest.at) + CHUNK_SIZE + Math.floor(chunks / 2) * CHUNK_SIZE;
    return this.#claim({ start: largest.end, end });
  }

  /** Takes over what a connection would hold up for long; once, because the next one need not be quicker. */
  #takeOver(): Claim | null {
    if (this.#best === 0) return null;
    for (const claim of this.#claims) {
      const { start, end, at, since, from } = claim;
      const usual = (end - start) / this.#best;
      const isLate = this.#now() - since > LATE_AFTER_MS + LATE_AFTER_TIMES * usual;
      if (!isLate || at === end || from) continue;
      this.#claims.delete(claim);
      claim.lost.abort("Another connection takes this over");
      return this.#claim({ start: floor(at), end }, claim);
    }
    return null;
  }

  #claim({ start, end }: Piece, from: Claim | null = null): Claim {
    const claim: Claim = {
      start,
      at: start,
      end,
      since: this.#now(),
      lost: new AbortController(),
      over: Promise.withResolvers(),
      from,
    };
    this.#claims.add(claim);
    return claim;
  }

  #putBack(start: number, end: number): void {
    const next = this.#open.findIndex((piece) => piece.start >= end);
    this.#open.splice(next < 0 ? this.#open.length : next, 0, { start, end });
  }
}

/** Bytes of a stretch of a file of `size` bytes; Infinity for a single connection, which needs no pieces. */
export function stretchLength(size: number, connections: number): number {
  if (connections === 1) return Infinity;
  const share = Math.ceil(size / connections / STRETCHES / CHUNK_SIZE) * CHUNK_SIZE;
  return Math.min(LARGEST_STRETCH, Math.max(LEAST_STRETCH, share));
}

/** Bytes of a claim behind the chunk that is arriving. */
function free({ at, end }: Claim): number {
  return Math.max(0, end - floor(at) - CHUNK_SIZE);
}

/** Where the chunk that holds this offset starts. */
function floor(at: number): number {
  return at - at % CHUNK_SIZE;
}
