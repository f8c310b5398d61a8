import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, bytesOf, frozen, headOf, row } from '../rows/run.fixtures.ts';
import { runCsv } from './run-csv.ts';

async function tableOf(rows: readonly ReturnType<typeof row>[], language: 'ja' | 'en' = 'ja'): Promise<string[][]> {
  const bytes = await bytesOf(runCsv({ head: headOf(rows), language }, frozen(rows)));
  return parse(bytes, { bom: true });
}

describe('the CSV of a run', () => {
  it('begins with a byte order mark, and its lines end in CRLF', async () => {
    const rows = [row(), row()];
    const text = (await bytesOf(runCsv({ head: headOf(rows), language: 'ja' }, frozen(rows)))).toString('utf8');
    expect(text.startsWith('\uFEFF日時,日時 (UTC),人物,')).toBe(true);
    expect(text.split('\r\n')).toHaveLength(4);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('says times by the organisation’s clocks and in UTC, why a row is flagged, and what makes it checkable', async () => {
    const flagged = row({ approval: 'outside', flags: [{ kind: 'outside-approval' }] });
    const [header, cells] = await tableOf([flagged], 'en');
    const said = Object.fromEntries(header?.map((title, index) => [title, cells?.[index]]) ?? []);
    expect(said).toMatchObject({
      Time: '2026-11-20 10:02:11.123+09:00',
      'Time (UTC)': '2026-11-20T01:02:11.123Z',
      Person: '山田 太郎 (yamada)',
      Flags: 'Outside approval',
      Approval: 'Outside approval',
      'Log group': 'shop/linux',
      'Event ID': flagged.eventId,
      'Record SHA-256': flagged.recordSha256,
      Record: flagged.record,
    });
  });

  it('has a row for each of a long run, in its order', async () => {
    const rows = Array.from({ length: 1_501 }, (_, index) => row({ user: `user${index}` }));
    const table = await tableOf(rows);
    expect(table.slice(1).map((cells) => cells[3])).toEqual(rows.map(({ user }) => user));
  });

  it('has only its header when the run has no rows', async () => {
    expect(await tableOf([])).toHaveLength(1);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =1', '＝1', '|cmd'])('runs nothing: %j', async (record) => {
    const [, cells] = await tableOf([row({ record })]);
    expect(cells?.at(-1)).toBe(`'${record}`);
  });

  it.each(['a\nb,forged', 'a\rb', 'a\r\nb', '"\n'])('a record with line ends makes no row: %j', async (record) => {
    const text = (
      await bytesOf(runCsv({ head: headOf([row({ record })]), language: 'en' }, frozen([row({ record })])))
    ).toString();
    expect(text.endsWith(`,"${record.replaceAll('"', '""')}"\r\n`)).toBe(true);
  });

  it('keeps every text, whatever it holds', () =>
    fc.assert(
      fc.asyncProperty(anyText, async (record) => {
        const [, cells] = await tableOf([row({ record })]);
        expect(cells?.at(-1)?.replace(/^'/, '')).toBe(record.toWellFormed().replace(/^'/, ''));
      }),
    ));

  it('is the same bytes for the same run', async () => {
    const rows = [row(), row({ record: '𠮷' })];
    const [one, other] = [
      await bytesOf(runCsv({ head: headOf(rows), language: 'ja' }, frozen(rows, 7))),
      await bytesOf(runCsv({ head: headOf(rows), language: 'ja' }, frozen(rows, 4_000))),
    ];
    expect(one.equals(other)).toBe(true);
  });
});
