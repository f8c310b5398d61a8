import type { ColumnName } from './url-state.ts';

const widths: Record<ColumnName, string> = {
  host: '104px',
  user: '88px',
  action: '112px',
  line: 'minmax(0, 1fr)',
};

/** Beside an open event only what leads to the line is kept, so that the line stays readable. */
export function columnsShown(columns: readonly ColumnName[], besidePanel: boolean): readonly ColumnName[] {
  return besidePanel ? columns.filter((name) => name === 'host' || name === 'line') : columns;
}

/** Fixed tracks: the layout is known before any row is drawn. The first two are the time and the seal. */
export function columnTemplate(columns: readonly ColumnName[]): string {
  const tracks = columns.map((name) => widths[name]);
  return ['128px 16px', ...tracks, ...(columns.includes('line') ? [] : ['1fr'])].join(' ');
}
