import { matches, type QueryTree } from '@akashi/query';
import type { FlagRule, ReportDefinition } from '../definitions/report-definition.ts';
import { conditionTree } from '../definitions/report-selection.ts';
import type { ReportEvent } from '../row/report-event.ts';
import type { ReportRow, RowFlag } from '../row/report-row.ts';
import { keyPart, listOf, recordsOf, rowOf } from '../row/row-of.ts';
import { BulkAccess } from './bulk-access.ts';
import { FailureRuns } from './failure-runs.ts';
import { FollowingActs } from './following-acts.ts';
import { isOutsideHours } from './outside-hours.ts';
import type { ReportContext } from './report-context.ts';

type Rule<Kind extends FlagRule['kind']> = Extract<FlagRule, { kind: Kind }>;

/** Combinations that are asked for at most; those beyond count as never seen, so that nobody hides by making many. */
const mostFirstTimes = 200_000;

/** A combination of values, as a first time is decided by it. */
export interface FirstTimeKey {
  readonly key: string;
  readonly values: Readonly<Partial<Record<'person' | 'user' | 'origin' | 'object' | 'host', string>>>;
}

/**
 * A report over one period, in two readings of its events, both in the order of time: the first (`scan`) finds what spans
 * several events, the second (`row`) makes the rows. What is kept between grows with what is found, not with the events.
 */
export class ReportReading {
  readonly #definition: ReportDefinition;
  readonly #context: ReportContext;
  readonly #listed: QueryTree;
  readonly #anyOf: QueryTree | null;
  readonly #runs: FailureRuns | null;
  readonly #bulk: BulkAccess | null;
  readonly #following: FollowingActs | null;
  readonly #firstTime: Rule<'first-time'> | undefined;
  readonly #firstTimes = new Map<string, FirstTimeKey>();
  readonly #flagged = new Set<string>();
  #before: (key: string) => boolean = () => false;

  /** Throws an UnreadableConditionError for a definition that `checkDefinition` refuses. */
  constructor(definition: ReportDefinition, context: ReportContext) {
    this.#definition = definition;
    this.#context = context;
    this.#listed = conditionTree(definition.listed, context.timeZone);
    const any = this.#rule('any');
    this.#anyOf = any === undefined ? null : conditionTree(any.where ?? '', context.timeZone);
    const failures = this.#rule('failures-in-a-row');
    const success = this.#rule('success-after-failures');
    const run = failures ?? success;
    this.#runs =
      run === undefined
        ? null
        : new FailureRuns({
            count: run.count,
            minutes: run.minutes,
            withinMinutes: success?.withinMinutes ?? run.minutes,
          });
    const bulk = this.#rule('bulk');
    this.#bulk = bulk === undefined ? null : new BulkAccess(bulk);
    this.#following = this.#rule('outside-approval') === undefined ? null : new FollowingActs();
    this.#firstTime = this.#rule('first-time');
  }

