import type { ChangeNews } from "./change_news.ts";
import { fileState } from "./library/file_state.ts";
import { SyncError } from "./platform/errors.ts";
import { createInTurn } from "./platform/in_turn.ts";
import type { Clock } from "./platform/ports.ts";
import type { AssetFileRow, Params, Results } from "./protocol.ts";
import type { StoredFile } from "./store/files.ts";
import type { Store } from "./store/store.ts";
import { type WantedChange, WantedChanges } from "./wanted_changes.ts";

/** What {@linkcode LibraryView} needs. */
export interface LibraryViewPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly news: Pick<ChangeNews, "library" | "queue" | "status">;
  /** Ids of all providers. */
  readonly providers: () => readonly string[];
  /** Throws when the library was opened for reading only. */
  readonly requireWriter: () => void;
  /** Stops running downloads and forgets what they have. */
  readonly stopTransfers: (fileIds: readonly string[]) => Promise<void>;
  /** Hears that assets have become wanted. */
  readonly wantedCame: () => void;
}

/** What is asked about the library, and the choice of what is wanted of it. */
export class LibraryView {
  readonly #ports: LibraryViewPorts;
  readonly #store: Store;
  readonly #changes = new WantedChanges();
  /** Two changes at once would each take for its own what the other one did. */
  readonly #inTurn = createInTurn();

  constructor(ports: LibraryViewPorts) {
    this.#ports = ports;
    this.#store = ports.store;
  }

  /**
   * Has what a window asks for first read and counted before it asks: the first look at a large library reads megabytes
   * of the database. Others get their turn in between.
   */
  async readAhead(): Promise<void> {
    const { assets } = this.#store;
    for (const read of [() => assets.summary(), () => assets.query(), () => assets.facets()]) {
      await this.#ports.clock.sleep(0);
      read();
    }
  }

  query({ filter, ...page }: Params<"library.query">): Results["library.query"] {
    const { assets, denials } = this.#store;
    const { rows, total } = assets.query({ ...filter, ...page });
    const locked = rows.filter(({ availability }) => availability === "locked");
    const kinds = denials.kinds(locked.map(({ id }) => id));
    return { rows: rows.map((row) => ({ ...row, denied: kinds.get(row.id) ?? null })), total };
  }

  summary({ filter }: Params<"library.summary">): Results["library.summary"] {
    return this.#store.assets.summary(filter);
  }

  facets(): Results["library.facets"] {
    return this.#store.assets.facets();
  }

  creators(query: Params<"library.creators">): Results["library.creators"] {
    return this.#store.assets.creators(query);
  }

  releases(query: Params<"library.releases">): Results["library.releases"] {
    return this.#store.releases.list(query);
  }

  /** @throws {SyncError} `badInput` when there is none. */
  asset({ id }: Params<"library.asset">): Results["library.asset"] {
    const { assets, files } = this.#store;
    const row = assets.row(id);
    if (!row) throw new SyncError("badInput", `The library has no model "${id}"`);
    const description = assets.get(id)?.description ?? null;
    const denial = row.availability === "locked" ? this.#store.denials.get(id) : null;
    const fileRows = files.byAsset(id).map((file) => this.#fileRow(file));
    return { ...row, denied: denial?.kind ?? null, description, denial, fileRows };
  }

  /** What the sites listed and nobody understood, with the reasons. */
  quarantine(
    { provider, offset, limit }: Params<"library.quarantine">,
  ): Results["library.quarantine"] {
    const ids = provider === undefined ? this.#ports.providers() : [provider];
    const rows = ids.flatMap((id) =>
      this.#store.scans.quarantine(id).map((item) => ({ provider: id, ...item }))
    );
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  }

  /** Those of the ids that no asset of the library has. */
  unknownIds(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => this.#store.assets.row(id) === null);
  }

  /** Marks assets as wanted or not. What is not wanted any more is not fetched on, and stays on disk. */
  async setWanted(
    { which, wanted }: Params<"library.setWanted">,
  ): Promise<Results["library.setWanted"]> {
    this.#ports.requireWriter();
    return await this.#inTurn(async () => {
      const target = "length" in which ? { ids: which } : which;
      const set = this.#store.assets.notYet(target, wanted);
      if (set.total === 0) return { changed: 0, undo: null };
      const changed = await this.#mark({ set, wanted });
      return { changed, undo: this.#changes.add({ set, wanted }) };
    });
  }

  /** Takes one change back: just those assets that it changed, as far as they still are as it left them. */
  async undoWanted(
    { undo }: Params<"library.undoWanted">,
  ): Promise<Results["library.undoWanted"]> {
    this.#ports.requireWriter();
    return await this.#inTurn(async () => {
      const { set, wanted } = this.#changes.take(undo);
      return { changed: await this.#mark({ set, wanted: !wanted }) };
    });
  }

  async #mark({ set, wanted }: WantedChange): Promise<number> {
    const { clock, news } = this.#ports;
    let changed = 0;
    for (const some of this.#store.assets.mark(set, wanted)) {
      // Between two steps others get their turn: a large library takes a second.
      if (changed > 0) await clock.sleep(0);
      changed += some;
    }
    if (wanted) this.#ports.wantedCame();
    else await this.#dropUnwanted();
    news.library();
    news.queue();
    news.status();
    return changed;
  }

  async #dropUnwanted(): Promise<void> {
    const { assets, jobs } = this.#store;
    const running = jobs.list({ state: "running" }).rows
      .filter(({ assetId }) => assets.row(assetId)?.wanted === false);
    if (running.length > 0) await this.#ports.stopTransfers(running.map(({ fileId }) => fileId));
    jobs.removeObsolete();
  }

  #fileRow(file: StoredFile): AssetFileRow {
    const { id, kind, name, path, sha256, downloadedAt, listed } = file;
    const job = this.#store.jobs.get(id);
    const verified = this.#store.verifications.get(id);
    return {
      id,
      kind,
      name,
      path,
      size: file.downloadedSize ?? file.size,
      sha256,
      downloadedAt,
      verifiedAt: verified?.at ?? null,
      verdict: verified?.verdict ?? null,
      state: fileState(file),
      recognisedBy: this.#store.recognitions.get(id),
      listed,
      job: job && { state: job.state, reason: job.reason, message: job.message },
    };
  }
}
