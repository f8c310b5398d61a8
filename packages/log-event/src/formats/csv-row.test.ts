import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsvRow } from '../csv-row.ts';

const value = fc.string({ maxLength: 12, unit: fc.constantFrom('a', ',', '"', ' ', '\n', '値', '\t') });
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

it('gives back the values of a row, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 10 }), (values) => {
      const row = values.map((each) => (/[,"\n]/.test(each) ? quoted(each) : each)).join(',');
      expect(readCsvRow(row, 0, { most: 10 })).toEqual(values);
      expect(readCsvRow(`head,${row}`, 5, { most: 10 })).toEqual(values);
    }),
  );
});

it('stops at the most values, and at the end of a row that its last quote leaves open', () => {
  expect(readCsvRow('a,b,c', 0, { most: 2 })).toEqual(['a', 'b']);
  expect(readCsvRow('a,"b,c', 0, { most: 9 })).toEqual(['a', 'b,c']);
  expect(readCsvRow('a\tb', 0, { most: 9, separator: 9 })).toEqual(['a', 'b']);
  const long = '"'.repeat(200_001);
  expect(readCsvRow(long, 0, { most: 9 })).toHaveLength(1);
});
