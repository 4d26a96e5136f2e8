import type { SyncError } from "../platform/errors.ts";
import type { Clock, Fs } from "../platform/ports.ts";

const FIRST_POLL_MS = 30_000;
const LONGEST_POLL_MS = 10 * 60_000;

/** Free bytes that must have come before another try is worth a request: 16 MiB. */
const WORTH_A_TRY = 16 * 1024 * 1024;

/** So much free space means that it was not this disk, or that it has passed: 1 GiB besides the file. */
const AMPLE = 1024 ** 3;

/** What {@linkcode FullDisk} looks at. */
export interface FullDiskPorts {
  readonly fs: Fs;
  readonly clock: Clock;
  /** Absolute path of the library root. */
  readonly root: string;
}

interface Hold {
  readonly error: SyncError;
  /** Free bytes that are worth another try. */
  readonly enough: number;
  /** By the clock that never jumps. */
  readonly lookAt: number;
}

/**
 * The hold of a queue whose disk is full. It ends when space has come, which costs the site nothing to find
 * out; each hold that follows without a file in between looks more rarely.
 */
export class FullDisk {
  readonly #ports: FullDiskPorts;
  #since: number | null = null;
  #pollMs = FIRST_POLL_MS;
  #hold: Hold | null = null;

  constructor(ports: FullDiskPorts) {
    this.#ports = ports;
  }

  /** When to look again, in milliseconds since the Unix epoch; null when nothing is held. */
  get lookAt(): number | null {
    const { clock } = this.#ports;
    return this.#hold && Math.ceil(clock.now() + this.#hold.lookAt - clock.monotonic());
  }

  /**
   * A job found no room.
   *
   * @param size Bytes of its file, 0 when not known.
   */
  async begin(error: SyncError, size: number): Promise<void> {
    if (this.#hold) return;
    const { fs, clock, root } = this.#ports;
    const free = await fs.freeSpace(root);
    this.#since ??= clock.monotonic();
    const enough = Math.min(free + WORTH_A_TRY, AMPLE + size);
    this.#hold = { error, enough, lookAt: clock.monotonic() + this.#pollMs };
    this.#pollMs = Math.min(LONGEST_POLL_MS, this.#pollMs * 2);
  }

  /** A job was finished: there was room. */
  forget(): void {
    this.#since = null;
    this.#pollMs = FIRST_POLL_MS;
  }

  /**
   * Looks whether space has come, if it is time to.
   *
   * @param longestMs Longest hold in milliseconds.
   * @returns The error when the hold has lasted longer, else null.
   */
  async look(longestMs: number): Promise<SyncError | null> {
    const { fs, clock, root } = this.#ports;
    const hold = this.#hold;
    const now = clock.monotonic();
    if (!hold || now < hold.lookAt) return null;
    if (await fs.freeSpace(root) >= hold.enough) {
      this.#hold = null;
      return null;
    }
    this.#hold = { ...hold, lookAt: now + FIRST_POLL_MS };
    if (now - (this.#since ?? now) < longestMs) return null;
    this.#hold = null;
    return hold.error;
  }
}
