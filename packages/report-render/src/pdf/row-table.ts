import { cellText, columnWords, flagText, type ReportColumn } from '@akashi/report';
import type { Language } from '../rows/run-head.ts';
import type { ZonedClock } from '../rows/zoned-time.ts';
import { approvalWords, fileColumnWords } from '../words/file-words.ts';
import { runWords } from '../words/run-words.ts';
import { flow, heightOf } from './blocks.ts';
import type { PrintedRow } from './extract.ts';
import { colours, styles, type Sheet, type TextStyle } from './sheet.ts';

export interface RowTableSettings {
  readonly columns: readonly ReportColumn[];
  readonly language: Language;
  readonly clock: ZonedClock;
}

interface Column {
  readonly id: ReportColumn;
  readonly x: number;
  readonly width: number;
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
};

/** A time in one line; where many columns share the page, its date and its clock stand below each other. */
const timeWidth = 112;
const partedTimeWidth = 78;
const manyColumns = 10;
const padding = 4;
/** Lines of one cell; what is longer stands whole in the record. */
const cellLines = 8;
const headHeight = 2 * heightOf(styles.head) + 6;

/**
 * Rows with their cells beside each other and, below, why they are flagged, their record, event and hash: one table row
 * each. The head is repeated on each page; a row is parted only where it is longer than a third of one.
 */
export function rowTable(sheet: Sheet, rows: readonly PrintedRow[], settings: RowTableSettings): void {
  const columns = place(sheet, settings.columns);
  const table = { sheet, columns, settings };
  sheet.makeRoom(headHeight + 60);
  sheet.within('Table', () => {
    sheet.within('THead', () => sheet.within('TR', () => head(table)));
    sheet.within('TBody', () => {
      for (const row of rows) bodyRow(table, row);
    });
  });
}

interface Table {
  readonly sheet: Sheet;
  readonly columns: readonly Column[];
  readonly settings: RowTableSettings;
}

function place(sheet: Sheet, ids: readonly ReportColumn[]): Column[] {
  const ordered = ['time' as const, ...ids.filter((id) => id !== 'time')];
  const share = (id: ReportColumn): number => (id === 'time' ? 0 : shares[id]);
  const whole = ordered.reduce((sum, id) => sum + share(id), 0);
  const time = ids.length > manyColumns ? partedTimeWidth : timeWidth;
  const room = sheet.width - time;
  let x = sheet.left;
  return ordered.map((id) => {
    const width = id === 'time' ? time : (room * share(id)) / whole;
    const column = { id, x, width };
    x += width;
    return column;
  });
}

function headLines({ columns, settings }: Table): { words: string; x: number; width: number }[] {
  return columns.map(({ id, x, width }) => ({ words: columnWords[id][settings.language], x, width }));
}

function belowTitle({ language }: RowTableSettings): string[] {
  return (['flags', 'record', 'eventId', 'recordSha256'] as const).map((id) => fileColumnWords[id][language]);
}

function head(table: Table): void {
  const { sheet, settings } = table;
  const top = sheet.y;
  ground(sheet);
  for (const { words, x, width } of headLines(table))
    sheet.within('TH', () => sheet.content(() => headCell(sheet, words, { x, width, y: top + 3 })), {
      scope: 'Column',
    });
  let x = sheet.left + padding;
  for (const [index, words] of belowTitle(settings).entries()) {
    const shown = index === 0 ? words : `・ ${words}`;
    const at = { x, y: top + 3 + heightOf(styles.head) };
    sheet.within('TH', () => sheet.content(() => sheet.ink(shown, styles.meta, at)), { scope: 'Column' });
    x += sheet.widthOf(shown, styles.meta) + 6;
  }
  sheet.y = top + headHeight;
}

/** The head again on a later page: only the look of it. */
function repeatHead(table: Table): void {
  const { sheet } = table;
  const top = sheet.y;
  ground(sheet);
  sheet.artifact(() => {
    for (const { words, x, width } of headLines(table)) headCell(sheet, words, { x, width, y: top + 3 });
  }, 'Pagination');
  sheet.y = top + heightOf(styles.head) + 6;
}

function ground(sheet: Sheet): void {
  const { y, left, width } = sheet;
  const height = heightOf(styles.head) + 5;
  sheet.artifact(() => sheet.box({ x: left, y, width, height }, colours.sunken, null));
}