  /** Whether a first reading is needed at all: without it, `row` alone is right. */
  get needsScan(): boolean {
    return (
      this.#runs !== null ||
      this.#bulk !== null ||
      this.#firstTime !== undefined ||
      (this.#following !== null && this.#definition.classes.includes('privilege-elevation'))
    );
  }

  /** One event of the first reading. */
  scan(event: ReportEvent): void {
    this.#runs?.take(event);
    this.#following?.take(event, this.#isOutsideApproval(event));
    if (this.#bulk === null && this.#firstTime === undefined) return;
    if (!this.#isListed(event)) return;
    this.#bulk?.take(event);
    const key = this.#firstTimeOf(event);
    if (key !== null && this.#firstTimes.size < mostFirstTimes) this.#firstTimes.set(key.key, key);
  }

  /** The combinations of the period, of which the caller tells which were there in the days before. */
  firstTimeKeys(): readonly FirstTimeKey[] {
    return [...this.#firstTimes.values()];
  }

  /** Days before the period in which a combination must not have been; null where no flag asks. */
  get firstTimeDays(): number | null {
    return this.#firstTime?.days ?? null;
  }

  /** What was there before, by key. Between the two readings. */
  knowBefore(before: (key: string) => boolean): void {
    this.#before = before;
  }

  /** One event of the second reading: its row, or null where the report does not list it. */
  row(event: ReportEvent): ReportRow | null {
    const isListed = this.#isListed(event);
    const flags = isListed ? this.#flagsOf(event) : this.#flagsOfUnlisted(event);
    if (!isListed && flags.length === 0) return null;
    return rowOf(event, { flags, followedBy: this.#following?.of(event.id) });
  }

  #rule<Kind extends FlagRule['kind']>(kind: Kind): Rule<Kind> | undefined {
    return this.#definition.flags.find((rule): rule is Rule<Kind> => rule.kind === kind);
  }

  #isListed(event: ReportEvent): boolean {
    return matches(this.#listed, event.document);
  }

  /** What is read for the sake of others is listed where it ends a run of failures. */
  #flagsOfUnlisted(event: ReportEvent): RowFlag[] {
    const rule = this.#rule('success-after-failures');
    return rule === undefined ? [] : this.#flagsBy(rule, event);
  }

  #flagsOf(event: ReportEvent): RowFlag[] {
    return this.#definition.flags.flatMap((rule) => this.#flagsBy(rule, event));
  }

  #flagsBy(rule: FlagRule, event: ReportEvent): RowFlag[] {
    const { kind } = rule;
    switch (rule.kind) {
      case 'first-time':
        return this.#isFirstTime(event) ? [{ kind }] : [];
      case 'outside-hours':
        return isOutsideHours(rule.hours ?? this.#context.hours, event.timeMs, this.#context.timeZone)
          ? [{ kind }]
          : [];
      case 'failures-in-a-row': {
        const run = this.#runs?.runOf(event);
        return run === undefined ? [] : [{ kind, details: { ...run } }];
      }
      case 'success-after-failures': {
        const run = this.#runs?.endedBy(event);
        return run === undefined ? [] : [{ kind, details: { ...run } }];
      }
      case 'changed-for-other':
        return isForOther(event) ? [{ kind }] : [];
      case 'outside-approval':
        return this.#isOutsideApproval(event) ? [{ kind }] : [];
      case 'person-unknown':
        return event.person === null ? [{ kind }] : [];
      case 'person-conflict':
        return event.hasConflict ? [{ kind }] : [];
      case 'bulk':
        return this.#bulkFlags(rule, event);
      case 'any':
        return this.#anyOf !== null && matches(this.#anyOf, event.document) ? [{ kind }] : [];
      // Of accounts without an event: see `unchangedCredentials`.
      case 'unchanged-credential':
        return [];
    }
  }

  /** Work that needs an approval, of somebody who had none; nobody known has none either. */
  #isOutsideApproval({ approval }: ReportEvent): boolean {
    return this.#context.keepsApprovals && (approval === 'outside' || approval === 'unknown');
  }

  #bulkFlags(rule: Rule<'bulk'>, event: ReportEvent): RowFlag[] {
    const count = recordsOf(event);
    if (count !== null && count >= rule.rows) return [{ kind: 'bulk', details: { rows: count } }];
    const period = this.#bulk?.periodOf(event);
    return period === undefined ? [] : [{ kind: 'bulk', details: { events: period.events } }];
  }

  /** Of an event that is listed: the combination that it is one of. */
  #firstTimeOf(event: ReportEvent): FirstTimeKey | null {
    const rule = this.#firstTime;
    if (rule === undefined) return null;
    const values: Partial<Record<(typeof rule.of)[number], string>> = {};
    for (const column of rule.of) {
      const value = keyPart(event, column);
      if (value === null) return null;
      values[column] = value;
    }
    return { key: JSON.stringify(rule.of.map((column) => values[column])), values };
  }

  /** Only the first event of a combination that was not there before. */
  #isFirstTime(event: ReportEvent): boolean {
    const found = this.#firstTimeOf(event);
    if (found === null || this.#before(found.key) || this.#flagged.has(found.key)) return false;
    if (this.#flagged.size < mostFirstTimes) this.#flagged.add(found.key);
    return true;
  }
}

function isForOther({ document }: ReportEvent): boolean {
  const [user] = listOf(document['user.name']);
  const [target] = listOf(document['user.target.name']);
  return user !== undefined && target !== undefined && user !== target;
}
