import { checkDefinition, reportColumns, type FlagKind, type FlagRule } from '@akashi/report';
import type { Report, ReportInput } from '../api-client/reports.ts';
import { areHours } from '../areas/hours-text.ts';
import { guardCardNumbers } from '../query/card-guard.ts';
import { readRequirementLines, requirementLines } from './requirement-lines.ts';

/** A definition while it is written; requirement numbers as they are typed. */
export type Draft = Omit<ReportInput, 'requirements' | 'flags'> & { requirements: string; flags: readonly FlagRule[] };

export const flagKinds = [
  'outside-approval',
  'outside-hours',
  'first-time',
  'failures-in-a-row',
  'success-after-failures',
  'changed-for-other',
  'unchanged-credential',
  'person-unknown',
  'person-conflict',
  'bulk',
  'any',
] as const satisfies readonly FlagKind[];

/** A report of one's own to begin with: what a search found, with who, when, what and whether. */
export function newDraft(query: string): Draft {
  return {
    title: { ja: '', en: '' },
    purpose: { ja: '', en: '' },
    requirements: '',
    duty: 'reference',
    classes: [],
    query,
    tag: null,
    listed: '',
    columns: ['time', 'person', 'user', 'action', 'object', 'origin', 'host', 'outcome'],
    groupBy: null,
    flags: [],
    plot: null,
  };
}

function isOffered(column: Report['columns'][number]): column is ReportInput['columns'][number] {
  return reportColumns.some((each) => each === column);
}

export function draftOf(report: Report): Draft {
  const { title, purpose, duty, classes, query, tag, listed, columns, groupBy, flags, plot } = report;
  const requirements = requirementLines(report.requirements);
  return {
    title,
    purpose,
    requirements,
    duty,
    classes,
    query,
    tag,
    listed,
    columns: columns.filter(isOffered),
    groupBy,
    flags,
    plot,
  };
}

/** A copy, which is another report of one's own. */
export function copyOf(report: Report, words: { ja: (title: string) => string; en: (title: string) => string }): Draft {
  const draft = draftOf(report);
  return { ...draft, title: { ja: words.ja(draft.title.ja), en: words.en(draft.title.en) }, basedOn: report.id };
}

/** What the API takes; null while something of the draft cannot be sent. */
export function inputOf(draft: Draft): ReportInput | null {
  const requirements = readRequirementLines(draft.requirements);
  if (requirements === null || draft.columns.length === 0) return null;
  const input = { ...draft, requirements, flags: [...draft.flags] as ReportInput['flags'] };
  const conditions = [draft.query, draft.listed, ...draft.flags.map(whereOf)];
  if (checkDefinition(input).length > 0 || conditions.some((text) => guardCardNumbers(text) !== null)) return null;
  return draft.flags.every(isRule) ? input : null;
}

function whereOf(rule: FlagRule): string {
  return rule.kind === 'any' ? (rule.where ?? '') : '';
}

/** The figures that a rule of a kind begins with. */
export function newRule(kind: FlagKind): FlagRule {
  switch (kind) {
    case 'first-time':
      return { kind, of: ['user', 'origin'], days: 90 };
    case 'failures-in-a-row':
      return { kind, count: 5, minutes: 10 };
    case 'success-after-failures':
      return { kind, count: 5, minutes: 10, withinMinutes: 60 };
    case 'unchanged-credential':
      return { kind, days: 90 };
    case 'bulk':
      return { kind, count: 100, minutes: 10, rows: 1_000 };
    case 'any':
      return { kind, where: '' };
    case 'outside-hours':
    case 'changed-for-other':
    case 'outside-approval':
    case 'person-unknown':
    case 'person-conflict':
      return { kind };
  }
}

export type Figure = 'days' | 'count' | 'minutes' | 'withinMinutes' | 'rows';

const limits: Readonly<Record<Figure, { least: number; most: number }>> = {
  days: { least: 1, most: 365 },
  count: { least: 2, most: 1_000_000 },
  minutes: { least: 1, most: 1_440 },
  withinMinutes: { least: 1, most: 1_440 },
  rows: { least: 2, most: 1_000_000 },
};

/** The figures of a rule, in the order in which its sentence tells them. */
export function figuresOf(rule: FlagRule): { name: Figure; value: number }[] {
  const names: readonly Figure[] = ['count', 'minutes', 'withinMinutes', 'rows', 'days'];
  return names.flatMap((name) => {
    const value = (rule as Partial<Record<Figure, number>>)[name];
    return value === undefined ? [] : [{ name, value }];
  });
}

export function isFigure(name: Figure, value: number): boolean {
  const { least, most } = limits[name];
  return Number.isInteger(value) && value >= least && value <= most;
}

function isRule(rule: FlagRule): boolean {
  if (rule.kind === 'first-time' && (rule.of.length === 0 || rule.of.length > 3)) return false;
  if (
    rule.kind === 'outside-hours' &&
    rule.hours !== undefined &&
    !areHours({ ...rule.hours, days: [...rule.hours.days] })
  )
    return false;
  return figuresOf(rule).every(({ name, value }) => isFigure(name, value));
}
