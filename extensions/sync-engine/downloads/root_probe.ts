import { join } from "node:path";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";

/** Written and removed; the ending is one that nobody counts. */
const PROBE_NAME = ".mmfsync-probe.part";

/** The library root, and what makes sure that its drive is still there. */
export interface RootPorts {
  readonly fs: Fs;
  /** Absolute path. */
  readonly root: string;
  readonly requireRoot: () => Promise<void>;
}

/**
 * What a failure comes from: the loss of the whole root, which breaks files in many ways, or itself.
 *
 * @returns `permission` for a root that is lost.
 */
export async function originOf(
  error: SyncError,
  { root, requireRoot }: Pick<RootPorts, "root" | "requireRoot">,
): Promise<SyncError> {
  if (error.kind !== "diskFault" && error.kind !== "permission") return error;
  try {
    await requireRoot();
    return error;
  } catch (cause) {
    const loss = classifyThrown(cause);
    if (loss.kind === "permission") return loss;
    return new SyncError(
      "permission",
      `The library in "${root}" cannot be reached: connect its drive, then sync again`,
      { cause },
    );
  }
}

/** Whether a library root takes files at all. */
export async function rootTakesFiles({ fs, root, requireRoot }: RootPorts): Promise<boolean> {
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
