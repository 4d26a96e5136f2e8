import { dirname, isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { SyncError } from "../platform/errors.ts";
import type { Fs } from "../platform/ports.ts";
import type { Os } from "./os.ts";
import type { Run } from "./run.ts";

/** What {@linkcode reveal} needs. */
export interface RevealPorts {
  readonly os: Os;
  readonly run: Run;
  readonly fs: Pick<Fs, "stat">;
}

/**
 * Shows a folder, or the folder of a file with the file selected, in the system's file manager. The file itself is
 * never opened.
 *
 * @param path Absolute, in the platform's own form.
 * @throws {SyncError} `badInput` when it is not absolute, `gone` when nothing is there, `permission` when there is no
 * file manager.
 */
export async function reveal({ os, run, fs }: RevealPorts, path: string): Promise<void> {
  if (!isAbsolute(path)) {
    throw new SyncError("badInput", `Cannot show "${path}": it is no full path`);
  }
  const kind = (await fs.stat(path))?.kind;
  if (kind !== "file" && kind !== "directory") {
    throw new SyncError("gone", `Cannot show "${path}": it is not there`);
  }
  if (os === "linux") return await revealOnLinux(run, path, kind);
  if (os === "darwin") return requireDone(await run(["open", "-R", path]));
  // Explorer ends with 1 whether it shows something or not.
  await run(kind === "directory" ? ["explorer.exe", path] : ["explorer.exe", "/select,", path]);
}

async function revealOnLinux(run: Run, path: string, kind: "file" | "directory"): Promise<void> {
  if (kind === "file" && await isSelected(run, path)) return;
  requireDone(await run(["xdg-open", kind === "file" ? dirname(path) : path]));
}

/** Not every desktop can select a file. */
async function isSelected(run: Run, path: string): Promise<boolean> {
  // A comma parts the elements of an array here.
  const url = pathToFileURL(path).href.replaceAll(",", "%2C");
  try {
    const { code } = await run([
      "dbus-send",
      "--session",
      "--print-reply",
      "--dest=org.freedesktop.FileManager1",
      "/org/freedesktop/FileManager1",
      "org.freedesktop.FileManager1.ShowItems",
      `array:string:${url}`,
      "string:",
    ]);
    return code === 0;
  } catch {
    return false;
  }
}

function requireDone({ code }: { readonly code: number }): void {
  if (code !== 0) throw new SyncError("permission", "No file manager could be opened here");
}
