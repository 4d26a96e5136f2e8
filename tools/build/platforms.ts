import { join } from "node:path";

/** A platform that a bundle is made for. */
export interface Platform {
  /** As the host's makers name it. */
  readonly id: string;
  readonly os: typeof Deno.build.os;
  readonly arch: typeof Deno.build.arch;
}

export const PLATFORMS: readonly Platform[] = [
  { id: "linux_x64", os: "linux", arch: "x86_64" },
  { id: "linux_arm64", os: "linux", arch: "aarch64" },
  { id: "mac_x64", os: "darwin", arch: "x86_64" },
  { id: "mac_arm64", os: "darwin", arch: "aarch64" },
  { id: "win_x64", os: "windows", arch: "x86_64" },
];

/** The platform that this runs on, null when there is no host for it. */
export function ownPlatform(): Platform | null {
  const { os, arch } = Deno.build;
  return PLATFORMS.find((platform) => platform.os === os && platform.arch === arch) ?? null;
}

/** Programs that go into a bundle, null where they cannot be had. */
export interface Programs {
  readonly host: string | null;
  readonly deno: string | null;
}

/**
 * Finds the programs of a platform: `bin/neutralino-<id>` and `bin/deno-<id>`, each with `.exe` for Windows. The own
 * platform's host may also be named by `NEUTRALINO_BIN`, and its Deno is the one that runs this.
 */
export function findPrograms(root: string, platform: Platform): Programs {
  const own = platform === ownPlatform();
  const exe = platform.os === "windows" ? ".exe" : "";
  const inBin = (name: string) => whenThere(join(root, "bin", `${name}-${platform.id}${exe}`));
  const named = own ? Deno.env.get("NEUTRALINO_BIN") : undefined;
  return {
    host: named ? whenThere(named) : inBin("neutralino"),
    deno: inBin("deno") ?? (own ? Deno.execPath() : null),
  };
}

function whenThere(path: string): string | null {
  try {
    return Deno.statSync(path).isFile ? path : null;
  } catch {
    return null;
  }
}
