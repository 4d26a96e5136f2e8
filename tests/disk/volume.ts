/**
 * Real file systems for tests, where this system lets them be mounted.
 *
 * @module
 */

/** A place where something is mounted; `await using` takes it away. */
export interface Volume extends AsyncDisposable {
  /** Takes it away at once, as when a cable is pulled: what is open stays open. */
  unplug(): void;
  plugIn(): void;
}

/** Why nothing can be mounted here, null where it can. */
export const CANNOT_MOUNT: string | null = whyNot();

/** Mounts a disk in memory of so many bytes. What is on it is gone once it is unplugged. */
export function mountMemory(at: string, bytes: number): Volume {
  return mounted(at, ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", at]);
}

/** Shows a folder in another place. */
export function mountFolder(folder: string, at: string): Volume {
  return mounted(at, ["--bind", folder, at]);
}

function mounted(at: string, how: readonly string[]): Volume {
  let isThere = false;
  const volume: Volume = {
    plugIn() {
      must("mount", how);
      isThere = true;
    },
    unplug() {
      if (isThere) must("umount", ["--lazy", at]);
      isThere = false;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(volume.unplug()),
  };
  volume.plugIn();
  return volume;
}

function must(program: string, args: readonly string[]): void {
  const { success, stderr } = new Deno.Command(program, { args: [...args] }).outputSync();
  if (!success) throw new Error(`${program}: ${new TextDecoder().decode(stderr).trim()}`);
}

function whyNot(): string | null {
  if (Deno.build.os !== "linux") return "disks are mounted on Linux only";
  const at = Deno.makeTempDirSync({ prefix: "mmfsync-mount-" });
  try {
    mountMemory(at, 1024 * 1024).unplug();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "mount failed";
  } finally {
    Deno.removeSync(at);
  }
}
