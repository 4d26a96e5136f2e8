import type { Database } from "./database.ts";
import { int, oneOf, type Row, text } from "./rows.ts";

const KINDS = ["locked", "gone"] as const;

/** Why a site gives nothing of an asset that it lists. `gone`: it says that there is no such asset any more. */
export interface Denial {
  readonly kind: (typeof KINDS)[number];
  /** For people, as the provider told it. */
  readonly message: string;
  /** When it was told last, in milliseconds since the Unix epoch. */
  readonly at: number;
}

/** What sites said about assets whose files they do not give. */
export class Denials {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @param denial Null when the site gives the files. */
  set(assetId: string, denial: Denial | null): void {
    if (denial === null) {
      this.#db.run(
        "DELETE FROM denials WHERE asset = (SELECT number FROM assets WHERE id = ?)",
        assetId,
      );
      return;
    }
    const { kind, message, at } = denial;
    this.#db.run(
      `INSERT OR REPLACE INTO denials (asset, kind, message, at)
      SELECT number, ?, ?, ? FROM assets WHERE id = ?`,
      kind,
      message,
      at,
      assetId,
    );
  }

  get(assetId: string): Denial | null {
    const row = this.#db.get(
      "SELECT d.* FROM denials d JOIN assets a ON a.number = d.asset WHERE a.id = ?",
      assetId,
    );
    return row ? toDenial(row) : null;
  }

  /** Kinds by asset, of those among them that are denied. */
  kinds(assetIds: readonly string[]): ReadonlyMap<string, Denial["kind"]> {
    const rows = this.#db.all(
      `SELECT a.id, d.kind FROM assets a JOIN denials d ON d.asset = a.number
      WHERE a.id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(assetIds),
    );
    return new Map(rows.map((row) => [text(row, "id"), oneOf(row, "kind", KINDS)]));
  }

  /**
   * Has the next look ask again for what was denied before `at`, in milliseconds since the Unix epoch: no change on the
   * site tells that an asset was opened. Returns how many there are.
   */
  askAgain(provider: string, at: number): number {
    return this.#db.run(
      `UPDATE assets SET detail_revision = NULL
      WHERE number IN (SELECT asset FROM denials WHERE at < ?) AND provider = ? AND availability = 'locked'
        AND detail_revision IS NOT NULL`,
      at,
      provider,
    );
  }
}

function toDenial(row: Row): Denial {
  return { kind: oneOf(row, "kind", KINDS), message: text(row, "message"), at: int(row, "at") };
}
