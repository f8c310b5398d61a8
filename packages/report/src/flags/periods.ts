/** Epoch milliseconds, both ends included. */
export interface Period {
  from: number;
  until: number;
  /** How many events it holds. */
  events: number;
}

/** Periods by key, each key's in the order of time and apart from each other. */
export class Periods {
  readonly #byKey = new Map<string, Period[]>();

  /** Begins a period or, where it goes on from the key's last one, lengthens that. `from` never goes back. */
  add(key: string, { from, until, events }: Period): Period {
    const known = this.#byKey.get(key);
    const last = known?.at(-1);
    if (known !== undefined && last !== undefined && from <= last.until) {
      last.until = until;
      last.events += 1;
      return last;
    }
    const period = { from, until, events };
    if (known === undefined) this.#byKey.set(key, [period]);
    else known.push(period);
    return period;
  }

  at(key: string, timeMs: number): Period | undefined {
    const periods = this.#byKey.get(key);
    if (periods === undefined) return undefined;
    let low = 0;
    let high = periods.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const period = periods[middle];
      if (period === undefined) return undefined;
      if (timeMs < period.from) high = middle - 1;
      else if (timeMs > period.until) low = middle + 1;
      else return period;
    }
    return undefined;
  }
}
