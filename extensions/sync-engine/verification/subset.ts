/** Which of the files on disk are to be read. */
export type Subset =
  /** A random sample: so many of a hundred files. */
  | { readonly kind: "share"; readonly percent: number }
  /** A random sample of so many bytes; the last file of it may go beyond. */
  | { readonly kind: "size"; readonly bytes: number }
  /** Group `n` (from 1) of `of` groups. A file is always in the same one: all groups together are the library. */
  | { readonly kind: "part"; readonly n: number; readonly of: number }
  /** Only what the last look found bad. */
  | { readonly kind: "bad" };

/** A file that could be read. */
export interface Candidate {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  /** When its bytes were last known to be right, or when it was downloaded. Milliseconds since the Unix epoch. */
  readonly checkedAt: number;
  /** Whether the last look at it found something wrong. */
  readonly isBad: boolean;
}

/** Options for {@linkcode choose}. */
export interface ChooseOptions {
  /** @default all */
  readonly subset?: Subset | undefined;
  /** Begins with those that were not looked at for longest, instead of by chance. @default {false} */
  readonly oldest?: boolean | undefined;
  /** Another seed, another sample. */
  readonly seed: string;
  /** What an earlier run has read of the same sample already. @default nothing */
  readonly done?: { readonly files: number; readonly bytes: number };
}

/** Files that are to be read, those known as bad always among them and first. */
export function choose<T extends Candidate>(
  candidates: readonly T[],
  { subset, oldest = false, seed, done = { files: 0, bytes: 0 } }: ChooseOptions,
): T[] {
  const bad = candidates.filter(({ isBad }) => isBad);
  const rest = candidates.filter(({ isBad }) => !isBad);
  return [...bad, ...chooseOfRest()];

  function chooseOfRest(): T[] {
    switch (subset?.kind) {
      case undefined:
        return oldest ? rest.toSorted(byAge) : rest;
      case "bad":
        return [];
      case "part":
        return rest.filter(({ id }) => hash32(id) % subset.of === subset.n - 1);
      case "share": {
        const all = candidates.length + done.files;
        const wanted = Math.ceil(all * subset.percent / 100) - bad.length - done.files;
        const sample = new Set(inTurn().slice(0, Math.max(0, wanted)));
        // In the order of the library, so that a disk need not jump.
        return oldest ? [...sample] : rest.filter((one) => sample.has(one));
      }
      case "size":
        return upTo(inTurn(), subset.bytes - done.bytes - sum(bad));
    }
  }

  function inTurn(): T[] {
    if (oldest) return rest.toSorted(byAge);
    const turns = new Map(rest.map((one) => [one, hash32(`${seed}/${one.id}`)]));
    return rest.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0));
  }
}

function upTo<T extends Candidate>(candidates: readonly T[], bytes: number): T[] {
  let left = bytes;
  const end = candidates.findIndex(({ size }) => {
    if (left <= 0) return true;
    left -= size;
    return false;
  });
  return end < 0 ? [...candidates] : candidates.slice(0, end);
}

function byAge(a: Candidate, b: Candidate): number {
  return a.checkedAt - b.checkedAt;
}

function sum(candidates: readonly Candidate[]): number {
  return candidates.reduce((bytes, { size }) => bytes + size, 0);
}

/**
 * A number from 0 to 2³² − 1 for a text, evenly spread: FNV-1a with the last step of MurmurHash3. Groups are told by it,
 * so it must never change.
 */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
