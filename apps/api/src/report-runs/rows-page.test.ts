import { writeReportObject, readReportObject, type ReportObjectReader } from '@akashi/integrity';
import type { FlagKind, ReportRow } from '@akashi/report';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRowCursor, rowCursor } from './cursors.ts';
import { reportRow } from './frozen-run.fixtures.ts';
import { rowsPage, type RowPlace } from './rows-page.ts';

const name = { tenantId: 'a', runId: 'b', file: 'rows.ndjson' };
const key = Buffer.alloc(32, 1);

async function objectOf(rows: readonly ReportRow[]): Promise<ReportObjectReader> {
  const writer = writeReportObject({ ...name, keyId: 'k', key, nonce: Buffer.alloc(12, 2), versions: {} });
  const chunks = rows.flatMap((row) =>
    writer.add(Buffer.from(`${JSON.stringify(row)}\n`), { isFlagged: row.flags.length > 0 }),
  );
  const bytes = Buffer.concat([...chunks, ...writer.finish().chunks]);
  const readRange = (range: { start: number; bytes: number }) =>
    Promise.resolve(bytes.subarray(range.start, range.start + range.bytes));
  return readReportObject({ bytes: bytes.length, readRange }, { ...name, keyOf: () => key });
}

interface Wanted {
  readonly limit: number;
  readonly flagged?: boolean | undefined;
  readonly flag?: FlagKind | undefined;
}

/** All pages, each begun where the one before says, by way of its cursor. */
async function readAll(object: ReportObjectReader, wanted: Wanted): Promise<{ rows: ReportRow[]; pages: number }> {
  const rows: ReportRow[] = [];
  let pages = 0;
  let from: RowPlace | null = { frame: 0, row: 0 };
  while (from !== null) {
    const page: Awaited<ReturnType<typeof rowsPage>> = await rowsPage(object, { ...wanted, from });
    expect(page.items.length).toBeLessThanOrEqual(wanted.limit);
    rows.push(...page.items);
    pages += 1;
    from = page.next === null ? null : readRowCursor(rowCursor(page.next));
  }
  return { rows, pages };
}

const long = 'x'.repeat(300_000);
const kinds = ['any', 'bulk'] as const;

it('gives each wanted row once and in order, however rows fall into frames and pages', async () => {
  const row = fc.record({ isLong: fc.boolean(), flags: fc.subarray([...kinds]) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 24 }),
      fc.record({
        limit: fc.integer({ min: 1, max: 7 }),
        flagged: fc.option(fc.boolean(), { nil: undefined }),
        flag: fc.option(fc.constantFrom(...kinds), { nil: undefined }),
      }),
      async (given, wanted) => {
        const rows = given.map(({ isLong, flags }, at) =>
          reportRow({ user: String(at), record: isLong ? long : '', flags: flags.map((kind) => ({ kind })) }),
        );
        const expected = rows.filter(
          ({ flags }) =>
            (wanted.flagged === undefined || flags.length > 0 === wanted.flagged) &&
            (wanted.flag === undefined || flags.some(({ kind }) => kind === wanted.flag)),
        );
        const found = await readAll(await objectOf(rows), wanted);
        expect(found.rows.map(({ user }) => user)).toEqual(expected.map(({ user }) => user));
      },
    ),
    { numRuns: 60 },
  );
});

it('reads only the frames that can hold what is asked for, and at most fifty for a page', async () => {
  const framed = (flagsOf: (frame: number) => FlagKind[]) => {
    const rows = Array.from({ length: 60 }, (_, frame) =>
      reportRow({ user: String(frame), flags: flagsOf(frame).map((kind) => ({ kind })) }),
    );
    const read: number[] = [];
    const frames = rows.map(({ flags }) => ({
      start: 0,
      bytes: 1,
      contentBytes: 1,
      rows: 1,
      flagged: flags.length > 0 ? 1 : 0,
    }));
    const table = { frames, bytes: 60, rows: 60, flagged: 0, sha256: '' };
    const frame = (index: number) => {
      read.push(index);
      return Promise.resolve(Buffer.from(`${JSON.stringify(rows[index])}\n`));
    };
    return { table, frame, read };
  };
  const from = { frame: 0, row: 0 };
  const one = framed((frame) => (frame === 59 ? ['bulk'] : []));
  const flagged = await rowsPage(one, { from, limit: 10, flagged: true });
  expect([one.read, flagged.items.map(({ user }) => user), flagged.next]).toEqual([[59], ['59'], null]);
  const all = framed((frame) => (frame === 59 ? ['any', 'bulk'] : ['any']));
  const first = await rowsPage(all, { from, limit: 10, flag: 'bulk' });
  expect([first.items, first.next, all.read.length]).toEqual([[], { frame: 50, row: 0 }, 50]);
  const second = await rowsPage(all, { from: first.next ?? from, limit: 10, flag: 'bulk' });
  expect([second.items.map(({ user }) => user), second.next]).toEqual([['59'], null]);
});
