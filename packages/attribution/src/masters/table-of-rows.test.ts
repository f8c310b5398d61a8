import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MasterDefinition } from './master-definition.ts';
import { readRow } from './read-row.ts';
import { readTable } from './read-table.ts';
import { standardMasters } from './standard-masters.ts';
import { tableOfRows } from './table-of-rows.ts';
import { valuesOfRow } from './row-values.ts';

const zones = ['UTC', 'Asia/Tokyo', 'America/New_York', 'Asia/Kathmandu'];

function valueOf(type: string): fc.Arbitrary<string> {
  switch (type) {
    case 'mac':
      return fc.constantFrom('00-00-5E-00-53-01', '00-00-5E-00-53-02');
    case 'address':
      return fc.constantFrom('192.0.2.1', '2001:db8::1');
    case 'addresses':
      return fc.constantFrom('192.0.2.1', '192.0.2.1, 10.0.0.0/8');
    case 'shared':
      return fc.constantFrom('true', 'false', 'oracle, batch');
    case 'yes-no':
      return fc.constantFrom('true', 'false');
    case 'email':
      return fc.constantFrom('a@example.jp');
    default:
      return fc.constantFrom('yamada', '00050', 'a "quoted", one', '=1+1', '-', '山田 太郎', 'x;y');
  }
}

const anyRow = (definition: MasterDefinition) =>
  fc
    .record({
      from: fc.date({ min: new Date('1971-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      hours: fc.option(fc.integer({ min: 1, max: 100_000 })),
      values: fc.record(
        Object.fromEntries(
          definition.columns.filter(({ type }) => type !== 'time').map(({ name, type }) => [name, valueOf(type)]),
        ),
      ),
    })
    .map(({ from, hours, values }) => {
      const validFromMs = from.getTime();
      const validUntilMs =
        hours === null && definition.name !== 'approvals' ? null : validFromMs + (hours ?? 1) * 3_600_000;
      const period = { validFromMs, validUntilMs };
      return { id: 'r', master: definition.name, ...period, values: valuesOfRow(definition, values, period) };
    });

it.each(standardMasters)('is read as the rows that it was made of: $name', (definition) => {
  fc.assert(
    fc.property(
      fc.array(anyRow(definition), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...zones),
      fc.constantFrom('ja', 'en'),
      (rows, timeZone, language) => {
        const table = tableOfRows(definition, rows, { language, timeZone });
        const text = [table.header, ...table.rows]
          .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        const read = readTable(text, definition);
        expect(read.faults).toEqual([]);
        const again = read.records.map(({ cells }) =>
          readRow(definition, cells, { timeZone: 'UTC', nowMs: 0, year: null, keep: (each) => each }),
        );
        expect(again).toEqual(
          rows.map(({ values, validFromMs, validUntilMs }) => ({
            row: {
              values: Object.fromEntries(
                Object.entries(values).filter(
                  ([name]) => name !== definition.period.from && name !== definition.period.until,
                ),
              ),
              validFromMs,
              validUntilMs,
              isYearGuessed: false,
            },
          })),
        );
      },
    ),
  );
});
