import type { RuleInput } from '@akashi/contracts';
import type { Hours } from '../areas/hours-text.ts';

export const draftKinds = ['match', 'threshold', 'sequence', 'absence', 'first-seen', 'outside'] as const;

/** A rule as the form holds it: what every kind has, and what each kind needs, as it is typed. */
export interface RuleDraft {
  kind: (typeof draftKinds)[number];
  title: { ja: string; en: string };
  description: string;
  severity: RuleInput['severity'];
  requirements: readonly string[];
  key: readonly string[];
  quietMinutes: string;
  opensIncident: 'usual' | 'yes' | 'no';
  where: string;
  steps: readonly string[];
  expected: string;
  after: string;
  count: string;
  distinct: string;
  minutes: string;
  fields: readonly string[];
  learningDays: string;
  hours: Hours | null;
  approval: 'none' | 'outside' | 'not-inside';
  /** What the form has no field for stays as it was. */
  kept: Pick<RuleInput, 'author' | 'references'>;
}

export const emptyDraft: RuleDraft = {
  kind: 'match',
  title: { ja: '', en: '' },
  description: '',
  severity: 'medium',
  requirements: [],
  key: [],
  quietMinutes: '60',
  opensIncident: 'usual',
  where: '',
  steps: ['', ''],
  expected: '',
  after: '',
  count: '5',
  distinct: '',
  minutes: '10',
  fields: [],
  learningDays: '14',
  hours: null,
  approval: 'none',
  kept: {},
};

export function draftOf(rule: RuleInput): RuleDraft {
  const { title, description, severity, requirements, key, quietSeconds, opensIncident, author, references } = rule;
  const head: RuleDraft = {
    ...emptyDraft,
    kind: rule.kind,
    title: typeof title === 'string' ? { ja: title, en: title } : { ...title },
    description: typeof description === 'string' ? description : (description?.ja ?? ''),
    severity,
    requirements: requirements ?? [],
    key: key ?? [],
    quietMinutes: minutesOf(quietSeconds ?? 3_600),
    opensIncident: opensIncident === undefined ? 'usual' : opensIncident ? 'yes' : 'no',
    kept: {
      ...(author === undefined ? {} : { author }),
      ...(references === undefined ? {} : { references }),
    },
  };
  switch (rule.kind) {
    case 'match':
      return { ...head, where: rule.where };
    case 'threshold': {
      const { where, count, distinct, windowSeconds } = rule;
      return { ...head, where, count: String(count), distinct: distinct ?? '', minutes: minutesOf(windowSeconds) };
    }
    case 'sequence':
      return { ...head, steps: rule.steps.map(({ where }) => where), minutes: minutesOf(rule.withinSeconds) };
    case 'absence':
      return {
        ...head,
        expected: rule.expected,
        after: rule.after ?? '',
        minutes: minutesOf(rule.withinSeconds),
      };
    case 'first-seen':
      return { ...head, where: rule.where, fields: rule.fields, learningDays: String(rule.learningDays) };
    case 'outside':
      return { ...head, where: rule.where, hours: rule.hours ?? null, approval: rule.approval ?? 'none' };
  }
}

/** As the API takes it. A number that cannot be read is one that the API refuses by its name. */
export function inputOf(draft: RuleDraft): RuleInput {
  const { title, description, severity, requirements, key, where, minutes } = draft;
  const head = {
    title: title.ja === title.en ? title.ja : title,
    ...(description.trim() === '' ? {} : { description }),
    ...draft.kept,
    severity,
    requirements: [...requirements],
    key: [...key],
    quietSeconds: secondsOf(draft.quietMinutes),
    ...(draft.opensIncident === 'usual' ? {} : { opensIncident: draft.opensIncident === 'yes' }),
  };
  switch (draft.kind) {
    case 'match':
      return { kind: 'match', ...head, where };
    case 'threshold': {
      const distinct = draft.distinct === '' ? {} : { distinct: draft.distinct };
      return {
        kind: 'threshold',
        ...head,
        where,
        count: numberOf(draft.count),
        ...distinct,
        windowSeconds: secondsOf(minutes),
      };
    }
    case 'sequence': {
      const steps = draft.steps.map((step) => ({ where: step }));
      return { kind: 'sequence', ...head, steps, withinSeconds: secondsOf(minutes) };
    }
    case 'absence': {
      const after = draft.after.trim() === '' ? {} : { after: draft.after };
      return { kind: 'absence', ...head, expected: draft.expected, ...after, withinSeconds: secondsOf(minutes) };
    }
    case 'first-seen': {
      const learningDays = numberOf(draft.learningDays);
      return { kind: 'first-seen', ...head, where, fields: [...draft.fields], learningDays };
    }
    case 'outside': {
      const hours = draft.hours === null ? {} : { hours: { ...draft.hours, days: [...draft.hours.days] } };
      const approval = draft.approval === 'none' ? {} : { approval: draft.approval };
      return { kind: 'outside', ...head, where, ...hours, ...approval };
    }
  }
}

function minutesOf(seconds: number): string {
  return String(seconds / 60);
}

function secondsOf(minutes: string): number {
  return Math.round(numberOf(minutes) * 60);
}

/** JSON has no NaN: a text that is no number is none. */
function numberOf(text: string): number {
  const value = Number(text.normalize('NFKC').trim());
  return text.trim() === '' || !Number.isFinite(value) ? -1 : value;
}
