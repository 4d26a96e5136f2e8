import type { AssetUpsert } from "../../extensions/sync-engine/store/asset.ts";
import type { FileUpsert } from "../../extensions/sync-engine/store/files.ts";

const SYLLABLES =
  ("dra gon kni ght or el ven ta ble top mi ni bas e sca tter ter rain gob lin un dead sku ll war " +
    "hero ma ge ro gue vam pire tow er cas tle ship mech bot sp ace pla nt ow bear za qui xen hy fi ju la pa")
    .split(" ");

/** A made-up library whose words and creators are as unevenly spread as real ones. */
export class LibraryMaker {
  #seed: number;
  readonly #words: string[];
  readonly #creators: string[];

  constructor(seed = 1) {
    this.#seed = seed;
    this.#words = Array.from({ length: 4_000 }, () => this.#several(1, 3, SYLLABLES, 1).join(""));
    this.#creators = Array.from(
      { length: 1_500 },
      () => this.#several(2, 2, this.#words, 1).join(" "),
    );
  }

  /** A number in [0, 1), the same sequence for the same seed. */
  chance(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  }

  /** One of `all`; with a `bias` above 1 the first ones come up far more often. */
  pick<T>(all: readonly T[], bias = 1): T {
    const one = all[Math.floor(this.chance() ** bias * all.length)];
    if (one === undefined) throw new RangeError("Cannot pick from nothing");
    return one;
  }

  word(): string {
    return this.pick(this.#words, 3);
  }

  creator(): string {
    return this.pick(this.#creators, 3);
  }

  release(): string {
    return `Release ${1 + Math.floor(this.chance() * 60)}`;
  }

  asset(n: number): AssetUpsert {
    const provider = this.pick(["mmf", "mmf", "mmf", "cults3d", "printables"]);
    return {
      id: `${provider}:object-${n}`,
      provider,
      title: this.#several(2, 5, this.#words, 3).join(" "),
      creator: this.creator(),
      updatedAt: new Date(1.6e12 + Math.floor(this.chance() * 1.5e11)).toISOString(),
      thumbUrl: `https://cdn.example/assets/${n}/720X720-thumbnail.jpg`,
      url: `https://www.example/object/model-${n}`,
      tags: this.#several(0, 6, this.#words, 4),
      sources: [this.pick(["purchase", "tribe", "campaign", "shared"])],
      releases: this.chance() < 0.3 ? [this.release()] : [],
      revision: `r${n}`,
      ref: JSON.stringify({ id: n }),
    };
  }

  files(asset: AssetUpsert, count: number): FileUpsert[] {
    return Array.from({ length: count }, (_, i) => {
      const id = `${asset.id}/${i === 0 ? "image" : "archive"}-${i}`;
      return {
        id,
        provider: asset.provider,
        kind: i === 0 ? "image" : "model",
        name: `${this.word()}-${i}.zip`,
        path: `${asset.provider}/${asset.creator}/${asset.title}/files/${id}.zip`,
        pathKey: id.toLowerCase(),
        size: Math.floor(this.chance() * 5e8),
        revision: "1",
        ref: `{"file":${i}}`,
        expectedSha256: null,
      };
    });
  }

  #several(least: number, most: number, of: readonly string[], bias: number): string[] {
    const length = least + Math.floor(this.chance() * (most - least + 1));
    return Array.from({ length }, () => this.pick(of, bias));
  }
}
