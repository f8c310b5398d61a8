import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../api-client/event.ts';
import {
  cellText,
  columnFields,
  columnsShown,
  columnTemplate,
  isColumn,
  moveColumn,
  tableWidth,
} from './table-columns.ts';

describe('columns', () => {
  it('are named ones, catalogued fields and labels', () => {
    expect(['line', 'source.ip', 'labels.order_id'].every(isColumn)).toBe(true);
    expect(['', 'nonsense', 'labels.', 'constructor', '__proto__'].some(isColumn)).toBe(false);
    expect(columnFields()).not.toContain('host.name');
  });

  it('keep one track each, and the room that no line takes', () => {
    expect(columnTemplate(['source.ip', 'line'])).toBe('128px 16px 120px minmax(240px, 1fr)');
    expect(columnTemplate(['user'])).toBe('128px 16px 116px 1fr');
  });

  it('leave the line in sight where room is short', () => {
    const columns = ['host', 'user', 'action', 'line'];
    expect(columnsShown(columns, 'wide')).toEqual(columns);
    expect(columnsShown(columns, 'beside')).toEqual(['host', 'line']);
    expect(columnsShown(columns, 'tight')).toEqual(['line']);
    expect(columnsShown(['user', 'source.ip'], 'narrow')).toEqual(['user']);
    // Beside a panel of 40 % of a window of 1024 px, and in one of 390 px, nothing has to be scrolled sideways.
    expect(tableWidth(columnsShown(columns, 'tight'), 'tight')).toBeLessThan(1024 - 56 - 410);
    expect(tableWidth(columnsShown(columns, 'narrow'), 'narrow')).toBe(0);
    expect(columnTemplate(['line'], 'narrow')).toBe('56px 16px minmax(0, 1fr)');
  });

  it('show a field, a label, and a line on one line', () => {
    const event = {
      message: 'a\r\nb',
      logStream: 's',
      logGroup: 'g',
      fields: { 'source.ip': '10.0.0.1' },
      labels: { order_id: '7' },
    } as unknown as EventRecord;
    expect(
      ['line', 'host', 'source.ip', 'labels.order_id', 'user', 'log.group'].map((name) => cellText(event, name)),
    ).toEqual(['a ⏎ b', 's', '10.0.0.1', '7', '', 'g']);
  });

  it('are only reordered by a move', () => {
    const columns = fc.uniqueArray(fc.constantFrom('host', 'user', 'line', 'source.ip'), { minLength: 1 });
    fc.assert(
      fc.property(columns, fc.nat(5), fc.integer({ min: -2, max: 6 }), (list, from, to) => {
        expect(moveColumn(list, from, to).toSorted()).toEqual(list.toSorted());
      }),
    );
    expect(moveColumn(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moveColumn(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  });
});
