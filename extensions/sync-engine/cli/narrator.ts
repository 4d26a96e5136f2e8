import type { EventName, Events } from "../protocol.ts";
import type { LibraryWords } from "./reporter.ts";
import { sentenceOf } from "./sentences.ts";
import { WouldFetch } from "./would_fetch.ts";
import type { World } from "./world.ts";

/** Sentences for the engine's events, with what has to be remembered from one to the next. */
export class Narrator {
  readonly #world: Pick<World, "clock" | "programName">;
  readonly #wouldFetch = new WouldFetch();
  /** The last sentence about each reason to wait. */
  readonly #waiting = new Map<string, string | null>();
  /** The pace of downloads that was said last. */
  #pace = "";
  #library: LibraryWords = { names: new Map(), option: "" };

  constructor(world: Pick<World, "clock" | "programName">) {
    this.#world = world;
  }

  learn(library: LibraryWords): void {
    this.#library = library;
  }

  readonly nameOf = (provider: string): string => this.#library.names.get(provider) ?? provider;

  /** What an event means to a person, null when it is not worth a line now. */
  tell<E extends EventName>(event: E, data: Events[E]): string | null {
    const { clock, programName } = this.#world;
    const sentence = sentenceOf(event, data, {
      now: clock.now(),
      programName,
      option: this.#library.option,
      nameOf: this.nameOf,
    });
    return this.#remember[event]?.(data, sentence) === "silent" ? null : sentence;
  }

  /** Lines that were gathered for the end. */
  rest(): string[] {
    return this.#wouldFetch.take();
  }

  readonly #remember: Memory = {
    // What is lost once more, is to be told once more.
    fileDone: () => void this.#waiting.delete("offline"),
    wouldFetch: (data) => this.#wouldFetch.add(data),
    waiting: ({ reason, provider, everyMs }, sentence) => {
      // One turn after the other is nothing new; another pace is.
      const pace = `${provider} ${everyMs}`;
      const isOld = reason === "paced"
        ? this.#pace === pace
        : this.#waiting.get(reason) === sentence;
      if (provider !== null) this.#pace = pace;
      if (isOld) return "silent";
      this.#waiting.set(reason, sentence);
    },
  };
}

type Memory = {
  readonly [E in EventName]?: (data: Events[E], sentence: string | null) => "silent" | void;
};
