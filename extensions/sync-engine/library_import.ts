import type { ChangeNews } from "./change_news.ts";
import { importLibrary } from "./library/import_library.ts";
import { readDocuments, type SavedFile } from "./library/saved_documents.ts";
import { SyncError } from "./platform/errors.ts";
import type { Log } from "./platform/ports.ts";
import { allowsHost } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import type { Emit, ImportSummary } from "./protocol.ts";
import { forgetRebuiltProvider, rebuiltProviders } from "./rebuilt_providers.ts";
import type { Store } from "./store/store.ts";

export { MOST_BYTES, type SavedFile } from "./library/saved_documents.ts";

/** What {@linkcode LibraryImport} needs. */
export interface LibraryImportPorts {
  readonly store: Store;
  readonly log: Log;
  readonly emit: Emit;
  readonly news: Pick<ChangeNews, "library">;
  readonly newWanted: () => boolean;
  /** Runs a provider; throws when it is unknown. */
  readonly client: (provider: string) => ProviderClient;
  /** Does work while no other job runs. */
  readonly exclusive: <T>(
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
}

/** Options for {@linkcode LibraryImport.run}. */
export interface ImportOptions {
  /** When the oldest of the files was saved, in milliseconds since the Unix epoch. @default nobody knows */
  readonly savedAt?: number | null;
  /** Believe the list even when most of the library is missing in it. @default {false} */
  readonly acceptRemovals?: boolean;
}

/** Takes in a library that the user has saved in their own browser. Needs neither a sign-in nor a network. */
export class LibraryImport {
  readonly #ports: LibraryImportPorts;

  constructor(ports: LibraryImportPorts) {
    this.#ports = ports;
  }

  /**
   * Imports files, which together are one list and what belongs to it.
   *
   * @throws {SyncError} `badInput` when they are of no use, with what to do; when the provider has nothing to be
   * imported, or another job runs.
   */
  async run(
    provider: string,
    files: readonly SavedFile[],
    { savedAt = null, acceptRemovals = false }: ImportOptions = {},
    signal?: AbortSignal,
  ): Promise<ImportSummary> {
    const { store, emit, news, newWanted } = this.#ports;
    return await this.#ports.exclusive(signal, async (stop) => {
      const client = this.#ports.client(provider);
      try {
        const { manifest } = client;
        if (manifest.import === null) {
          throw new SyncError("badInput", `Of ${manifest.name} no list can be imported`);
        }
        const documents = readDocuments(files, (url) => allowsHost(manifest, url));
        const tally = await importLibrary(this.#ports, client, { documents, savedAt }, {
          newWanted: newWanted() && !rebuiltProviders(store).includes(provider),
          acceptLoss: acceptRemovals,
          onPage: (soFar) => {
            emit("scan", { provider, ...soFar, done: false });
            news.library();
          },
          signal: stop,
        });
        if (tally.incomplete === null) forgetRebuiltProvider(store, provider);
        emit("scan", { provider, ...tally, done: true });
        const { seen: rows, kept: assets, merged, quarantined, ...rest } = tally;
        return { rows, assets, merged, quarantined, ...rest };
      } finally {
        await client.close();
      }
    });
  }
}
