import type { Database } from "./database.ts";

/** Answers that some tables gave, kept until one of these tables changes. */
export class Remembered<T> {
  readonly #db: Pick<Database, "versionOf">;
  readonly #tables: readonly string[];
  readonly #most: number;
  #version = "";
  /** The one that was asked for longest ago comes first. */
  readonly #answers = new Map<string, T>();

  /** @param most Answers that are kept. */
  constructor(db: Pick<Database, "versionOf">, tables: readonly string[], most: number) {
    this.#db = db;
    this.#tables = tables;
    this.#most = most;
  }

  /**
   * The answer to a question.
   *
   * @param question Whatever tells questions apart; it is compared as JSON.
   * @param find Asks the tables, and nothing else.
   */
  get(question: unknown, find: () => T): T {
    const version = this.#db.versionOf(this.#tables);
    if (version !== this.#version) this.#answers.clear();
    this.#version = version;
    const key = JSON.stringify(question);
    const known = this.#answers.get(key);
    const answer = known === undefined ? find() : known;
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.#most) break;
      this.#answers.delete(oldest);
    }
    return answer;
  }
}
