import { cellText, columnWords, flagText, type ReportColumn } from '@akashi/report';
import type { Language } from '../rows/run-head.ts';
import type { ZonedClock } from '../rows/zoned-time.ts';
import { approvalWords, fileColumnWords } from '../words/file-words.ts';
import { runWords } from '../words/run-words.ts';
import type { PrintedRow } from './extract.ts';
import { grid, type Below, type GridColumn, type GridRow } from './grid.ts';
import { styles, type Sheet } from './sheet.ts';

export interface RowTableSettings {
  readonly columns: readonly ReportColumn[];
  readonly language: Language;
  readonly clock: ZonedClock;
}

/** How much of the page a column takes beside the others; a time takes what a date and an offset need. */
const shares: Readonly<Record<Exclude<ReportColumn, 'time'>, number>> = {
  person: 1.3,
  user: 1.1,
  authority: 1.2,
  action: 1.4,
  target: 1.2,
  object: 2,
  origin: 1.2,
  host: 1,
  logGroup: 1.2,
  outcome: 0.8,
  command: 2.2,
  before: 1.6,
  after: 1.6,
  count: 0.8,
  clockState: 1.6,
  timeServer: 1.4,
  clockOffset: 0.8,
  clockSteps: 2,
  clockLost: 2,
  hostGroup: 1,
};

/** A time in one line; where many columns share the page, its date and its clock stand below each other. */
const timeWidth = 122;
const partedTimeWidth = 78;
const manyColumns = 10;

/** Rows with their cells beside each other and, below, why they are flagged, their record, event and hash. */
export function rowTable(sheet: Sheet, rows: readonly PrintedRow[], settings: RowTableSettings): void {
  const { language } = settings;
  const columns: ReportColumn[] = ['time', ...settings.columns.filter((id) => id !== 'time')];
  const isParted = columns.length > manyColumns;
  const cellsOf = (row: PrintedRow): GridRow['cells'] =>
    columns.map((id) =>
      id === 'time' ? timeOf(row, settings.clock, isParted) : cellText(row, id, { language, time: settings.clock }),
    );
  const placed = columns.map((id): GridColumn => {
    const points = isParted ? partedTimeWidth : timeWidth;
    const share = id === 'time' ? { points } : shares[id];
    return { title: columnWords[id][language], share, isFigure: id === 'count' };
  });
  const { flags, record, eventId, recordSha256 } = fileColumnWords;
  const below = [flags[language], record[language], `${eventId[language]} ・ ${recordSha256[language]}`];
  const shown = function* (): Generator<GridRow> {
    for (const row of rows)
      yield { cells: cellsOf(row), below: belowRow(row, settings), isMarked: row.flags.length > 0 };
  };
  grid(sheet, shown(), { columns: placed, below });
}

function timeOf({ time }: PrintedRow, clock: ZonedClock, isParted: boolean): string | string[] {
  return isParted ? clock(time).split(' ') : clock(time);
}

/** Cells that stand below each other: flags with what followed an elevation, record, event and hash. */
function belowRow(row: PrintedRow, { language, clock }: RowTableSettings): Below[][] {
  const words = runWords[language];
  const flags = row.flags.map((flag) => flagText(flag, language)).join(' / ');
  const until = row.until === null ? '' : `${fileColumnWords.until[language]}: ${clock(row.until)}`;
  const circumstances = [approvalText(row, language), until].filter((text) => text !== '').join('　');
  const acts = (row.followedBy ?? []).map(
    ({ time, action, command }) => `${words.follows}: ${clock(time)} ${action} ${command}`,
  );
  const moreActs = row.omittedActs > 0 ? [words.moreActs(row.omittedActs.toLocaleString('en-US'))] : [];
  const follows = [...acts, ...moreActs];
  const omitted = row.omitted > 0 ? ` ${words.omitted(row.omitted.toLocaleString('en-US'))}` : '';
  return [
    [
      { text: flags, style: styles.flag },
      { text: circumstances, style: styles.meta },
      { text: follows, style: styles.cell },
    ],
    [{ text: (row.record ?? (row.clock === undefined ? words.noEvent : '')) + omitted, style: styles.line }],
    [{ text: [row.eventId, row.recordSha256].filter((id) => id !== null).join('　'), style: styles.meta }],
  ];
}

/** Nothing where a flag says so already, or where nobody knows. */
function approvalText({ approval, flags }: PrintedRow, language: Language): string {
  if (approval === null || approval === 'unknown' || flags.some(({ kind }) => kind === 'outside-approval')) return '';
  return `${fileColumnWords.approval[language]}: ${approvalWords[approval][language]}`;
}
