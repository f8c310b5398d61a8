import { reportId } from '@akashi/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownReportId } from './own-report-id.ts';

it('is the title in small letters, or a number further', () => {
  expect(ownReportId('Pay-roll: changes (2026)', new Set())).toBe('pay-roll-changes-2026');
  expect(ownReportId('Cards', new Set(['cards', 'cards-2']))).toBe('cards-3');
  expect(ownReportId('New', new Set())).toBe('new-2');
  expect(ownReportId('2026', new Set())).toBe('report');
  expect(ownReportId('給与の変更', new Set(['report']))).toBe('report-2');
});

it('is an id that the contract takes, and never one that is taken', () => {
  const title = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', '-', '1', 'カ') }));
  fc.assert(
    fc.property(title, fc.array(fc.constantFrom('a', 'report', 'a-1', 'a-2')), (text, list) => {
      const taken = new Set<string>(list);
      const id = ownReportId(text, taken);
      expect(reportId.safeParse(id).success).toBe(true);
      expect(taken.has(id)).toBe(false);
    }),
  );
});
