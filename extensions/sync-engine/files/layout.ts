import { createHash } from "node:crypto";
import { pathKey } from "./fold_path.ts";
import { MIN_NAME_LENGTH, safeName, suffixName } from "./safe_name.ts";

export { resolveInRoot } from "./resolve_in_root.ts";

/** What {@linkcode Layout.assetFolder} needs to know of an asset. */
export interface FolderRequest {
  /** Display name of the provider. */
  readonly provider: string;
  /** Null or empty when the site does not say. */
  readonly creator: string | null;
  readonly title: string;
  /** The provider's id of the asset: `object-200`. */
  readonly id: string;
}

/** What {@linkcode Layout.filePath} needs to know of a file. */
export interface FileRequest {
  readonly kind: "model" | "image";
  /** As the site names it. */
  readonly name: string;
  /** The provider's id of the file: `archive-33`. */
  readonly id: string;
}

/** Gives out paths below the root, '/'-separated, no two of which share a {@linkcode pathKey}. */
export interface Layout {
  /** `<Provider>/<Creator>/<Model>` */
  assetFolder(asset: FolderRequest): string;
  /** `<folder>/files/<name>`, or `<folder>/renders/<name>` for an image. */
  filePath(folder: string, file: FileRequest): string;
}

/** Options for {@linkcode createLayout}. */
export interface LayoutOptions {
  /** Whether a {@linkcode pathKey} (of an asset's folder or a file) is in use already. */
  readonly taken: (key: string) => boolean;
}

/**
 * Longest path below the root in UTF-16 units. Many Windows programs stop at 260 with the root, and the default root
 * there takes about 35 (`C:\Users\<name>\MyMiniFactorySync\`).
 */
const MAX_PATH = 220;
const MAX_PROVIDER = 32;
const MAX_CREATOR = 40;
/** Of the model folder's path: leaves names 81 units, and more under shorter folders. */
const MAX_FOLDER = 130;
/** Of one segment, in UTF-8: leaves the file systems' 255 room for versions and partial files. */
const MAX_BYTES = 200;
/** What a name keeps under a folder that is longer than this layout makes: room for a suffix and an extension. */
const LEAST_NAME = 80;

/** Longest id that is appended to a name: below the longest parents there is not room for more. */
const MAX_ID = 20;

const UNKNOWN_CREATOR = "Unknown creator";

/**
 * Decides where things go. A path is decided once and then kept in the store, so it depends only on what was taken
 * before; whoever gets in second gets its id appended, then a short hash.
 *
 * The layout remembers what it gave out: make one per transaction.
 */
export function createLayout({ taken }: LayoutOptions): Layout {
  const given = new Set<string>();

  function claim(parent: string, names: Iterable<string>): string {
    for (const name of names) {
      const path = `${parent}/${name}`;
      const key = pathKey(path);
      if (given.has(key) || taken(key)) continue;
      given.add(key);
      return path;
    }
    throw new Error("Unreachable: the candidates never end");
  }

  return {
    assetFolder({ provider, creator, title, id }) {
      const site = safeName(provider, { maxUnits: MAX_PROVIDER });
      const maker = safeName(creator?.trim() ? creator : UNKNOWN_CREATOR, {
        maxUnits: MAX_CREATOR,
      });
      const parent = `${site}/${maker}`;
      const room = MAX_FOLDER - parent.length - 1;
      // A title has no extension: "Dragon v1.5" becomes "Dragon v1.5 (object-200)".
      const suffixed = (suffix: string) =>
        safeName(title, { maxBytes: MAX_BYTES - suffix.length, maxUnits: room - suffix.length }) +
        suffix;
      const plain = safeName(title, { maxBytes: MAX_BYTES, maxUnits: room });
      return claim(parent, candidates(plain, id, suffixed));
    },
    filePath(folder, { kind, name, id }) {
      const parent = `${folder}/${kind === "image" ? "renders" : "files"}`;
      const room = Math.max(LEAST_NAME, MAX_PATH - parent.length - 1);
      const limits = { maxBytes: MAX_BYTES, maxUnits: room };
      const plain = safeName(name, limits);
      const suffixed = (suffix: string) => suffixName(plain, suffix, limits);
      return claim(parent, candidates(plain, id, suffixed));
    },
  };
}

/** `name`, `name (id)`, `name (hash)`, then other hashes without end. */
function* candidates(
  plain: string,
  id: string,
  suffixed: (suffix: string) => string,
): Generator<string> {
  yield plain;
  // Ids are ASCII in practice; what is not must not outgrow the room that was left for it.
  const readable = safeName(id, { maxBytes: MIN_NAME_LENGTH });
  if (readable.length <= MAX_ID && /^[\x20-\x7e]+$/.test(readable)) {
    yield suffixed(` (${readable})`);
  }
  for (let n = 0;; n++) {
    const hash = createHash("sha256").update(`${id}\0${plain}\0${n}`).digest("hex");
    yield suffixed(` (${hash.slice(0, 8)})`);
  }
}
