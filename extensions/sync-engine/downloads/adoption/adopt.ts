import { isAbsolute, join, resolve, sep } from "node:path";
import { hashFile } from "../../files/verify.ts";
import { classifyThrown } from "../../platform/classify.ts";
import { SyncError } from "../../platform/errors.ts";
import type { AbsentFile } from "../../store/files.ts";
import type { RecognisedBy } from "../../store/recognitions.ts";
import type { PublishPorts } from "../publish.ts";
import { findMatches } from "./find_matches.ts";
import { lookAround, type Owned } from "./look_around.ts";
import { type Match, takeOver, type TakeOverHow } from "./take_over.ts";
import { wantedFiles } from "./wanted_files.ts";

/** Options for {@linkcode adopt}. */
export interface AdoptOptions {
  /** Absolute; may be the library's own. */
  readonly folder: string;
  readonly how: TakeOverHow;
  readonly dryRun: boolean;
  /** What the user said: only these are taken over. Paths below the folder, absolute or not. @default none */
  readonly choices?: readonly { readonly path: string; readonly fileId: string }[];
  readonly signal: AbortSignal;
  readonly hear: AdoptHearing;
}

/** Hears how an adoption goes on. */
export interface AdoptHearing {
  progress(tally: Readonly<AdoptTally>): void;
  /** Taken over, or would be. */
  adopted(match: Match, path: string): void;
  unclear(owned: readonly Owned[], files: readonly AbsentFile[]): void;
  failed(owned: Owned, error: SyncError): void;
}

/** Each file that was looked at counts once: as adopted, here, ambiguous, unknown, own or failed. */
export interface AdoptTally {
  looked: number;
  adopted: number;
  /** Taken over. */
  bytes: number;
  readonly by: Record<RecognisedBy, number>;
  here: number;
  ambiguous: number;
  unknown: number;
  own: number;
  failed: number;
}

/**
 * Takes over files that the user has already, so that they need not be fetched: recognised by a sidecar, by their
 * SHA-256, or by size and name. Only files of models whose files are known can be recognised. Each is recorded as soon
 * as it has its place, so another call goes on where one was stopped.
 *
 * @throws {SyncError} `cancelled` when the signal aborts, `diskFull` when there is no more room, `permission` when the
 * library goes away meanwhile, `badInput` when the folder is none.
 */
export async function adopt(
  ports: PublishPorts,
  { folder, how, dryRun, choices, signal, hear }: AdoptOptions,
): Promise<AdoptTally> {
  const { fs, store } = ports;
  const tally: AdoptTally = {
    looked: 0,
    adopted: 0,
    bytes: 0,
    by: { sidecar: 0, sha256: 0, name: 0, chosen: 0 },
    here: 0,
    ambiguous: 0,
    unknown: 0,
    own: 0,
    failed: 0,
  };
  if (!isAbsolute(folder) || (await fs.stat(folder))?.kind !== "directory") {
    throw new SyncError("badInput", `There is no folder "${folder}"`);
  }
  const matches = choices ? await chosen(choices) : await found();
  // A file that is one of several models counts once.
  const byOwned = Map.groupBy(matches, ({ owned }) => owned);
  for (const [owned, all] of byOwned) await takeAll(owned, all);
  hear.progress(tally);
  return tally;

  async function found(): Promise<readonly Match[]> {
    const surroundings = await lookAround(fs, folder, signal, (looked) => {
      tally.looked = looked;
      hear.progress(tally);
    });
    const { matches, unclear, here, unknown, failed } = await findMatches({
      wanted: wantedFiles(store),
      hash: async ({ path }) => (await hashFile(fs, path, { signal })).sha256,
      isFatal: (error) => classifyThrown(error).kind === "cancelled",
    }, surroundings);
    tally.own = surroundings.own;
    tally.here += here;
    tally.unknown += unknown;
    for (const { owned, files } of unclear) {
      tally.ambiguous += owned.length;
      hear.unclear(owned, files);
    }
    for (const { owned, error } of failed) fail(owned, classifyThrown(error));
    return matches;
  }

  async function chosen(
    all: readonly { readonly path: string; readonly fileId: string }[],
  ): Promise<readonly Match[]> {
    return await Promise.all(all.map(async ({ path: given, fileId }) => {
      const path = isAbsolute(given) ? resolve(given) : join(folder, given);
      const info = path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
        ? await fs.stat(path)
        : null;
      const file = store.files.get(fileId);
      if (info?.kind !== "file") throw new SyncError("badInput", `There is no file "${path}"`);
      if (!file) throw new SyncError("badInput", `The library has no file "${fileId}"`);
      if (file.downloadedRevision !== null) {
        throw new SyncError("badInput", `"${file.name}" is here already`);
      }
      tally.looked++;
      const owned = { path, name: given, size: info.size };
      return { owned, fileId, by: "chosen" as const, sha256: file.expectedSha256 };
    }));
  }

  async function takeAll(owned: Owned, all: readonly Match[]): Promise<void> {
    try {
      for (const [at, match] of all.entries()) {
        // The original goes when it has been copied to all of its places but the last.
        const isLast = at === all.length - 1;
        if (!dryRun) await takeOver(ports, match, optionsOf(isLast));
        hear.adopted(match, store.files.get(match.fileId)?.path ?? "");
      }
      tally.adopted++;
      tally.bytes += owned.size;
      const [first] = all;
      if (first) tally.by[first.by]++;
      hear.progress(tally);
    } catch (error) {
      const failure = classifyThrown(error);
      await requireGoingOn(failure);
      fail(owned, failure);
    }
  }

  function optionsOf(isLast: boolean) {
    return { how: how === "move" && !isLast ? "copy" as const : how, signal };
  }

  /** What would stop every further file stops all. */
  async function requireGoingOn(failure: SyncError): Promise<void> {
    signal.throwIfAborted();
    if (failure.kind === "diskFull" || failure.kind === "cancelled") throw failure;
    await ports.requireRoot();
  }

  function fail(owned: Owned, error: SyncError): void {
    tally.failed++;
    hear.failed(owned, error);
  }
}
