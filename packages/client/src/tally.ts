/** What is told of things of one kind: the first and the last as they came, and how many there were. */
export interface Tallied<Item> {
  readonly first: Item;
  readonly last: Item;
  readonly times: number;
  /** Sum of what `amountOf` says of each. */
  readonly amount: number;
  readonly since: Date;
  readonly until: Date;
}

export interface TallySettings<Item> {
  /** Things with the same key are told together. */
  readonly keyOf: (item: Item) => string;
  readonly record: (told: Tallied<Item>) => Promise<void>;
  /** What stands for a thing of a new key when there are too many keys already; null when it is left out. */
  readonly beyond: (item: Item) => Item | null;
  /** What of a thing is added up; nothing when left out. */
  readonly amountOf?: (item: Item) => number;
  readonly now: () => Date;
  readonly windowMs?: number;
}

interface Entry<Item> {
  first: Item;
  last: Item;
  untold: number;
  amount: number;
  since: Date;
  until: Date;
  toldAtMs: number;
}

export interface Tally<Item> {
  /** The first of a minute is told at once, the others with its end. Rejects when it could not be told now; it is then told later. */
  note(item: Item): Promise<void>;
  /** Tells what waits, and what was being told and failed. */
  close(): Promise<void>;
}

const minuteMs = 60_000;
/** Keys can be made up by callers. */
const maxEntries = 1000;

/** Tells the first of a kind at once and the others of a minute as one; none is left out while it may be told later. */
export function createTally<Item>(settings: TallySettings<Item>): Tally<Item> {
  const { keyOf, record, beyond, amountOf = () => 0, now, windowMs = minuteMs } = settings;
  const entries = new Map<string, Entry<Item>>();
  const underWay = new Set<Promise<void>>();

  function tell(entry: Entry<Item>): Promise<void> {
    const telling = tellOnce(entry).finally(() => underWay.delete(telling));
    underWay.add(telling);
    return telling;
  }

  async function tellOnce(entry: Entry<Item>): Promise<void> {
    const { first, last, untold: times, amount, since, until } = entry;
    Object.assign(entry, { untold: 0, amount: 0 });
    entry.toldAtMs = now().getTime();
    try {
      await record({ first, last, times, amount, since, until });
    } catch (error) {
      entry.untold += times;
      entry.amount += amount;
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

  const timer = setInterval(() => void tellAll(now().getTime() - windowMs), windowMs / 6);
  timer.unref();

  return {
    async note(own) {
      const isOneTooMany = entries.size >= maxEntries && !entries.has(keyOf(own));
      const item = isOneTooMany ? beyond(own) : own;
      if (item === null) return;
      const key = keyOf(item);
      const at = now();
      const entry = entries.get(key);
      if (entry !== undefined) {
        if (entry.untold === 0) Object.assign(entry, { first: item, since: at });
        entry.last = item;
        entry.untold += 1;
        entry.amount += amountOf(item);
        entry.until = at;
        return;
      }
      const added = { first: item, last: item, untold: 1, amount: amountOf(item), since: at, until: at, toldAtMs: 0 };
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
