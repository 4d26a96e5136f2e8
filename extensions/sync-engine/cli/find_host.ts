import { PATHS } from "./paths.ts";

/**
 * The program that shows windows: the one of the bundle that this runs from, or the one that `NEUTRALINO_BIN` names, as in
 * the source tree. Null when it is not there, or there is no screen.
 */
export function findHost(): string | null {
  const { os } = Deno.build;
  const hasScreen = os === "windows" || os === "darwin" ||
    ["DISPLAY", "WAYLAND_DISPLAY"].some((name) => Deno.env.get(name));
  const program = Deno.env.get("NEUTRALINO_BIN") || PATHS.window;
  return hasScreen && program !== null && isFile(program) ? program : null;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
