import { expect, it } from 'vitest';
import { definitionsInForce } from './definitions-in-force.ts';
import type { ReportDefinition } from './report-definition.ts';

const content: Omit<ReportDefinition, 'id' | 'number' | 'version'> = {
  title: { ja: '失敗', en: 'Failures' },
  purpose: { ja: '失敗', en: 'Failures' },
  requirements: ['pci:4.0.1:10.2.1.4'],
  duty: 'required',
  classes: ['access-denied'],
  query: '',
  tag: null,
  listed: '',
  columns: ['time'],
  groupBy: null,
  flags: [],
  plot: null,
};
const standard: ReportDefinition[] = [
  { ...content, id: 'failed-sign-ins', number: 3, version: 1 },
  { ...content, id: 'log-clearing', number: 8, version: 2 },
];
const changed = { ...content, query: 'user.name:root' };

it('are the standard ones while nothing was saved', () => {
  expect(definitionsInForce(standard, [])).toEqual(
    standard.map((definition) => ({ definition, isOwn: false, isChanged: false })),
  );
});

it('are the newest copies in their place, then own ones by id', () => {
  const saved = [
    { id: 'log-clearing', version: 4, definition: changed },
    { id: 'log-clearing', version: 3, definition: content },
    { id: 'payroll', version: 1, definition: content },
    { id: 'cards', version: 2, definition: changed },
  ];
  const reports = definitionsInForce(standard, saved);
  expect(reports.map(({ definition: { id, version }, isOwn, isChanged }) => [id, version, isOwn, isChanged])).toEqual([
    ['failed-sign-ins', 1, false, false],
    ['log-clearing', 4, false, true],
    ['cards', 2, true, false],
    ['payroll', 1, true, false],
  ]);
  expect(reports[1]?.definition).toEqual({ ...changed, id: 'log-clearing', number: 8, version: 4 });
  expect(reports[2]?.definition.number).toBeNull();
});

it('are standard again, or gone, after an end', () => {
  const saved = [
    { id: 'log-clearing', version: 3, definition: changed },
    { id: 'log-clearing', version: 4, definition: null },
    { id: 'payroll', version: 1, definition: content },
    { id: 'payroll', version: 2, definition: null },
  ];
  expect(definitionsInForce(standard, saved).map(({ definition }) => definition)).toEqual(standard);
});
