// Arrays for outputs, which are used again when nothing reads them any more: memory that is fresh costs more than to write to it.

export class OutputArrays {
  readonly #own = new WeakSet<Float32Array>();
  /** The last ones to be given back, newest last. */
  #free: Float32Array[] = [];
  #freeBytes = 0;
  #mostBytes = 0;

  /** How many bytes may wait to be used again. */
  limit(bytes: number): void {
    this.#mostBytes = bytes;
    this.#dropOldest();
  }

  /** An array of so many numbers, whatever they are. */
  take(length: number): Float32Array {
    const at = this.#free.findLastIndex((array) => array.length === length);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    if (found !== undefined) {
      this.#freeBytes -= found.byteLength;
      return found;
    }
    const made = new Float32Array(length);
    this.#own.add(made);
    return made;
  }

  /** Takes back what came from here; other arrays are left alone. Nothing may read it any more. */
  giveBack(array: Float32Array): void {
    if (!this.#own.has(array) || array.byteLength === 0 || this.#free.includes(array)) return;
    this.#free.push(array);
    this.#freeBytes += array.byteLength;
    this.#dropOldest();
  }

  #dropOldest(): void {
    while (this.#freeBytes > this.#mostBytes) this.#freeBytes -= this.#free.shift()?.byteLength ?? 0;
  }
}
