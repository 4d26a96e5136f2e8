import type { SimulatorOptions } from "./options.ts";

/** Options of the command line as they were written. */
export interface Flags {
  readonly seed?: string;
  /** `plain` or `real`. */
  readonly library?: string;
  readonly objects?: string;
  readonly "files-per-object"?: string;
  /** `tiny`, `demo`, `mixed` or bytes. */
  readonly "file-size"?: string;
  readonly images?: string;
  readonly "no-oddities"?: boolean;
  /** Only the oddities of people's own libraries. */
  readonly lifelike?: boolean;
  readonly "lease-seconds"?: string;
  readonly "access-seconds"?: string;
  readonly "rotates-refresh"?: boolean;
  /** `<links>/<window in milliseconds>`, or `<links>/<window>/<lockout in milliseconds>`. */
  readonly quota?: string;
  readonly "cache-bytes"?: string;
  readonly "bytes-per-second"?: string;
}

/**
 * Turns flags into options; what is not given is left to the defaults.
 *
 * @throws {RangeError} If a number is none.
 */
export function optionsFromFlags(flags: Flags): SimulatorOptions {
  const size = flags["file-size"];
  const quota = flags.quota?.split("/");
  return {
    ...(flags.seed === undefined ? {} : { seed: number("--seed", flags.seed) }),
    ...(flags.library === undefined ? {} : { library: libraryOf(flags.library) }),
    ...(flags.objects === undefined ? {} : { objects: number("--objects", flags.objects) }),
    ...(flags["files-per-object"] === undefined
      ? {}
      : { filesPerObject: number("--files-per-object", flags["files-per-object"]) }),
    ...(size === undefined ? {} : {
      fileSize: size === "tiny" || size === "demo" || size === "mixed"
        ? size
        : number("--file-size", size),
    }),
    ...(flags.images === undefined ? {} : { images: number("--images", flags.images) }),
    ...(flags.lifelike ? { oddities: "lifelike" } : {}),
    ...(flags["no-oddities"] ? { oddities: false } : {}),
    ...(flags["lease-seconds"] === undefined
      ? {}
      : { leaseSeconds: number("--lease-seconds", flags["lease-seconds"]) }),
    ...(flags["access-seconds"] === undefined
      ? {}
      : { accessSeconds: number("--access-seconds", flags["access-seconds"]) }),
    ...(flags["rotates-refresh"] ? { rotatesRefresh: true } : {}),
    ...(quota === undefined ? {} : {
      quota: {
        links: number("--quota", quota[0]),
        windowMs: number("--quota", quota[1]),
        ...(quota[2] === undefined ? {} : { lockoutMs: number("--quota", quota[2]) }),
      },
    }),
    ...(flags["cache-bytes"] === undefined
      ? {}
      : { cacheBytes: number("--cache-bytes", flags["cache-bytes"]) }),
    ...(flags["bytes-per-second"] === undefined
      ? {}
      : { bytesPerSecond: number("--bytes-per-second", flags["bytes-per-second"]) }),
  };
}

function libraryOf(text: string): "plain" | "real" {
  if (text === "plain" || text === "real") return text;
  throw new RangeError(`Cannot read --library "${text}": give plain or real`);
}

function number(flag: string, text = ""): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
    throw new RangeError(`Cannot read ${flag} "${text}": give a number`);
  }
  return value;
}
