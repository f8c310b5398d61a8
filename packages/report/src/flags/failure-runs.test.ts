import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, eventOf } from '../report.fixtures.ts';
import type { ReportEvent } from '../row/report-event.ts';
import { FailureRuns, type FailureRule } from './failure-runs.ts';

const rule: FailureRule = { count: 5, minutes: 10, withinMinutes: 60 };

interface Try {
  readonly user: string;
  readonly origin: string;
  readonly outcome: string;
  readonly minute: number;
}

const tries = fc.array(
  fc.record({
    user: fc.constantFrom('a', 'b', 'c'),
    origin: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3'),
    outcome: fc.constantFrom('failure', 'failure', 'failure', 'success', 'unknown'),
    minute: fc.integer({ min: 0, max: 180 }),
  }),
  { maxLength: 60 },
);

function eventsOf(given: readonly Try[]): ReportEvent[] {
  return given
    .toSorted((one, other) => one.minute - other.minute)
    .map(({ user, origin, outcome, minute }) =>
      eventOf(
        { 'user.name': user, 'source.ip': origin, 'event.outcome': outcome, 'parse.format': 'sshd' },
        { timeMs: at('10:00') + minute * 60_000 },
      ),
    );
}

function judge(events: readonly ReportEvent[], given = rule): FailureRuns {
  const runs = new FailureRuns(given);
  for (const event of events) runs.take(event);
  return runs;
}

/** Slowly and from the words alone: the streak of each failure, and whether any window of it is full. */
function isInRun(events: readonly ReportEvent[], index: number, field: string): boolean {
  const event = events[index];
  const value = event?.document[field];
  const related = events
    .map((each, place) => ({ each, place }))
    .filter(({ each }) => each.document[field] === value && each.document['event.outcome'] !== 'unknown');
  const own = related.findIndex(({ place }) => place === index);
  const isFailure = (at: number): boolean => related[at]?.each.document['event.outcome'] === 'failure';
  let first = own;
  while (first > 0 && isFailure(first - 1)) first -= 1;
  let last = own;
  while (isFailure(last + 1)) last += 1;
  const streak = related.slice(first, last + 1);
  return streak.some((_, begin) => {
    const end = begin + rule.count - 1;
    const [from, until] = [streak[begin], streak[end]];
    if (from === undefined || until === undefined) return false;
    const isFull = until.each.timeMs - from.each.timeMs <= rule.minutes * 60_000;
    return isFull && begin <= own - first && own - first <= end;
  });
}

describe('failures in a row', () => {
  it('are those that a slow reader finds, of accounts and of origins', () => {
    fc.assert(
      fc.property(tries, (given) => {
        const events = eventsOf(given);
        // Moments that two events share are one moment to the product: only streaks apart in time are told apart.
        fc.pre(new Set(events.map(({ timeMs }) => timeMs)).size === events.length);
        const runs = judge(events);
        for (const [index, event] of events.entries()) {
          if (event.document['event.outcome'] !== 'failure') continue;
          const expected = isInRun(events, index, 'user.name') || isInRun(events, index, 'source.ip');
          expect(runs.runOf(event) !== undefined, `${index}`).toBe(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are five in ten minutes, and not four, nor five in eleven', () => {
    const failing = (minutes: readonly number[]): number =>
      minutes
        .map((minute): Try => ({ user: 'a', origin: 'x', outcome: 'failure', minute }))
        .map((_, index, all) => {
          const events = eventsOf(all);
          return judge(events).runOf(events[index] ?? eventOf({}));
        })
        .filter((run) => run !== undefined).length;
    expect(failing([0, 1, 2, 10])).toBe(0);
    expect(failing([0, 1, 2, 3, 10])).toBe(5);
    expect(failing([0, 1, 2, 3, 11])).toBe(0);
    expect(failing([0, 5, 6, 7, 8, 9, 30])).toBe(6);
  });

  it('count an attempt once that PAM and the daemon both tell of', () => {
    const attempts = [0, 1, 2, 3].flatMap((minute) =>
      ['pam', 'sshd'].map((format, part) =>
        eventOf(
          { 'user.name': 'a', 'source.ip': 'x', 'event.outcome': 'failure', 'parse.format': format },
          { timeMs: at('10:00') + minute * 60_000 + part * 400 },
        ),
      ),
    );
    const runs = judge(attempts);
    expect(attempts.map((event) => runs.runOf(event))).toEqual(attempts.map(() => undefined));
  });

  it('are not of one origin because their terminals have the same name', () => {
    const events = [0, 1, 2, 3, 4].map((minute) =>
      eventOf(
        { 'user.name': `user-${minute}`, 'process.tty.name': 'pts/0', 'event.outcome': 'failure' },
        { timeMs: at('10:00') + minute * 60_000 },
      ),
    );
    const runs = judge(events);
    expect(events.map((event) => runs.runOf(event))).toEqual(events.map(() => undefined));
  });

  it('stand out by the success that ends them, soon after', () => {
    const attack = (afterMinutes: number): ReportEvent[] =>
      eventsOf([
        ...[0, 1, 2, 3, 4, 5].map((minute): Try => ({ user: 'a', origin: 'x', outcome: 'failure', minute })),
        { user: 'a', origin: 'y', outcome: 'success', minute: 5 + afterMinutes },
      ]);
    const soon = attack(30);
    const runs = judge(soon);
    expect(runs.endedBy(soon.at(-1) ?? eventOf({}))).toEqual({ failures: 6, by: 'user' });
    expect(runs.runOf(soon[0] ?? eventOf({}))).toEqual({ failures: 6, by: 'user' });
    const late = attack(61);
    expect(judge(late).endedBy(late.at(-1) ?? eventOf({}))).toBeUndefined();
  });

  it('keep nothing of a flood but its runs', () => {
    const runs = new FailureRuns(rule);
    for (let index = 0; index < 100_000; index += 1)
      runs.take(
        eventOf(
          { 'user.name': `user-${index}`, 'source.ip': `2001:db8::${index.toString(16)}`, 'event.outcome': 'failure' },
          { timeMs: at('10:00') + index * 1000 },
        ),
      );
    expect(runs.streaks).toBeLessThan(30_000);
  });
});
