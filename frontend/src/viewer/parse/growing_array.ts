/** Numbers of unknown count, collected without the memory that an array of JavaScript numbers takes. */
export class GrowingFloats {
  #items = new Float32Array(3 * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push3(a: number, b: number, c: number): void {
    if (this.#length + 3 > this.#items.length) {
      const larger = new Float32Array(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = a;
    this.#items[this.#length++] = b;
    this.#items[this.#length++] = c;
  }

  /** What was pushed, in an array of just that size. */
  done(): Float32Array<ArrayBuffer> {
    return this.#items.slice(0, this.#length);
  }
}

/** The same for whole numbers from 0 to 4,294,967,295. */
export class GrowingIndices {
  #items = new Uint32Array(3 * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push3(a: number, b: number, c: number): void {
    if (this.#length + 3 > this.#items.length) {
      const larger = new Uint32Array(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = a;
    this.#items[this.#length++] = b;
    this.#items[this.#length++] = c;
  }

  done(): Uint32Array<ArrayBuffer> {
    return this.#items.slice(0, this.#length);
  }
}
