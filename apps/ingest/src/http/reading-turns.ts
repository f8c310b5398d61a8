/**
 * Lets bodies be read piece by piece: one piece in each turn of the event loop, and organisations in rotation. However
 * many and however large the bodies of one organisation are, a receipt of another waits for a piece of them and not for
 * all.
 */
export class ReadingTurns<Tenant> {
  /** In the order of their next turns. */
  readonly #waiting = new Map<Tenant, (() => void)[]>();
  #isTaken = false;

  /** Resolves when the caller may read one piece. */
  next(tenant: Tenant): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      setImmediate(() => this.#pass());
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const queue = this.#waiting.get(tenant);
      if (queue === undefined) this.#waiting.set(tenant, [resolve]);
      else queue.push(resolve);
    });
  }

  #pass(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#isTaken = false;
      return;
    }
    const [tenant, queue] = first;
    this.#waiting.delete(tenant);
    queue.shift()?.();
    // Behind the others: whoever has several bodies waits for theirs between them.
    if (queue.length > 0) this.#waiting.set(tenant, queue);
    setImmediate(() => this.#pass());
  }
}
