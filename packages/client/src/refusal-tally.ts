export interface Refusal {
  /** Of the caller. */
  readonly address: string;
  /** Why: a code, never what was shown. */
  readonly reason: string;
}

/** What is told of refusals of one address for one reason: the first as it came, and how many there were. */
export interface ToldRefusals<R extends Refusal> {
  readonly first: R;
  readonly count: number;
  readonly since: Date;
  readonly until: Date;
}

interface Settings<R extends Refusal> {
  readonly record: (told: ToldRefusals<R>) => Promise<void>;
  readonly windowMs?: number;
}

interface Entry<R extends Refusal> {
  first: R;
  untold: number;
  since: Date;
  until: Date;
  toldAtMs: number;
}

export interface RefusalTally<R extends Refusal> {
  /** The first of a minute is told at once, the others with its end. Rejects when it could not be told now; it is then told later. */
  note(refusal: R): Promise<void>;
  /** Tells what waits, and what was being told and failed. */
  close(): Promise<void>;
}

const minuteMs = 60_000;
/** Addresses can be made up: beyond so many of a minute they stand together in the trail. */
const maxEntries = 1000;

/**
 * Callers whom nobody knows, as at most one event of each address and reason a minute (PCI DSS 10.2.1.4); none is left
 * out: when there are too many addresses, further ones are told as `others`.
 */
export function createRefusalTally<R extends Refusal>({ record, windowMs = minuteMs }: Settings<R>): RefusalTally<R> {
  const entries = new Map<string, Entry<R>>();
  const underWay = new Set<Promise<void>>();

  function tell(entry: Entry<R>): Promise<void> {
    const telling = tellOnce(entry).finally(() => underWay.delete(telling));
    underWay.add(telling);
    return telling;
  }

  async function tellOnce(entry: Entry<R>): Promise<void> {
    const { first, untold: count, since, until } = entry;
    entry.untold = 0;
    entry.toldAtMs = Date.now();
    try {
      await record({ first, count, since, until });
    } catch (error) {
      entry.untold += count;
      entry.since = since;
      throw error;
    }
  }

  async function tellAll(toldBeforeMs: number): Promise<void> {
    const due = [...entries].filter(([, { toldAtMs }]) => toldAtMs <= toldBeforeMs);
    for (const [key, { untold }] of due) if (untold === 0) entries.delete(key);
    // What cannot be told now waits for the next turn.
    await Promise.allSettled(due.filter(([, { untold }]) => untold > 0).map(([, entry]) => tell(entry)));
  }

  const timer = setInterval(() => void tellAll(Date.now() - windowMs), windowMs / 6);
  timer.unref();

  return {
    async note(own) {
      const isOneTooMany = entries.size >= maxEntries && !entries.has(keyOf(own));
      const refusal = isOneTooMany ? { ...own, address: 'others' } : own;
      const key = keyOf(refusal);
      const now = new Date();
      const entry = entries.get(key);
      if (entry !== undefined) {
        if (entry.untold === 0) Object.assign(entry, { first: refusal, since: now });
        entry.untold += 1;
        entry.until = now;
        return;
      }
      const added = { first: refusal, untold: 1, since: now, until: now, toldAtMs: 0 };
      entries.set(key, added);
      await tell(added);
    },
    async close() {
      clearInterval(timer);
      await Promise.allSettled(underWay);
      await tellAll(Number.POSITIVE_INFINITY);
    },
  };
}

function keyOf({ address, reason }: Refusal): string {
  return JSON.stringify([address, reason]);
}
