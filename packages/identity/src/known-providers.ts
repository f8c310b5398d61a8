import { createHash } from 'node:crypto';

interface Known<T> {
  readonly value: Promise<T>;
  readonly untilMs: number;
}

const knownForMs = 10 * 60_000;
/** What did not answer is not asked again at once, whoever wants it. */
const failedForMs = 30_000;
const mostKnown = 500;

/** What providers publish, read once for all who ask meanwhile. Bounded: the one that was read first makes room. */
export class KnownProviders<T> {
  readonly #known = new Map<string, Known<T>>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Reads by `read` where nothing is known. */
  get(settings: readonly string[], read: () => Promise<T>): Promise<T> {
    const key = keyOf(settings);
    const known = this.#known.get(key);
    if (known !== undefined && known.untilMs > this.#now()) return known.value;
    const value = read();
    this.#put(key, { value, untilMs: this.#now() + knownForMs });
    value.catch(() => this.#put(key, { value, untilMs: this.#now() + failedForMs }));
    return value;
  }

  #put(key: string, known: Known<T>): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= mostKnown) break;
      this.#known.delete(oldest);
    }
  }
}

/** The settings hold a secret, which is not kept for longer than the call that brings it. */
function keyOf(settings: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('base64url');
}
