import type { ColumnName } from './url-state.ts';

const widths: Record<ColumnName, string> = {
  host: '112px',
  user: '96px',
  action: '128px',
  line: 'minmax(0, 1fr)',
};

/** Fixed tracks: the layout is known before any row is drawn. The first two are the time and the seal. */
export function columnTemplate(columns: readonly ColumnName[]): string {
  const tracks = columns.map((name) => widths[name]);
  return ['166px 16px', ...tracks, ...(columns.includes('line') ? [] : ['1fr'])].join(' ');
}
