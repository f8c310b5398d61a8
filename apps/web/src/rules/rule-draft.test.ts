import { ruleInput, type RuleInput } from '@akashi/contracts';
import { expect, it } from 'vitest';
import { draftOf, emptyDraft, inputOf } from './rule-draft.ts';

const head = {
  title: { ja: '失敗', en: 'Failures' },
  description: 'what it is for',
  author: 'somebody',
  references: ['https://example.com'],
  severity: 'high',
  requirements: ['pci:4.0.1:8.3.4'],
  key: ['user.name'],
  quietSeconds: 90,
} as const;

const rules: RuleInput[] = [
  { kind: 'match', title: 'same in both', severity: 'low', requirements: [], key: [], quietSeconds: 0, where: 'a' },
  { kind: 'threshold', ...copy(head), where: 'a', count: 3, distinct: 'host.name', windowSeconds: 45 },
  { kind: 'sequence', ...copy(head), steps: [{ where: 'a' }, { where: 'b' }], withinSeconds: 600 },
  { kind: 'absence', ...copy(head), opensIncident: false, expected: 'a', after: 'b', withinSeconds: 3_600 },
  { kind: 'first-seen', ...copy(head), where: 'a', fields: ['source.ip'], learningDays: 0 },
  {
    kind: 'outside',
    ...copy(head),
    where: 'a',
    hours: { days: [1, 2], fromMinute: 540, untilMinute: 1080 },
    approval: 'outside',
  },
];

function copy({ title, references, requirements, key, ...rest }: typeof head) {
  return {
    ...rest,
    title: { ...title },
    references: [...references],
    requirements: [...requirements],
    key: [...key],
  };
}

it.each(rules)('gives a rule of kind $kind back as it came', (rule) => {
  expect(inputOf(draftOf(ruleInput.parse(rule)))).toEqual(rule);
});

it('gives a number that cannot be read to be refused', () => {
  const draft = { ...emptyDraft, kind: 'threshold', title: { ja: 'x', en: 'x' }, where: 'a', count: 'many' } as const;
  const refused = ruleInput.safeParse(inputOf(draft));
  expect(refused.error?.issues.map(({ path }) => path)).toEqual([['count']]);
});
