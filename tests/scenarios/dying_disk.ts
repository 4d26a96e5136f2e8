import { SyncError } from "../../extensions/sync-engine/platform/errors.ts";
import type { Fs } from "../../extensions/sync-engine/platform/ports.ts";

/** An operation of the disk that is about to happen. */
export interface Operation {
  /** As the port calls it, with `file.` before what is done to an open file. */
  readonly name: string;
  /** Absolute; the first of two. */
  readonly path: string;
  /** Bytes that it writes to an open file. */
  readonly bytes: number;
}

/** A disk under a process that can die. */
export class DyingDisk {
  #isDead = false;
  #kills: (operation: Operation) => boolean = () => false;

  /** Whether the process died. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /**
   * From now on the process dies instead of the first operation that is chosen: neither it nor any that follows happens.
   *
   * @param onDeath Told at that moment.
   */
  arm(isChosen: (operation: Operation) => boolean, onDeath: () => void): void {
    this.#kills = (operation) => {
      if (!isChosen(operation)) return false;
      onDeath();
      return true;
    };
  }

  /** Another process starts. */
  revive(): void {
    this.#isDead = false;
    this.#kills = () => false;
  }

  /** The same disk, as the process sees it. */
  watch(fs: Fs): Fs {
    return this.#guard(
      fs,
      (name, [path]) => ({ name, path: String(path), bytes: 0 }),
      (made, path) =>
        this.#guard(made, (name, [data]) => ({
          name: `file.${name}`,
          path,
          bytes: name === "write" && data instanceof Uint8Array ? data.length : 0,
        })),
    );
  }

  /** Asks before each method of a port. @param wrap Makes a watched one of what `open` resolves to. */
  #guard<Port extends object>(
    port: Port,
    operationOf: (method: string, args: readonly unknown[]) => Operation,
    wrap?: (opened: object, path: string) => object,
  ): Port {
    return new Proxy(port, {
      get: (target, key) => {
        const method: unknown = Reflect.get(target, key);
        // What is open is closed by the system when a process dies.
        if (typeof method !== "function" || key === "close") return method;
        return async (...args: unknown[]): Promise<unknown> => {
          const operation = operationOf(String(key), args);
          this.#isDead ||= this.#kills(operation);
          if (this.#isDead) throw new SyncError("cancelled", "The process is dead");
          const result: unknown = await Reflect.apply(method, target, args);
          return key === "open" && wrap && typeof result === "object" && result !== null
            ? wrap(result, operation.path)
            : result;
        };
      },
    });
  }
}
