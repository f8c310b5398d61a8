import type { FlagKind } from '../definitions/report-definition.ts';

export interface CountOf {
  readonly value: string;
  readonly rows: number;
  readonly flagged: number;
}

/** What a run says before anybody reads its rows; frozen with them. */
export interface RunSummary {
  readonly rows: number;
  readonly flagged: number;
  readonly byFlag: Readonly<Partial<Record<FlagKind, number>>>;
  /** The most frequent first; at most 20 each. */
  readonly people: readonly CountOf[];
  readonly hosts: readonly CountOf[];
  /** By the definition's `groupBy`; at most 50. */
  readonly groups: readonly CountOf[];
  /** By the definition's plot, in its order; at most 24 of an hour's plot and 20 of others. */
  readonly plot: readonly CountOf[];
}
