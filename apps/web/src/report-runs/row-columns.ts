import type { ReportColumn } from '@akashi/report';
import type { Room } from '../query/table-columns.ts';

export type RowColumn = ReportColumn | 'flags';

interface Width {
  /** Pixels below which the column does not go. */
  readonly least: number;
  /** Its share of the room that is left; 0 for columns of one width. */
  readonly share: number;
}

const widths: Readonly<Record<RowColumn, Width>> = {
  time: { least: 156, share: 0 },
  flags: { least: 168, share: 1.4 },
  person: { least: 116, share: 1 },
  user: { least: 96, share: 1 },
  authority: { least: 88, share: 0.8 },
  action: { least: 116, share: 1 },
  target: { least: 96, share: 1 },
  object: { least: 140, share: 1.5 },
  origin: { least: 112, share: 0.8 },
  host: { least: 96, share: 0.8 },
  logGroup: { least: 104, share: 0.8 },
  outcome: { least: 64, share: 0 },
  command: { least: 180, share: 2 },
  before: { least: 120, share: 1.2 },
  after: { least: 120, share: 1.2 },
  count: { least: 72, share: 0 },
  clockState: { least: 190, share: 1.2 },
  timeServer: { least: 140, share: 1 },
  clockOffset: { least: 84, share: 0 },
  clockSteps: { least: 180, share: 1.6 },
  clockLost: { least: 200, share: 1.6 },
  hostGroup: { least: 96, share: 0.6 },
};

/** How many columns of the definition there is room for beside an open row, and in a narrow window. */
const besides = { wide: Infinity, beside: 3, tight: 2, narrow: 2 } as const satisfies Readonly<Record<Room, number>>;

/** The columns of a run that there is room for: when it was and why it is flagged first, then those of its definition. */
export function rowColumns(defined: readonly ReportColumn[], hasFlags: boolean, room: Room): RowColumn[] {
  const others = defined.filter((column) => column !== 'time').slice(0, besides[room]);
  return ['time', ...(hasFlags ? ['flags' as const] : []), ...others];
}

export function rowTemplate(columns: readonly RowColumn[]): string {
  return columns
    .map((column) => {
      const { least, share } = widths[column];
      return share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`;
    })
    .join(' ');
}

/** The least width of a row: its columns, the gaps between them and its margins. */
export function rowWidth(columns: readonly RowColumn[]): number {
  const gap = 12;
  return columns.reduce((sum, column) => sum + widths[column].least + gap, gap);
}
