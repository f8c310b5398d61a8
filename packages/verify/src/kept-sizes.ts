/** Sizes of the log under which a checkpoint is kept: one bit each, as there may be millions. */
export class KeptSizes {
  #bits = new Uint8Array(1024);

  add(size: number): void {
    const place = Math.floor(size / 8);
    if (place >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(place + 1, this.#bits.length * 2));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[place] = (this.#bits[place] ?? 0) | (1 << (size % 8));
  }

  has(size: number): boolean {
    return ((this.#bits[Math.floor(size / 8)] ?? 0) & (1 << (size % 8))) !== 0;
  }

  /** Whether there is one from `start` up to below `end`. */
  hasAny(start: number, end: number): boolean {
    const last = Math.min(end, this.#bits.length * 8);
    for (let size = start; size < last; size++) {
      // Most of the bytes are empty: over these at once.
      if (size % 8 === 0 && this.#bits[size / 8] === 0) size += 7;
      else if (this.has(size)) return true;
    }
    return false;
  }
}
