import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeCsv } from './write-csv.ts';

it('writes what spreadsheets read, and nothing that they run', () => {
  const text = writeCsv(
    ['名前', 'b'],
    [
      ['=cmd|x', ['a', 'b']],
      ['say "hi", 山田', null],
      [' ＝1+1', '-1'],
    ],
  );
  expect(text).toBe('\ufeff名前,b\r\n\'=cmd|x,a b\r\n"say ""hi"", 山田",\r\n\' ＝1+1,\'-1\r\n');
});

it('begins no cell with a sign of a formula', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const row = writeCsv(['a'], [[value]]).slice('\ufeffa\r\n'.length);
      expect(row.replace(/^"/, '')).not.toMatch(/^[=+\-@]/);
    }),
  );
});

it.each(['a\nb', 'a\rb', 'a\r\nb'])('quotes a cell with line ends, which would be rows of their own: %j', (value) => {
  expect(writeCsv(['a', 'b'], [[value, 'c']])).toBe(`\ufeffa,b\r\n"${value}",c\r\n`);
});
