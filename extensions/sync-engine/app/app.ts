import type { EngineDoor } from "../engine_door.ts";
import { SyncError } from "../platform/errors.ts";
import { createInTurn } from "../platform/in_turn.ts";
import type { Emit } from "../protocol.ts";

/** The user's own library, or the made-up one of a simulated site. */
export type LibraryKind = "own" | "demo";

/** An open library and the end of it. */
export interface OpenedLibrary {
  readonly engine: EngineDoor;
  /** Absolute path of its profile. */
  readonly appData: string;
  /** Stops what runs, saves, and ends what belongs to it. */
  close(): Promise<void>;
}

/** Opens a library; the engine tells its events to `emit`. */
export type OpenLibrary = (kind: LibraryKind, emit: Emit) => Promise<OpenedLibrary>;

/** A front end that is connected. */
export interface Client {
  /** Hears events; must not throw. */
  readonly send: Emit;
}

/**
 * What a host runs: one library at a time, and any number of front ends that look at it. While one library is exchanged
 * for the other, whoever asks for the engine waits.
 */
export class App {
  readonly #open: OpenLibrary;
  readonly #clients = new Set<Client>();
  readonly #inTurn = createInTurn();
  #kind: LibraryKind;
  #library: Promise<OpenedLibrary>;
  #port: number | null = null;
  #closed = false;

  private constructor(open: OpenLibrary, kind: LibraryKind) {
    this.#open = open;
    this.#kind = kind;
    this.#library = this.#opened(kind);
  }

  /**
   * Opens a library. What was left in the queue of the user's own goes on by itself.
   *
   * @throws {ProfileBusyError} When another engine runs on it.
   * @throws {SyncError}
   */
  static async open(open: OpenLibrary, kind: LibraryKind = "own"): Promise<App> {
    const app = new App(open, kind);
    await app.#library;
    return app;
  }

  /** Which library is open, or will be when the exchange that is under way has ended. */
  get kind(): LibraryKind {
    return this.#kind;
  }

  /** The engine of the library that is open. Do not keep it: the next request may meet another one. */
  async engine(): Promise<EngineDoor> {
    return (await this.#library).engine;
  }

  /** Absolute path of the profile of the library that is open. */
  async appData(): Promise<string> {
    return (await this.#library).appData;
  }

  /** Tells a front end all events until the returned function is called. */
  connect(client: Client): () => void {
    this.#clients.add(client);
    return () => void this.#clients.delete(client);
  }

  /** Tells other processes where this one listens, for whichever library is open, and expects the first window. */
  async listensOn(port: number): Promise<void> {
    this.#port = port;
    const engine = await this.engine();
    engine.listensOn(port);
    // Whatever is the matter, whoever asks will hear it.
    engine.library.readAhead().catch(() => {});
  }

  /** Has a fault of the program, of which a front end was told, written into the log of the library that is open. */
  readonly onFault = (method: string, thrown: unknown): void => {
    this.#library.then(({ engine }) => engine.logFault(method, thrown), () => {});
  };

  enterDemo(): Promise<void> {
    return this.#exchange("demo");
  }

  leaveDemo(): Promise<void> {
    return this.#exchange("own");
  }

  /** Closes the library after it has saved what it has. Safe to call twice. */
  async close(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#closed) return;
      this.#closed = true;
      const last = this.#library;
      this.#library = rejected(new SyncError("cancelled", "The app is closing"));
      // Where nothing could be opened there is nothing to close.
      await last.then((library) => library.close(), () => {});
    });
  }

  /** Closes the one library, opens the other. When that fails the first one is opened again. */
  async #exchange(kind: LibraryKind): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#closed) throw new SyncError("cancelled", "The app is closing");
      const before = this.#kind;
      if (kind === before && await isOpen(this.#library)) return;
      const last = this.#library;
      this.#kind = kind;
      const wanted = last.then((library) => library.close(), () => {})
        .then(() => this.#opened(kind));
      const next = this.#library = wanted.catch(() => {
        this.#kind = before;
        return this.#opened(before);
      });
      try {
        await wanted;
      } finally {
        await next.catch(() => {});
        this.#emit("engineChanged", {});
      }
    });
  }

  async #opened(kind: LibraryKind): Promise<OpenedLibrary> {
    const library = await this.#open(kind, this.#emit);
    const { engine } = library;
    if (this.#port !== null) engine.listensOn(this.#port);
    if (kind === "own") {
      // A move that was cut off comes first; the queue follows it by itself.
      engine.roots.resume();
      engine.queue.goOn();
    }
    return library;
  }

  readonly #emit: Emit = (event, data) => {
    for (const client of this.#clients) client.send(event, data);
  };
}

async function isOpen(library: Promise<OpenedLibrary>): Promise<boolean> {
  return await library.then(() => true, () => false);
}

/** A failure that nobody has to hear. */
function rejected(error: SyncError): Promise<never> {
  const promise = Promise.reject(error);
  promise.catch(() => {});
  return promise;
}
