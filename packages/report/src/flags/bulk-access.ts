import { keyPart } from '../row/row-of.ts';
import type { ReportEvent } from '../row/report-event.ts';
import { Periods, type Period } from './periods.ts';

export interface BulkRule {
  readonly count: number;
  readonly minutes: number;
}

/** Accesses of one person, or of one account whose person nobody knows, of which at least `count` came within `minutes`. */
export class BulkAccess {
  readonly #rule: BulkRule;
  readonly #times = new Map<string, number[]>();
  readonly #periods = new Periods();

  constructor(rule: BulkRule) {
    this.#rule = rule;
  }

  /** Events come in the order of time. */
  take(event: ReportEvent): void {
    const key = whose(event);
    if (key === null) return;
    const times = this.#times.get(key) ?? [];
    times.push(event.timeMs);
    if (times.length > this.#rule.count) times.shift();
    this.#times.set(key, times);
    const [first] = times;
    if (first !== undefined && times.length === this.#rule.count && event.timeMs - first <= this.#rule.minutes * 60_000)
      this.#periods.add(key, { from: first, until: event.timeMs, events: this.#rule.count });
  }

  periodOf(event: ReportEvent): Period | undefined {
    const key = whose(event);
    return key === null ? undefined : this.#periods.at(key, event.timeMs);
  }
}

function whose(event: ReportEvent): string | null {
  const person = keyPart(event, 'person');
  if (person !== null) return `person ${person}`;
  const user = keyPart(event, 'user');
  return user === null ? null : `user ${user}`;
}
