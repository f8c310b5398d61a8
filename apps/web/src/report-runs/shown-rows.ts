import type { FlagKind, ReportRun, RowsFilter } from '../api-client/report-runs.ts';

export interface ShownRows {
  readonly show: 'flagged' | 'all';
  readonly flag: FlagKind | null;
}

/** What an address asks for: a flag that the run has, else the flagged rows first, else all. */
export function shownRowsOf(
  { flagged, summary }: Pick<ReportRun, 'flagged' | 'summary'>,
  asked: { show: 'flagged' | 'all' | null; flag: string | null },
): ShownRows {
  const flag = flagsOf(summary).find(({ kind }) => kind === asked.flag)?.kind ?? null;
  if (flag !== null) return { show: 'flagged', flag };
  return { show: asked.show ?? (flagged > 0 ? 'flagged' : 'all'), flag: null };
}

/** The flags that a run raised, the most frequent first. */
export function flagsOf(summary: ReportRun['summary']): { kind: FlagKind; rows: number }[] {
  return Object.entries(summary?.byFlag ?? {})
    .map(([kind, rows]) => ({ kind: kind as FlagKind, rows }))
    .filter(({ rows }) => rows > 0)
    .toSorted((one, other) => other.rows - one.rows);
}

export function rowsFilterOf({ show, flag }: ShownRows): RowsFilter {
  return { flagged: show === 'flagged' && flag === null ? true : null, flag };
}

/** How many rows there are of what is shown. */
export function countOfShown(
  { rows, flagged, summary }: Pick<ReportRun, 'rows' | 'flagged' | 'summary'>,
  { show, flag }: ShownRows,
): number {
  if (flag !== null) return summary?.byFlag[flag] ?? 0;
  return show === 'flagged' ? flagged : rows;
}
