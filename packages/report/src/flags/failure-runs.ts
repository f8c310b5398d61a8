import { keyPart } from '../row/row-of.ts';
import type { ReportEvent } from '../row/report-event.ts';
import { Periods, type Period } from './periods.ts';

export interface FailureRule {
  readonly count: number;
  readonly minutes: number;
  /** A success ends a run and stands out when it comes so soon after the last failure. */
  readonly withinMinutes: number;
}

interface Streak {
  /** The newest failures, at most as many as make a run. */
  times: number[];
  lastFormat: unknown;
  run: Period | undefined;
}

export interface RunFound {
  readonly failures: number;
  readonly by: 'user' | 'origin';
}

/** PAM, the daemon and the audit system may each tell of one attempt, in a format of their own. */
const sameAttemptMs = 1_000;
const sweepEvery = 10_000;

/**
 * Failures in a row of an account or from an origin: at least `count` of them within `minutes`, without a success of the same
 * account or origin between. Events come in the order of time; what is kept is bounded by the accounts and origins of the
 * last minutes and by the runs found.
 */
export class FailureRuns {
  readonly #rule: FailureRule;
  readonly #windowMs: number;
  readonly #streaks = new Map<string, Streak>();
  readonly #runs = new Periods();
  readonly #successes = new Map<string, RunFound>();
  #sinceSweep = 0;

  constructor(rule: FailureRule) {
    this.#rule = rule;
    this.#windowMs = rule.minutes * 60_000;
  }

  take(event: ReportEvent): void {
    const outcome = event.document['event.outcome'];
    if (outcome !== 'failure' && outcome !== 'success') return;
    for (const { by, key } of keysOf(event)) {
      if (outcome === 'failure') this.#fail(key, event);
      else this.#succeed(key, by, event);
    }
    this.#sinceSweep += 1;
    if (this.#sinceSweep >= sweepEvery) this.#sweep(event.timeMs);
  }

  /** The run that a failure belongs to: the longer one where account and origin each have one. */
  runOf(event: ReportEvent): RunFound | undefined {
    if (event.document['event.outcome'] !== 'failure') return undefined;
    const found = keysOf(event).flatMap(({ by, key }) => {
      const run = this.#runs.at(key, event.timeMs);
      return run === undefined ? [] : [{ failures: run.events, by }];
    });
    return found.toSorted((one, other) => other.failures - one.failures)[0];
  }

  /** The run that a success ended. */
  endedBy(event: ReportEvent): RunFound | undefined {
    return this.#successes.get(event.id);
  }

  /** How many accounts and origins are followed at the moment. */
  get streaks(): number {
    return this.#streaks.size;
  }

  #fail(key: string, { timeMs, document }: ReportEvent): void {
    const format = document['parse.format'];
    const streak = this.#streaks.get(key) ?? { times: [], lastFormat: undefined, run: undefined };
    const last = streak.times.at(-1);
    const isToldTwice = last !== undefined && timeMs - last <= sameAttemptMs && streak.lastFormat !== format;
    if (isToldTwice) {
      if (streak.run !== undefined) streak.run.until = timeMs;
      return;
    }
    streak.times.push(timeMs);
    if (streak.times.length > this.#rule.count) streak.times.shift();
    streak.lastFormat = format;
    const [first] = streak.times;
    if (first !== undefined && streak.times.length === this.#rule.count && timeMs - first <= this.#windowMs)
      streak.run = this.#runs.add(key, { from: first, until: timeMs, events: this.#rule.count });
    this.#streaks.set(key, streak);
  }

  #succeed(key: string, by: 'user' | 'origin', { id, timeMs }: ReportEvent): void {
    const streak = this.#streaks.get(key);
    if (streak === undefined) return;
    this.#streaks.delete(key);
    const last = streak.times.at(-1);
    if (streak.run === undefined || last === undefined || timeMs - last > this.#rule.withinMinutes * 60_000) return;
    const known = this.#successes.get(id);
    if (known === undefined || known.failures < streak.run.events)
      this.#successes.set(id, { failures: streak.run.events, by });
  }

  /** What no later event can add to any more is let go. */
  #sweep(nowMs: number): void {
    this.#sinceSweep = 0;
    const reach = Math.max(this.#windowMs, this.#rule.withinMinutes * 60_000);
    for (const [key, { times }] of this.#streaks) if (nowMs - (times.at(-1) ?? 0) > reach) this.#streaks.delete(key);
  }
}

function keysOf(event: ReportEvent): { by: 'user' | 'origin'; key: string }[] {
  return (['user', 'origin'] as const).flatMap((by) => {
    const value = keyPart(event, by);
    return value === null ? [] : [{ by, key: `${by} ${value}` }];
  });
}
