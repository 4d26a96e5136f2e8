import { createHash } from "node:crypto";
import type { ReferenceFile } from "../../providers/mmf/simulator/mod.ts";

/**
 * Tells whose bytes a file holds. Content is known by its SHA-256: that of the site by file and version, that of the user
 * by the text, so that a golden says more than a hash would, and stays the same where a compressor changes.
 */
export class Provenance {
  readonly #labels = new Map<string, string>();
  readonly #versions = new Map<string, number>();

  /** Learns what the site has now; what it had before stays known. */
  learn(files: Iterable<ReferenceFile>): void {
    const twins = new Map<string, number>();
    for (const file of files) {
      const plain = `${file.name} of object-${file.objectId}`;
      const twin = (twins.get(plain) ?? 0) + 1;
      twins.set(plain, twin);
      const name = twin === 1 ? plain : `${plain} (number ${twin})`;
      const sha256 = file.sha256();
      if (this.#labels.has(sha256)) continue;
      const version = (this.#versions.get(name) ?? 0) + 1;
      this.#versions.set(name, version);
      this.#labels.set(sha256, version === 1 ? name : `${name}, version ${version}`);
    }
  }

  /** Learns what the user wrote. */
  learnText(text: string): void {
    this.#labels.set(
      sha256Of(new TextEncoder().encode(text)),
      `${JSON.stringify(text)} of the user`,
    );
  }

  /** Learns what became of a file. */
  learnDamage(before: Uint8Array, after: Uint8Array): void {
    this.#labels.set(sha256Of(after), `${this.of(before)}, damaged`);
  }

  of(bytes: Uint8Array): string {
    const sha256 = sha256Of(bytes);
    return this.#labels.get(sha256) ?? `${bytes.length} bytes, sha256 ${sha256.slice(0, 16)}`;
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
