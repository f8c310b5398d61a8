import type { ReportRow } from '@akashi/report';
import { namedRows } from '../rows/named-rows.ts';
import { readNdjson } from '../rows/ndjson.ts';
import type { RunHead } from '../rows/run-head.ts';

export interface ExtractLimits {
  /** Rows that are printed; flagged ones come first. */
  readonly flagged: number;
  /** Rows that are printed at all, and at least so many others where there are. */
  readonly rows: number;
  readonly others: number;
  /** Code points of a record, and of any other text, that are printed; the rest of a record is counted. */
  readonly recordLength: number;
  readonly cellLength: number;
  /** Acts that followed an elevation. */
  readonly acts: number;
  /** Of all texts of the flagged rows, and of the others: what is long takes the place of rows. */
  readonly characters: number;
  /** Bytes of the NDJSON that is embedded whole. */
  readonly embeddedBytes: number;
}

/**
 * What a person reads on paper ends long before what a machine can make. A page holds about fifteen rows with their
 * records: this is below two hundred pages, and a file that mail and viewers still take.
 */
export const printLimits: ExtractLimits = {
  flagged: 2_000,
  rows: 2_500,
  others: 500,
  recordLength: 2_000,
  cellLength: 400,
  acts: 20,
  characters: 2_000_000,
  embeddedBytes: 16 * 1024 * 1024,
};

/** What of a run is printed: its oldest rows, cut texts, and the whole file where it is small enough. */
export interface Extract {
  readonly flagged: readonly PrintedRow[];
  readonly others: readonly PrintedRow[];
  readonly rows: number;
  readonly flaggedRows: number;
  readonly embedded: Buffer | null;
}

/** Reads the frozen rows once, and holds no more of them than the limits say. */
export async function takeExtract(
  head: RunHead,
  ndjson: AsyncIterable<Uint8Array>,
  limits: ExtractLimits,
): Promise<Extract> {
  const kept = keepSmall(namedRows(head, ndjson), limits.embeddedBytes);
  const flagged = openList(limits.flagged, limits);
  const others = openList(limits.rows, limits);
  for await (const row of readNdjson(kept.chunks)) (row.flags.length > 0 ? flagged : others).take(row);
  const room = Math.max(limits.others, limits.rows - flagged.printed.length);
  return {
    flagged: flagged.printed,
    others: others.printed.slice(0, room),
    rows: flagged.count() + others.count(),
    flaggedRows: flagged.count(),
    embedded: kept.whole(),
  };
}

interface RowList {
  readonly printed: readonly PrintedRow[];
  readonly count: () => number;
  readonly take: (row: ReportRow) => void;
}

/** Its oldest rows, until they are many or long enough. */
function openList(most: number, limits: ExtractLimits): RowList {
  const printed: PrintedRow[] = [];
  let count = 0;
  let characters = 0;
  return {
    printed,
    count: () => count,
    take: (row) => {
      count += 1;
      if (printed.length >= most || characters >= limits.characters) return;
      const cut = cutTexts(row, limits);
      characters += lengthOf(cut);
      printed.push(cut);
    },
  };
}

function lengthOf(row: PrintedRow): number {
  const acts = row.followedBy?.reduce((sum, { command }) => sum + command.length, 0) ?? 0;
  return columnTexts.reduce((sum, name) => sum + (row[name]?.length ?? 0), acts + (row.record?.length ?? 0));
}

function keepSmall(
  source: AsyncIterable<Uint8Array>,
  most: number,
): { chunks: AsyncIterable<Uint8Array>; whole: () => Buffer | null } {
  let kept: Uint8Array[] | null = [];
  let bytes = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > most) kept = null;
      kept?.push(chunk);
      yield chunk;
    }
  }
  return { chunks: chunks(), whole: () => kept && Buffer.concat(kept) };
}

/** A row as it is printed: texts are cut, and it is said how much of the record was. */
export interface PrintedRow extends ReportRow {
  /** Code points of the record that are left out. */
  readonly omitted: number;
  readonly omittedActs: number;
}

const columnTexts = [
  'user',
  'authority',
  'action',
  'origin',
  'object',
  'target',
  'host',
  'command',
  'before',
  'after',
] as const;

function cutTexts(row: ReportRow, { recordLength, cellLength, acts }: ExtractLimits): PrintedRow {
  const cell = (text: string): string => {
    const { text: cut, omitted } = cutText(text, cellLength);
    return omitted > 0 ? `${cut}…` : cut;
  };
  const cells = Object.fromEntries(columnTexts.map((name) => [name, row[name] && cell(row[name])]));
  const record = row.record === null ? { text: null, omitted: 0 } : cutText(row.record, recordLength);
  const followedBy = row.followedBy?.slice(0, acts).map((act) => ({ ...act, command: cell(act.command) }));
  const omittedActs = Math.max(0, (row.followedBy?.length ?? 0) - acts);
  return { ...row, ...cells, record: record.text, omitted: record.omitted, followedBy, omittedActs };
}

function cutText(text: string, most: number): { text: string; omitted: number } {
  if (text.length <= most) return { text, omitted: 0 };
  const signs = Array.from(text);
  return { text: signs.slice(0, most).join(''), omitted: Math.max(0, signs.length - most) };
}
