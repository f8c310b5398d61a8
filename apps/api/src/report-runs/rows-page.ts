import type { ReportObjectReader } from '@akashi/integrity';
import type { ReportRow } from '@akashi/report';

/** Where a page begins: a frame, and a row in it. */
export interface RowPlace {
  readonly frame: number;
  readonly row: number;
}

export interface RowsWanted {
  readonly from: RowPlace;
  readonly limit: number;
  /** Only rows with some flag, or only those without; undefined: both. */
  readonly flagged?: boolean | undefined;
  /** Only rows with a flag of this kind. */
  readonly flag?: string | undefined;
}

/** A page looks through some 50,000 rows at most: what is rarer comes with the next one. */
const mostFrames = 50;

/** Rows in their order; without `next` there are no more. A page may hold fewer than asked for, and none, with a `next`. */
export async function rowsPage(
  object: Pick<ReportObjectReader, 'table' | 'frame'>,
  { from, limit, flagged, flag }: RowsWanted,
): Promise<{ readonly items: ReportRow[]; readonly next: RowPlace | null }> {
  const { frames } = object.table;
  const wantsFlagged = flag === undefined ? flagged : flagged === false ? null : true;
  // Without any flag and with this one: no row is both.
  if (wantsFlagged === null) return { items: [], next: null };
  const items: ReportRow[] = [];
  let read = 0;
  for (let index = from.frame; index < frames.length; index += 1) {
    const frame = frames[index];
    const start = index === from.frame ? from.row : 0;
    if (frame === undefined || !mayHold(frame, wantsFlagged)) continue;
    if (read >= mostFrames) return { items, next: { frame: index, row: start } };
    read += 1;
    const lines = (await object.frame(index)).toString('utf8').split('\n').slice(0, -1);
    for (let at = start; at < lines.length; at += 1) {
      if (items.length >= limit) return { items, next: { frame: index, row: at } };
      const row = JSON.parse(lines[at] ?? '') as ReportRow;
      if (isWanted(row, wantsFlagged, flag)) items.push(row);
    }
  }
  return { items, next: null };
}

function mayHold({ rows, flagged }: { rows: number; flagged: number }, wantsFlagged: boolean | undefined): boolean {
  if (wantsFlagged === undefined) return true;
  return wantsFlagged ? flagged > 0 : flagged < rows;
}

function isWanted({ flags }: ReportRow, wantsFlagged: boolean | undefined, flag: string | undefined): boolean {
  if (flag !== undefined) return flags.some(({ kind }) => kind === flag);
  return wantsFlagged === undefined || flags.length > 0 === wantsFlagged;
}
