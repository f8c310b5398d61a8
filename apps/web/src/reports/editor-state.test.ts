import { standardReports } from '@akashi/report';
import { describe, expect, it } from 'vitest';
import type { Report } from '../api-client/reports.ts';
import {
  copyOf,
  draftOf,
  figuresOf,
  flagKinds,
  inputOf,
  isFigure,
  newDraft,
  newRule,
  type Draft,
} from './editor-state.ts';
import { readRequirementLines, requirementLines } from './requirement-lines.ts';

const reports = standardReports.map((definition) => ({ ...definition, isOwn: false }) as unknown as Report);
const own: Draft = { ...newDraft('user.name:root'), title: { ja: '名', en: 'Name' }, purpose: { ja: '目', en: 'Aim' } };

describe('requirements', () => {
  it.each(reports.map(({ id, requirements }) => [id, requirements] as const))(
    'of %s are typed and read back',
    (_, requirements) => {
      expect(readRequirementLines(requirementLines(requirements))).toEqual(requirements);
    },
  );

  it('are numbers, the present version’s without saying so', () => {
    expect(readRequirementLines('10.2.1.4、3.0:10.2.4, 10.2.1.4')).toEqual(['pci:4.0.1:10.2.1.4', 'pci:3.0:10.2.4']);
    expect(readRequirementLines('')).toEqual([]);
    expect(readRequirementLines('10.2.1.4 ten')).toBeNull();
  });
});

describe('a draft', () => {
  it.each(reports.map((report) => [report.id, report] as const))('of %s can be saved as it is', (_, report) => {
    const input = inputOf(draftOf(report));
    expect(input).toMatchObject({ requirements: report.requirements, flags: report.flags });
    expect(input).not.toHaveProperty('isOwn');
  });

  it('of a search lists what it found', () => {
    expect(inputOf(own)).toMatchObject({ query: 'user.name:root', duty: 'reference', requirements: [] });
  });

  it('of a copy says what it was copied from', () => {
    const [report] = reports;
    if (report === undefined) throw new Error('there are no standard reports');
    const copy = copyOf(report, { ja: (title) => `${title}2`, en: (title) => `${title} 2` });
    expect(copy).toMatchObject({
      basedOn: report.id,
      title: { ja: `${report.title.ja}2`, en: `${report.title.en} 2` },
    });
  });

  it.each<[string, Partial<Draft>]>([
    ['a condition that cannot be read', { query: 'user.name:(' }],
    ['people in a condition', { listed: 'person:yamada' }],
    ['a card number', { query: '4111111111111111' }],
    ['a requirement that is no number', { requirements: 'ten' }],
    ['no columns', { columns: [] }],
    ['a figure out of range', { flags: [{ kind: 'unchanged-credential', days: 0 }] }],
    ['no figure', { flags: [{ kind: 'failures-in-a-row', count: Number.NaN, minutes: 10 }] }],
    ['nothing to be first', { flags: [{ kind: 'first-time', of: [], days: 3 }] }],
    ['hours on no day', { flags: [{ kind: 'outside-hours', hours: { days: [], fromMinute: 1, untilMinute: 2 } }] }],
    ['a flag’s condition that cannot be read', { flags: [{ kind: 'any', where: '(' }] }],
  ])('is not sent with %s', (_, wrong) => {
    expect(inputOf({ ...own, ...wrong })).toBeNull();
  });

  it.each(flagKinds)('takes a new flag %s as it begins', (kind) => {
    expect(inputOf({ ...own, flags: [newRule(kind)] })?.flags).toHaveLength(1);
    expect(figuresOf(newRule(kind)).every(({ name, value }) => isFigure(name, value))).toBe(true);
  });
});
