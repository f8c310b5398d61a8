import { styles, colours, type Sheet, type TextStyle } from './sheet.ts';

const lineHeight = 1.5;

export const heightOf = (style: TextStyle): number => style.size * lineHeight;

/** A text over the whole width or less, over pages where it must. */
export function paragraph(sheet: Sheet, text: string, style: TextStyle & { readonly type?: string }): void {
  sheet.within(style.type ?? 'P', () => flow(sheet, sheet.lines(text, style, sheet.width), { style, x: sheet.left }));
}

/** Lines one below the other as content of the present element; a new page gets content of its own. */
export function flow(
  sheet: Sheet,
  lines: readonly string[],
  { style, x }: { style: TextStyle; x: number | ((line: string) => number) },
): void {
  let rest = lines;
  while (rest.length > 0) {
    sheet.makeRoom(heightOf(style));
    const fitting = Math.max(1, Math.floor((sheet.bottom - sheet.y) / heightOf(style)));
    const now = rest.slice(0, fitting);
    sheet.content(() => {
      for (const line of now) {
        sheet.ink(line, style, { x: typeof x === 'number' ? x : x(line), y: sheet.y });
        sheet.y += heightOf(style);
      }
    });
    rest = rest.slice(fitting);
  }
}

/** Stays with at least `room` points of what follows it. */
export function heading(sheet: Sheet, text: string, room = 60): void {
  sheet.y += 14;
  sheet.makeRoom(room);
  paragraph(sheet, text, { ...styles.heading, type: 'H2' });
  const y = sheet.y + 1;
  sheet.artifact(() => sheet.rule(y, { x: sheet.left, width: sheet.width, colour: colours.edge }));
  sheet.y += 6;
}

export type Fact = readonly [label: string, value: string | readonly string[]];

/** Labels and values: a table without lines between its columns. */
export function facts(sheet: Sheet, rows: readonly Fact[], labelWidth = 150): void {
  sheet.within('Table', () => {
    for (const [label, value] of rows) fact(sheet, [label, value], labelWidth);
  });
}

function fact(sheet: Sheet, [label, value]: Fact, labelWidth: number): void {
  const valueX = sheet.left + labelWidth;
  const labels = sheet.lines(label, styles.meta, labelWidth - 8);
  const values = sheet.lines(value, styles.body, sheet.width - labelWidth);
  sheet.makeRoom(Math.min(values.length, 3) * heightOf(styles.body) + 4);
  const top = sheet.y;
  sheet.within('TR', () => {
    sheet.within('TH', () => flow(sheet, labels, { style: styles.meta, x: sheet.left }), { scope: 'Row' });
    const labelEnd = sheet.y;
    sheet.y = top;
    sheet.within('TD', () => flow(sheet, values, { style: styles.body, x: valueX }));
    // A value over several pages ends on another one than its label.
    if (values.length * heightOf(styles.body) + top <= sheet.bottom) sheet.y = Math.max(sheet.y, labelEnd);
  });
  const end = sheet.y + 1.5;
  sheet.artifact(() => sheet.rule(end, { x: sheet.left, width: sheet.width, colour: colours.line }));
  sheet.y += 4;
}

export interface CountTable {
  readonly title: string;
  readonly head: readonly [string, string, string];
  readonly rows: readonly (readonly [string, string, string])[];
  /** Said below the rows, when some are left out. */
  readonly note: string | null;
}

/** Tables of counts side by side, each with a name and two figures aligned right. */
export function countTables(sheet: Sheet, tables: readonly CountTable[]): void {
  const gap = 24;
  const width = (sheet.width - gap * (tables.length - 1)) / tables.length;
  const most = Math.max(...tables.map(({ rows, note }) => rows.length + (note === null ? 0 : 1)));
  sheet.makeRoom((most + 2) * heightOf(styles.cell) + 12);
  const top = sheet.y;
  let end = top;
  for (const [index, table] of tables.entries()) {
    sheet.y = top;
    countTable(sheet, table, { x: sheet.left + index * (width + gap), width });
    end = Math.max(end, sheet.y);
  }
  sheet.y = end + 10;
}

function countTable(sheet: Sheet, { title, head, rows, note }: CountTable, at: { x: number; width: number }): void {
  sheet.within('H3', () => flow(sheet, [title], { style: styles.strong, x: at.x }));
  sheet.within('Table', () => {
    countRow(sheet, head, { ...at, style: styles.head, type: 'TH' });
    for (const row of rows) countRow(sheet, row, { ...at, style: styles.cell, type: 'TD' });
  });
  if (note !== null) sheet.within('P', () => flow(sheet, [note], { style: styles.meta, x: at.x }));
}

interface CountRowPlace {
  readonly x: number;
  readonly width: number;
  readonly style: TextStyle;
  readonly type: 'TH' | 'TD';
}

function countRow(sheet: Sheet, cells: readonly string[], { x, width, style, type }: CountRowPlace): void {
  const figure = 60;
  const { y } = sheet;
  const named = width - 2 * figure;
  sheet.within('TR', () => {
    for (const [index, cell] of cells.entries()) {
      const [line = '', more] = sheet.lines(cell, style, (index === 0 ? named : figure) - 12);
      const shown = more === undefined ? line : `${line}…`;
      const at = index === 0 ? x : x + named + index * figure - sheet.widthOf(shown, style);
      const place = { x: at, y };
      const scope = type === 'TH' ? ({ scope: 'Column' } as const) : {};
      sheet.within(type, () => sheet.content(() => sheet.ink(shown, style, place)), scope);
    }
  });
  sheet.y = y + heightOf(style);
}
