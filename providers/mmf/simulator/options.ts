/** What the simulated site is like. */
export interface SimulatorOptions {
  /** Decides all names, shapes and oddities. @default {1} */
  readonly seed?: number;
  /**
   * `real`: as one that was measured: 8,138 rows of 5,290 ids, 856 of them repeated, from every source; with the oddities
   * of people's own libraries.
   *
   * @default {"plain"}
   */
  readonly library?: "plain" | "real";
  /** Distinct objects in the library, 10 to 100,000. @default {200, of a real library 4,809 and 481 bundles} */
  readonly objects?: number;
  /** Average number of model files of an object. @default {3} */
  readonly filesPerObject?: number;
  /**
   * Typical bytes of a model file: `tiny` 2–60 KB, `demo` 100 KB–3 MB (2,000–60,000 triangles, and larger pictures), `mixed` 4 KB–12 MB, or a number (±20 %).
   *
   * @default {"tiny"}
   */
  readonly fileSize?: "tiny" | "demo" | "mixed" | number;
  /** Average number of gallery images of an object. @default {2} */
  readonly images?: number;
  /**
   * Whether the library holds what makes clients stumble: see `oddities.ts`. `lifelike`: only what people's own
   * libraries hold.
   *
   * @default {true}
   */
  readonly oddities?: boolean | "lifelike";
  /** Lifetime of signed addresses in seconds. @default {300} */
  readonly leaseSeconds?: number;
  /** Milliseconds since the Unix epoch. @default {Date.now} */
  readonly now?: () => number;
  /** Lifetime of access tokens of the OAuth code flow in seconds. @default {3600} */
  readonly accessSeconds?: number;
  /** Whether each renewal of a sign-in brings a new refresh token that ends the one before. @default {false} */
  readonly rotatesRefresh?: boolean;
  /** Rolling quota of `/download` links; without it there is none. */
  readonly quota?: Quota;
  /** Bytes of generated content kept in memory. @default {268_435_456} */
  readonly cacheBytes?: number;
  /** Bytes a second of each answer of the storage and image hosts. @default {Infinity} */
  readonly bytesPerSecond?: number;
}

/** How many links may be minted within the window before the site throttles. */
export interface Quota {
  readonly links: number;
  readonly windowMs: number;
  /** How long nothing is minted then, anew with each attempt. @default {windowMs} */
  readonly lockoutMs?: number;
}

/** The options with all defaults filled in. */
export interface Settings {
  readonly seed: number;
  readonly library: "plain" | "real";
  readonly objects: number;
  readonly filesPerObject: number;
  readonly fileSize: "tiny" | "demo" | "mixed" | number;
  readonly images: number;
  readonly oddities: boolean | "lifelike";
  readonly leaseSeconds: number;
  readonly now: () => number;
  readonly accessSeconds: number;
  readonly rotatesRefresh: boolean;
  readonly quota: Quota | null;
  readonly cacheBytes: number;
  readonly bytesPerSecond: number;
}

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} If `objects` is not 10 to 100,000.
 */
export function settingsOf(options: SimulatorOptions = {}): Settings {
  const {
    seed = 1,
    library = "plain",
    objects = library === "real" ? 4_809 : 200,
    filesPerObject = 3,
    fileSize = "tiny",
    images = 2,
    oddities = library === "real" ? "lifelike" : true,
    leaseSeconds = 300,
    now = Date.now,
    accessSeconds = 3600,
    rotatesRefresh = false,
    quota = null,
    cacheBytes = 256 * 1024 * 1024,
    bytesPerSecond = Infinity,
  } = options;
  if (!Number.isInteger(objects) || objects < 10 || objects > 100_000) {
    throw new RangeError(
      `Cannot simulate ${objects} objects: ask for a whole number from 10 to 100000`,
    );
  }
  return {
    seed,
    library,
    objects,
    filesPerObject,
    fileSize,
    images,
    oddities,
    leaseSeconds,
    now,
    accessSeconds,
    rotatesRefresh,
    quota,
    cacheBytes,
    bytesPerSecond,
  };
}
