/** The beginning of a body that is read without waiting for larger ones of its organisation: 1 MiB in pieces of 64 KiB. */
const smallPieces = 16;
/** So many larger bodies of one organisation are read side by side; what they become is in memory until they are over. */
const largeSideBySide = 8;

/** One body's turns: between `begin` and `end` it may decode and read one piece. Both may be called again at any time. */
export interface Turn {
  /** Resolves when it is this body's turn. */
  begin(): Promise<void>;
  /** Lets the next one have its turn, once the event loop has gone round. */
  end(): void;
}

interface Body {
  /** Of all bodies: which one came first. */
  readonly order: number;
  pieces: number;
  /** When it had its last turn, counted in turns. */
  servedAt: number;
  go: () => void;
}

/**
 * Lets bodies be decoded and read piece by piece: one piece at a time and in each turn of the event loop, and organisations
 * in rotation. However many and however large the bodies of one organisation are, a receipt of another waits for a piece
 * of them and not for all, and one thread decompresses for them. Among the bodies of one organisation the one that has
 * waited longest is next; of large ones only the first few, so that they end and give their memory back before others
 * grow as large. A body that waits for its sender holds no turn.
 */
export class ReadingTurns<Tenant> {
  /** In the order of their next turns; the bodies of each in the order in which they came. */
  readonly #waiting = new Map<Tenant, Body[]>();
  #isTaken = false;
  #bodies = 0;
  #turns = 0;

  of(tenant: Tenant): Turn {
    const body: Body = { order: (this.#bodies += 1), pieces: 0, servedAt: 0, go: () => undefined };
    let hasTurn = false;
    return {
      begin: async () => {
        if (hasTurn) return;
        await this.#next(tenant, body);
        body.pieces += 1;
        body.servedAt = this.#turns += 1;
        hasTurn = true;
      },
      end: () => {
        if (!hasTurn) return;
        hasTurn = false;
        setImmediate(() => this.#pass());
      },
    };
  }

  #next(tenant: Tenant, body: Body): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      body.go = resolve;
      const queue = this.#waiting.get(tenant);
      if (queue === undefined) this.#waiting.set(tenant, [body]);
      else queue.splice(queue.findLastIndex(({ order }) => order < body.order) + 1, 0, body);
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
    const [body] = queue.splice(nextOf(queue), 1);
    // Behind the others: whoever has several bodies waits for theirs between them.
    if (queue.length > 0) this.#waiting.set(tenant, queue);
    body?.go();
  }
}

function nextOf(queue: readonly Body[]): number {
  let next = 0;
  let longest = Number.POSITIVE_INFINITY;
  let large = 0;
  for (const [at, { pieces, servedAt }] of queue.entries()) {
    if (pieces >= smallPieces) large += 1;
    if (servedAt >= longest || (pieces >= smallPieces && large > largeSideBySide)) continue;
    [next, longest] = [at, servedAt];
  }
  return next;
}
