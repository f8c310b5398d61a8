/**
 * A message that is not finished for so long is kept as it is. The connection stays if it was a line, because there are
 * senders that never end one; it is given up if an octet count promised more.
 */
export const unfinishedMs = 60_000;
/** A large message may take longer, as long as it comes at this rate. */
const leastBytesPerSecond = 1024;

/** Whether a message comes too slowly: one byte a minute keeps no connection's memory. */
export class FramePace {
  readonly #nowMs: () => number;
  #sinceMs: number;
  #bytes = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#sinceMs = nowMs();
  }

  /** A message, or a part of one, was finished: what comes next begins now. */
  advance(): void {
    this.#sinceMs = this.#nowMs();
    this.#bytes = 0;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  get isTooSlow(): boolean {
    return this.#nowMs() - this.#sinceMs > unfinishedMs + (this.#bytes * 1000) / leastBytesPerSecond;
  }
}
