import { fileRows } from "./truth.ts";
import type { World } from "./world.ts";

/** A file that one mode hits. */
export interface Victim<Mode> {
  readonly mode: Mode;
  /** For `FaultScope.path`. */
  readonly path: (path: string) => boolean;
  /**
   * Id of its row.
   *
   * @throws {Error} while nothing was asked for.
   */
  readonly id: () => string;
}

/** Gives each mode a file of its own, in the order in which storage is asked for them. */
export function pickVictims<Mode>(
  { profile }: Pick<World, "profile">,
  modes: readonly Mode[],
): Victim<Mode>[] {
  const numbers: string[] = [];
  return modes.map((mode, index) => ({
    mode,
    path(path) {
      const number = /^\/object-archives\/[0-9a-f]+\/(\d+)\//.exec(path)?.[1];
      if (number === undefined) return false;
      if (!numbers.includes(number)) numbers.push(number);
      return numbers[index] === number;
    },
    id() {
      const row = fileRows(profile).find(({ id }) => id.endsWith(`-${numbers[index]}`));
      if (!row) throw new Error(`There is no row for file ${numbers[index]}`);
      return row.id;
    },
  }));
}
