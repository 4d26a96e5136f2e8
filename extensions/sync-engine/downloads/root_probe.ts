import { join } from "node:path";
import type { Fs } from "../platform/ports.ts";

/** Written and removed; the ending is one that nobody counts. */
const PROBE_NAME = ".mmfsync-probe.part";

/** Whether a library root takes files at all. */
export async function rootTakesFiles(
  { fs, root, requireRoot }: {
    readonly fs: Fs;
    readonly root: string;
    readonly requireRoot: () => Promise<void>;
  },
): Promise<boolean> {
  const probe = join(root, PROBE_NAME);
  try {
    await requireRoot();
    (await fs.open(probe, { write: true })).close();
    await fs.remove(probe);
    return true;
  } catch {
    return false;
  }
}
