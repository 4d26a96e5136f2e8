import type { ChangeNews } from "./change_news.ts";
import { hintOf } from "./hint_of.ts";
import type { Params, Results } from "./protocol.ts";
import type { Store } from "./store/store.ts";

/** What {@linkcode DownloadHistory} needs. */
export interface DownloadHistoryPorts {
  readonly store: Store;
  readonly news: Pick<ChangeNews, "queue">;
  /** Throws when the library was opened for reading only. */
  readonly requireWriter: () => void;
}

/** What became of files. */
export class DownloadHistory {
  readonly #ports: DownloadHistoryPorts;

  constructor(ports: DownloadHistoryPorts) {
    this.#ports = ports;
  }

  /** Newest first. */
  list(query: Params<"history.list">): Results["history.list"] {
    const { rows, total } = this.#ports.store.history.query(query);
    return { rows: rows.map((row) => ({ ...row, hint: hintOf(row.reason) })), total };
  }

  clear(): Results["history.clear"] {
    const { requireWriter, store, news } = this.#ports;
    requireWriter();
    const changed = store.history.clear();
    news.queue();
    return { changed };
  }
}
