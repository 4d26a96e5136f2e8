import { basename } from "node:path/posix";
import type { AbsentFile } from "../../store/files.ts";
import type { Store } from "../../store/store.ts";
import { normalName } from "./normal_name.ts";

/** The files of the library that are not here yet, by what they can be recognised by. */
export interface WantedFiles {
  byId(id: string): AbsentFile | null;
  /** Those whose SHA-256 the site announces and that may have this size and name. */
  hashed(size: number, name: string): readonly AbsentFile[];
  /** Those without an announced SHA-256 that have this size and name. */
  named(size: number, name: string): readonly AbsentFile[];
  /** Whether a file of this size and name is here already. */
  isHere(size: number, name: string): boolean;
  /** The file has been found. */
  take(id: string): void;
}

/**
 * Reads them from the store. Files that the user removed, and those that the site took back, are none of them.
 *
 * @param more Others that are wanted, of which an older revision is here.
 */
export function wantedFiles(store: Store, more: readonly AbsentFile[] = []): WantedFiles {
  const files = new Map<string, AbsentFile>();
  const hashedBySize = new Map<number | null, Set<string>>();
  const byName = new Map<string, Set<string>>();
  for (const file of [...store.files.absent(), ...more]) {
    files.set(file.id, file);
    if (file.expectedSha256 !== null) {
      add(hashedBySize, file.size, file.id);
    } else if (file.size !== null) {
      for (const key of keysOf(file.size, file)) add(byName, key, file.id);
    }
  }
  const here = new Set<string>();
  for (const file of store.files.downloaded()) {
    if (file.size !== null) here.add(keyOf(file.size, basename(file.path)));
  }
  const present = (ids: Iterable<string> = []) =>
    [...ids].map((id) => files.get(id)).filter((file) => file !== undefined);
  return {
    byId: (id) => files.get(id) ?? null,
    hashed: (size, name) => [
      ...present(hashedBySize.get(size)),
      // Of unknown size: only what has the name is worth reading.
      ...present(hashedBySize.get(null))
        .filter((file) => namesOf(file).includes(normalName(name))),
    ],
    // Of nothing there is nothing to recognise.
    named: (size, name) => size === 0 ? [] : present(byName.get(keyOf(size, name))),
    isHere: (size, name) => here.has(keyOf(size, name)),
    take(id) {
      const file = files.get(id);
      if (!file) return;
      files.delete(id);
      if (file.size !== null) here.add(keyOf(file.size, basename(file.path)));
    },
  };
}

function keysOf(size: number, file: AbsentFile): string[] {
  return namesOf(file).map((name) => `${size}/${name}`);
}

/** As the site names it, and as it would be named here. */
function namesOf({ name, path }: AbsentFile): string[] {
  return [...new Set([normalName(name), normalName(basename(path))])];
}

function keyOf(size: number, name: string): string {
  return `${size}/${normalName(name)}`;
}

function add<K>(map: Map<K, Set<string>>, key: K, id: string): void {
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}
