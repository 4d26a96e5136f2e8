/**
 * Files that a cloud drive shows but keeps elsewhere: reading one would fetch all of it.
 *
 * @module
 */

/**
 * Attributes of Windows for files whose bytes are not here: `OFFLINE`, `RECALL_ON_OPEN`, `RECALL_ON_DATA_ACCESS`.
 * https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants
 */
const NOT_HERE = 0x1000 | 0x40000 | 0x400000;

/** What `GetFileAttributesW` answers when it fails. */
const INVALID = 0xffff_ffff;

/** What the system tells of a file. */
export interface Presence {
  /** Bytes that it shows. */
  readonly size: number;
  /** Blocks that it takes on the disk, null where the system does not say. */
  readonly blocks: number | null;
}

/** Tells of a file, by its absolute path and what is known of it, whether only its name is here. */
export type IsOnlineOnly = (path: string, presence: Presence) => boolean;

/**
 * The test for a system. macOS keeps "dataless" files without a block; Windows says it in the attributes. The cloud
 * drives of other systems have no such files.
 *
 * @param attributes Of a path on Windows, a `GetFileAttributesW`.
 */
export function onlineOnlyTest(
  os: typeof Deno.build.os,
  attributes: (path: string) => number = windowsAttributes,
): IsOnlineOnly {
  switch (os) {
    case "darwin":
      return (_, { size, blocks }) => size > 0 && blocks === 0;
    case "windows":
      return (path) => {
        const found = attributes(path);
        return found !== INVALID && (found & NOT_HERE) !== 0;
      };
    default:
      return () => false;
  }
}

let kernel: Deno.DynamicLibrary<typeof SYMBOLS> | null = null;

const SYMBOLS = { GetFileAttributesW: { parameters: ["buffer"], result: "u32" } } as const;

function windowsAttributes(path: string): number {
  kernel ??= Deno.dlopen("kernel32.dll", SYMBOLS);
  const wide = Uint16Array.from(`${path}\0`, (character) => character.charCodeAt(0));
  return kernel.symbols.GetFileAttributesW(new Uint8Array(wide.buffer));
}