function headCell(sheet: Sheet, words: string, { x, y, width }: { x: number; y: number; width: number }): void {
  const [line = ''] = sheet.lines(words, styles.head, width - 2 * padding);
  sheet.ink(line, styles.head, { x: x + padding, y });
}

interface Below {
  readonly lines: readonly string[];
  readonly style: TextStyle;
}

function bodyRow(table: Table, row: PrintedRow): void {
  const { sheet, columns, settings } = table;
  const cells = columns.map(({ id, width }) => cellLinesOf(sheet, textOf(row, id, settings), width));
  const below = belowRow(table, row);
  const tall = Math.max(...cells.map(({ length }) => length)) * heightOf(styles.cell);
  const low = below.reduce((sum, { lines, style }) => sum + lines.length * heightOf(style), 0);
  const whole = tall + low + 2 * padding;
  const needed = whole > sheet.bottom / 3 ? tall + 2 * padding + 20 : whole;
  if (sheet.makeRoom(needed)) repeatHead(table);
  const top = sheet.y + padding;
  if (row.flags.length > 0) {
    const mark = { x: sheet.left, y: top, width: 1.6, height: tall };
    sheet.artifact(() => sheet.box(mark, colours.bad, null));
  }
  sheet.within('TR', () => {
    for (const [index, lines] of cells.entries()) {
      sheet.y = top;
      sheet.within('TD', () => flow(sheet, lines, { style: styles.cell, x: (columns[index]?.x ?? 0) + padding }));
    }
    sheet.y = top + tall;
    for (const { lines, style } of below)
      sheet.within('TD', () => flow(sheet, lines, { style, x: sheet.left + 2 * padding }));
  });
  sheet.y += padding;
  const end = sheet.y;
  sheet.artifact(() => sheet.rule(end, { x: sheet.left, width: sheet.width, colour: colours.line }));
}

function cellLinesOf(sheet: Sheet, text: string | readonly string[], width: number): string[] {
  if (text === '') return [];
  const lines = sheet.lines(text, styles.cell, width - 2 * padding);
  return lines.length <= cellLines ? lines : [...lines.slice(0, cellLines - 1), '…'];
}

function textOf(row: PrintedRow, id: ReportColumn, { language, clock, columns }: RowTableSettings): string | string[] {
  if (id === 'time') return columns.length > manyColumns ? clock(row.time).split(' ') : clock(row.time);
  return cellText(row, id, language);
}

/** Four cells that stand below each other: flags, record, event, hash; and what followed an elevation, with its flags. */
function belowRow({ sheet, settings }: Table, row: PrintedRow): Below[] {
  const { language, clock } = settings;
  const words = runWords[language];
  const width = sheet.width - 4 * padding;
  const wrapped = (text: string, style: TextStyle): string[] => (text === '' ? [] : sheet.lines(text, style, width));
  const flags = row.flags.map((flag) => flagText(flag, language)).join(' / ');
  const approval = approvalText(row, language);
  const until = row.until === null ? '' : `${fileColumnWords.until[language]}: ${clock(row.until)}`;
  const said = [flags, approval, until].filter((text) => text !== '').join('　');
  const acts = (row.followedBy ?? []).map(
    ({ time, action, command }) => `${words.follows}: ${clock(time)} ${action} ${command}`,
  );
  const moreActs = row.omittedActs > 0 ? [words.moreActs(row.omittedActs.toLocaleString('en-US'))] : [];
  const follows = sheet.lines([...acts, ...moreActs], styles.cell, width);
  const isFlagged = row.flags.length > 0;
  const record = row.record ?? words.noEvent;
  const omitted = row.omitted > 0 ? ` ${words.omitted(row.omitted.toLocaleString('en-US'))}` : '';
  return [
    { lines: wrapped(said, isFlagged ? styles.flag : styles.meta), style: isFlagged ? styles.flag : styles.meta },
    ...(follows.length > 0 ? [{ lines: follows, style: styles.cell }] : []),
    { lines: wrapped(record + omitted, styles.line), style: styles.line },
    { lines: wrapped(ids(row), styles.meta), style: styles.meta },
  ];
}

/** Nothing where a flag says so already. */
function approvalText({ approval, flags }: PrintedRow, language: Language): string {
  if (approval === null || flags.some(({ kind }) => kind === 'outside-approval')) return '';
  return `${fileColumnWords.approval[language]}: ${approvalWords[approval][language]}`;
}

function ids({ eventId, recordSha256 }: PrintedRow): string {
  return [eventId, recordSha256].filter((id) => id !== null).join('　');
}
