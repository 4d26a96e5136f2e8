import type { AbsentFile } from "../../store/files.ts";
import type { Owned, Surroundings } from "./look_around.ts";
import { normalName } from "./normal_name.ts";
import type { Match } from "./take_over.ts";
import type { WantedFiles } from "./wanted_files.ts";

/** Files on disk, and the files of the library that they could be. */
export interface Unclear {
  readonly owned: readonly Owned[];
  readonly files: readonly AbsentFile[];
}

/** What a look at the disk led to. Every file that was looked at is in one of these, or makes one of the numbers. */
export interface Matches {
  /** Found by a sidecar or a hash, then by size and name. */
  readonly matches: readonly Match[];
  readonly unclear: readonly Unclear[];
  /** The library has them. */
  readonly here: number;
  /** None of the library. */
  readonly unknown: number;
  /** Could not be read. */
  readonly failed: readonly { readonly owned: Owned; readonly error: unknown }[];
}

/** What {@linkcode findMatches} needs. */
export interface MatchPorts {
  readonly wanted: WantedFiles;
  /** SHA-256 of a file, lower-case hex. @throws When it cannot be read; `isFatal` tells whether all ends there. */
  readonly hash: (owned: Owned) => Promise<string>;
  readonly isFatal: (error: unknown) => boolean;
}

/**
 * Finds out which files of the library the user has: by the sidecar beside them, by the SHA-256 that the site announces,
 * then by size and name. Where several would do, nothing is guessed.
 */
export async function findMatches(
  { wanted, hash, isFatal }: MatchPorts,
  { files, said }: Surroundings,
): Promise<Matches> {
  const matches: Match[] = [];
  const failed: { owned: Owned; error: unknown }[] = [];
  const hashes = new Map<Owned, string>();
  const unclear: Unclear[] = [];
  let [here, unknown] = [0, 0];
  const rest: Owned[] = [];
  for (const owned of files) {
    try {
      if (!await bySidecar(owned) && !await byHash(owned)) rest.push(owned);
    } catch (error) {
      if (isFatal(error)) throw error;
      failed.push({ owned, error });
    }
  }
  for (const group of Map.groupBy(rest, groupKey).values()) await byName(group);
  return { matches, unclear, here, unknown, failed };

  async function hashOf(owned: Owned): Promise<string> {
    const sha256 = hashes.get(owned) ?? await hash(owned);
    hashes.set(owned, sha256);
    return sha256;
  }

  async function bySidecar(owned: Owned): Promise<boolean> {
    const says = said.get(owned.path);
    const file = says && wanted.byId(says.fileId);
    // Of another revision: it is not what is wanted.
    if (!says || !file || file.revision !== says.revision) return false;
    if (await hashOf(owned) !== says.sha256) return false;
    take(owned, file, "sidecar", says.sha256);
    return true;
  }

  /** The same bytes may be files of several models. */
  async function byHash(owned: Owned): Promise<boolean> {
    const candidates = wanted.hashed(owned.size, owned.name);
    if (candidates.length === 0) return false;
    const sha256 = await hashOf(owned);
    const same = candidates.filter((file) => file.expectedSha256 === sha256);
    for (const file of same) take(owned, file, "sha256", sha256);
    return same.length > 0;
  }

  async function byName(group: readonly Owned[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    const candidates = wanted.named(first.size, first.name);
    const [file] = candidates;
    if (!file) {
      if (wanted.isHere(first.size, first.name)) here += group.length;
      else unknown += group.length;
      return;
    }
    if (candidates.length > 1 || !await areSame(group)) {
      unclear.push({ owned: group, files: candidates });
      return;
    }
    take(first, file, "name", null);
    here += group.length - 1;
  }

  /** Copies of one file are no choice. */
  async function areSame(group: readonly Owned[]): Promise<boolean> {
    if (group.length === 1) return true;
    try {
      const all = new Set<string>();
      for (const owned of group) all.add(await hashOf(owned));
      return all.size === 1;
    } catch (error) {
      if (isFatal(error)) throw error;
      return false;
    }
  }

  function take(owned: Owned, { id }: AbsentFile, by: Match["by"], sha256: string | null): void {
    wanted.take(id);
    matches.push({ owned, fileId: id, by, sha256 });
  }
}

function groupKey({ size, name }: Owned): string {
  return `${size}/${normalName(name)}`;
}
