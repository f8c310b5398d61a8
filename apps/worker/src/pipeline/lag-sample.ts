const mostKept = 256;

/** The median of a sample that is spread evenly over everything that was taken, in bounded memory. */
export class LagSample {
  #kept: number[] = [];
  #taken = 0;
  #every = 1;

  take(lag: number): void {
    if (this.#taken % this.#every === 0) {
      this.#kept.push(lag);
      if (this.#kept.length === mostKept) {
        this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
        this.#every *= 2;
      }
    }
    this.#taken += 1;
  }

  /** 0 when nothing was taken. */
  median(): number {
    const sorted = this.#kept.toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }
}
