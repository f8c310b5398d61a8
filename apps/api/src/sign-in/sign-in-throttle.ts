const maxFailures = 10;
const lockMs = 30 * 60 * 1000;
const maxAccounts = 10_000;

/**
 * PCI DSS 8.3.4: at most ten failures, then half an hour without a try. Counts by what was typed, so that it tells nothing
 * about which accounts exist; the oldest entry goes when there are too many.
 */
export class SignInThrottle {
  readonly #failures = new Map<string, { count: number; lastMs: number }>();

  /** Milliseconds until the next try is allowed; 0 when it is now. */
  waitMs(account: string, nowMs: number): number {
    const entry = this.#failures.get(account);
    if (entry === undefined || entry.count < maxFailures) return 0;
    const left = entry.lastMs + lockMs - nowMs;
    if (left > 0) return left;
    this.#failures.delete(account);
    return 0;
  }

  countFailure(account: string, nowMs: number): void {
    const entry = this.#failures.get(account);
    const isRecent = entry !== undefined && nowMs - entry.lastMs < lockMs;
    this.#failures.delete(account);
    this.#failures.set(account, { count: isRecent ? entry.count + 1 : 1, lastMs: nowMs });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > maxAccounts && oldest.done !== true) this.#failures.delete(oldest.value);
  }

  forget(account: string): void {
    this.#failures.delete(account);
  }
}
