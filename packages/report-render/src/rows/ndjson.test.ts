import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrozenRowsError, ndjsonLine, readNdjson } from './ndjson.ts';
import { anyText, frozen, row } from './run.fixtures.ts';

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<unknown[]> {
  const rows = [];
  for await (const each of readNdjson(chunks)) rows.push(each);
  return rows;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('frozen rows', () => {
  it('are read back as they were written, wherever the chunks end', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyText), fc.integer({ min: 1, max: 50 }), async (records, size) => {
        const rows = records.map((record) => row({ record, command: record, flags: [{ kind: 'any' }] }));
        expect(await readAll(frozen(rows, size))).toEqual(rows);
      }),
    ));

  it('are the same bytes for the same row, whatever the order of its keys', () => {
    const one = row({ flags: [{ kind: 'bulk', details: { minutes: 10, count: 5 } }] });
    const other = Object.fromEntries(
      Object.entries(row({ flags: [{ kind: 'bulk', details: { count: 5, minutes: 10 } }] })).toReversed(),
    );
    expect(ndjsonLine(other as never)).toBe(ndjsonLine(one));
    expect(ndjsonLine(one)).toMatch(/^\{"eventId":.*"record":"[^\n]*"\}\n$/);
  });

  it('hold each row in one line, whatever its record holds', () => {
    expect(ndjsonLine(row({ record: 'a\nb\r\u2028c' })).split('\n')).toHaveLength(2);
  });

  it.each([
    ['cut off in the middle', ndjsonLine(row()).slice(0, 40), 1],
    ['no row', `${ndjsonLine(row())}{"a":1}\n`, 2],
    ['no UTF-8', null, 1],
  ])('are refused when they are %s, without a word of them', async (_, text, line) => {
    const chunks = text === null ? frozenInvalid() : bytes(text);
    const refused = readAll(chunks);
    await expect(refused).rejects.toThrow(FrozenRowsError);
    await expect(refused).rejects.toThrow(`line ${line} of the frozen rows is no row`);
  });
});

async function* frozenInvalid(): AsyncGenerator<Uint8Array> {
  yield Buffer.from([0x22, 0xff, 0x22, 0x0a]);
}
