import type { EventClass } from '@akashi/log-event';
import type { WorkingHours } from './working-hours.ts';

export interface Words {
  readonly ja: string;
  readonly en: string;
}

/** The columns that a row can be shown by, in the order in which they are offered. */
export const reportColumns = [
  'time',
  'person',
  'user',
  'authority',
  'action',
  'target',
  'object',
  'origin',
  'host',
  'logGroup',
  'outcome',
  'command',
  'before',
  'after',
  'count',
] as const;

/** Columns of rows that are hosts: the time report alone has them. */
export const clockColumns = [
  'clockState',
  'timeServer',
  'clockOffset',
  'clockSteps',
  'clockLost',
  'hostGroup',
] as const;

export type ClockColumn = (typeof clockColumns)[number];

export type ReportColumn = (typeof reportColumns)[number] | ClockColumn;

/** What a person must see, by a rule with its figures. Durations are whole minutes or days. */
export type FlagRule =
  /** The values of these columns were never together in the days before the period. */
  | {
      readonly kind: 'first-time';
      readonly of: readonly ('person' | 'user' | 'origin' | 'object' | 'host')[];
      readonly days: number;
    }
  | { readonly kind: 'outside-hours'; readonly hours?: WorkingHours | undefined }
  /** At least so many failures of one account, or from one origin, with no success between and within so many minutes. */
  | { readonly kind: 'failures-in-a-row'; readonly count: number; readonly minutes: number }
  /** The success of the account or origin that ends such a run of failures, at most so many minutes after its last. */
  | {
      readonly kind: 'success-after-failures';
      readonly count: number;
      readonly minutes: number;
      readonly withinMinutes: number;
    }
  | { readonly kind: 'changed-for-other' }
  /** An account that the masters know, without a change of credentials for so many days. */
  | { readonly kind: 'unchanged-credential'; readonly days: number }
  | { readonly kind: 'outside-approval' }
  | { readonly kind: 'person-unknown' }
  /** Masters and devices name different people. */
  | { readonly kind: 'person-conflict' }
  /** At least so many accesses of one person or account within so many minutes, or one that names at least so many rows. */
  | { readonly kind: 'bulk'; readonly count: number; readonly minutes: number; readonly rows: number }
  /** Every row; with `where`, a condition of the query language, every row that fulfils it. */
  | { readonly kind: 'any'; readonly where?: string | undefined };

export type FlagKind = FlagRule['kind'];

export const flagKinds = [
  'first-time',
  'outside-hours',
  'failures-in-a-row',
  'success-after-failures',
  'changed-for-other',
  'unchanged-credential',
  'outside-approval',
  'person-unknown',
  'person-conflict',
  'bulk',
  'any',
] as const satisfies readonly FlagKind[];

/** A chart that says more than its rows: counts by hour of the day or by a column's value. */
export interface PlotRule {
  readonly by: 'hour' | 'person' | 'user' | 'origin' | 'host' | 'object' | 'action';
  readonly title: Words;
}

/** What a report lists and what in it a person must see. Data: a version of it never changes. */
export interface ReportDefinition {
  readonly id: string;
  /** 1 to 11 of the standard ones; null of an organisation's own. */
  readonly number: number | null;
  readonly version: number;
  readonly title: Words;
  readonly purpose: Words;
  /** With the version of the standard, such as `pci:4.0.1:10.2.1.4`. */
  readonly requirements: readonly string[];
  /** `required` reports are items of the daily review; `reference` ones are read beside them. */
  readonly duty: 'required' | 'reference';
  /** Events of any of these classes; empty: of any or none. */
  readonly classes: readonly EventClass[];
  /** A condition more, in the query language; empty: none. */
  readonly query: string;
  /** What the organisation has tagged belongs to it: see `ReportTags`. */
  readonly tag: 'card-data' | 'watched-objects' | null;
  /** Events that fulfil this condition are rows; others only where a flag is raised for them. Empty: all are. */
  readonly listed: string;
  readonly columns: readonly ReportColumn[];
  readonly groupBy: 'person' | 'user' | 'origin' | 'host' | 'object' | 'action' | null;
  readonly flags: readonly FlagRule[];
  readonly plot: PlotRule | null;
}
