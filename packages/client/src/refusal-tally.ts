import { createTally, type Tally } from './tally.ts';

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
  readonly now: () => Date;
  readonly windowMs?: number;
}

export type RefusalTally<R extends Refusal> = Tally<R>;

/**
 * Callers whom nobody knows, as at most one event of each address and reason a minute (PCI DSS 10.2.1.4); none is left
 * out: addresses can be made up, and when there are too many of them, further ones are told as `others`.
 */
export function createRefusalTally<R extends Refusal>({ record, now, windowMs }: Settings<R>): RefusalTally<R> {
  return createTally<R>({
    keyOf: ({ address, reason }) => JSON.stringify([address, reason]),
    record: ({ first, times: count, since, until }) => record({ first, count, since, until }),
    beyond: (refusal) => ({ ...refusal, address: 'others' }),
    now,
    ...(windowMs === undefined ? {} : { windowMs }),
  });
}
