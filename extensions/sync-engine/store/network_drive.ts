import { statfsSync } from "node:fs";

/**
 * File systems without the shared memory or the locks that SQLite's WAL needs, by the number that statfs(2) of Linux
 * gives them (linux/magic.h, and the man page for those that are not there).
 */
const KINDS: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "SMB"],
  [0xfe534d42, "SMB"],
  [0x01021997, "9P"],
  [0x65735546, "FUSE"],
  [0x5346414f, "AFS"],
  [0x00c36400, "Ceph"],
]);

/**
 * Which kind of network drive holds a folder; null for a local disk, and where the system does not tell. Windows tells
 * by the path alone, macOS not at all.
 */
export function networkDrive(dir: string, os: string = Deno.build.os): string | null {
  if (os === "windows") return /^[\\/]{2}(?![.?])/.test(dir) ? "SMB" : null;
  if (os !== "linux") return null;
  try {
    // Some architectures give the number with its sign.
    return KINDS.get(statfsSync(dir).type >>> 0) ?? null;
  } catch {
    return null;
  }
}
