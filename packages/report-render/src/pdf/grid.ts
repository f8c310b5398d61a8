import { flow, heightOf } from './blocks.ts';
import { colours, styles, type Sheet, type TextStyle } from './sheet.ts';

export interface GridColumn {
  readonly title: string;
  /** How much of the page it takes beside the others; or so many points. */
  readonly share: number | { readonly points: number };
  /** Its cells and its title are aligned right. */
  readonly isFigure?: boolean;
}

/** Some of the lines of a cell below the others. */
export interface Below {
  readonly text: string | readonly string[];
  readonly style: TextStyle;
}

export interface GridRow {
  /** Several texts of a cell begin a line each. */
  readonly cells: readonly (string | readonly string[])[];
  /** Cells below, over the whole width: as many as there are titles for them. */
  readonly below: readonly (readonly Below[])[];
  /** What needs a person: a line in colour before it. */
  readonly isMarked: boolean;
}

export interface GridSettings {
  readonly columns: readonly GridColumn[];
  /** Titles of what stands below the cells. */
  readonly below: readonly string[];
}

interface Column {
  readonly title: string;
  readonly x: number;
  readonly width: number;
  readonly isFigure: boolean;
}

interface Grid {
  readonly sheet: Sheet;
  readonly columns: readonly Column[];
  readonly below: readonly string[];
}

const padding = 4;
/** Lines of one cell; what is longer stands whole elsewhere. */
const cellLines = 8;

/**
 * A table of cells beside each other and lines below them. Its head is repeated on each page; a row is parted only where it
 * is longer than a third of one.
 */
export function grid(sheet: Sheet, rows: Iterable<GridRow>, settings: GridSettings): void {
  const table = { sheet, columns: place(sheet, settings.columns), below: settings.below };
  sheet.makeRoom(2 * heightOf(styles.head) + 66);
  sheet.within('Table', () => {
    sheet.within('THead', () => sheet.within('TR', () => head(table)));
    sheet.within('TBody', () => {
      for (const row of rows) bodyRow(table, row);
    });
  });
}

function place(sheet: Sheet, columns: readonly GridColumn[]): Column[] {
  const shares = columns.map(({ share }) => (typeof share === 'number' ? share : 0));
  const points = columns.map(({ share }) => (typeof share === 'number' ? 0 : share.points));
  const room = sheet.width - points.reduce((sum, each) => sum + each, 0);
  const whole = shares.reduce((sum, each) => sum + each, 0);
  let x = sheet.left;
  return columns.map(({ title, isFigure = false }, index) => {
    const width = (points[index] ?? 0) + (whole === 0 ? 0 : (room * (shares[index] ?? 0)) / whole);
    const column = { title, x, width, isFigure };
    x += width;
    return column;
  });
}

function head({ sheet, columns, below }: Grid): void {
  const top = sheet.y;
  ground(sheet);
  for (const column of columns) {
    const draw = (): void => sheet.content(() => headCell(sheet, column, top + 3));
    sheet.within('TH', draw, { scope: 'Column' });
  }
  let x = sheet.left + padding;
  for (const [index, words] of below.entries()) {
    const shown = index === 0 ? words : `・ ${words}`;
    const at = { x, y: top + 3 + heightOf(styles.head) };
    sheet.within('TH', () => sheet.content(() => sheet.ink(shown, styles.meta, at)), { scope: 'Column' });
    x += sheet.widthOf(shown, styles.meta) + 6;
  }
  sheet.y = top + (below.length > 0 ? 2 : 1) * heightOf(styles.head) + 6;
}

/** The head again on a later page: only the look of it. */
function repeatHead({ sheet, columns }: Grid): void {
  const top = sheet.y;
  ground(sheet);
  sheet.artifact(() => {
    for (const column of columns) headCell(sheet, column, top + 3);
  }, 'Pagination');
  sheet.y = top + heightOf(styles.head) + 6;
}

function ground(sheet: Sheet): void {
  const { y, left, width } = sheet;
  const height = heightOf(styles.head) + 5;
  sheet.artifact(() => sheet.box({ x: left, y, width, height }, colours.sunken, null));
}

function headCell(sheet: Sheet, column: Column, y: number): void {
  // A title is shown whole: where it is too wide it is set smaller.
  const room = column.width - padding;
  const shrink = Math.min(1, room / sheet.widthOf(column.title, styles.head));
  const style = { ...styles.head, size: styles.head.size * shrink };
  const x = startOf(sheet, column, style)(column.title);
  sheet.ink(column.title, style, { x, y: y + (styles.head.size - style.size) });
}

function startOf(sheet: Sheet, { x, width, isFigure }: Column, style: TextStyle): (line: string) => number {
  return (line) => (isFigure ? x + width - padding - sheet.widthOf(line, style) : x + padding);
}

function bodyRow(table: Grid, row: GridRow): void {
  const { sheet, columns } = table;
  const cells = columns.map(({ width }, index) => cellLinesOf(sheet, row.cells[index] ?? '', width));
  const below = row.below.map((parts) =>
    parts.map(({ text, style }) => ({
      lines: text.length === 0 ? [] : sheet.lines(text, style, sheet.width - 4 * padding),
      style,
    })),
  );
  const tall = Math.max(...cells.map(({ length }) => length)) * heightOf(styles.cell);
  const low = below.flat().reduce((sum, { lines, style }) => sum + lines.length * heightOf(style), 0);
  const whole = tall + low + 2 * padding;
  if (sheet.makeRoom(whole > sheet.bottom / 3 ? tall + 2 * padding + 20 : whole)) repeatHead(table);
  const top = sheet.y + padding;
  if (row.isMarked) {
    const mark = { x: sheet.left, y: top, width: 1.6, height: tall };
    sheet.artifact(() => sheet.box(mark, colours.bad, null));
  }
  sheet.within('TR', () => {
    for (const [index, column] of columns.entries()) {
      sheet.y = top;
      const x = startOf(sheet, column, styles.cell);
      sheet.within('TD', () => flow(sheet, cells[index] ?? [], { style: styles.cell, x }));
    }
    sheet.y = top + tall;
    for (const parts of below)
      sheet.within('TD', () => {
        for (const { lines, style } of parts) flow(sheet, lines, { style, x: sheet.left + 2 * padding });
      });
  });
  sheet.y += padding;
  const end = sheet.y;
  sheet.artifact(() => sheet.rule(end, { x: sheet.left, width: sheet.width, colour: colours.line }));
}

function cellLinesOf(sheet: Sheet, text: string | readonly string[], width: number): string[] {
  if (text.length === 0) return [];
  const lines = sheet.lines(text, styles.cell, width - 2 * padding);
  return lines.length <= cellLines ? lines : [...lines.slice(0, cellLines - 1), '…'];
}
