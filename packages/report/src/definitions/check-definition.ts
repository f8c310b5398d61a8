import { namesPeople, parseQuery, type QueryErrorCode } from '@akashi/query';
import type { ReportDefinition } from './report-definition.ts';
import type { ReportTags } from './report-tags.ts';

export interface DefinitionProblem {
  /** Where: `query`, `listed`, `flags.<index>.where`, `cardData`, `watchedObjects`. */
  readonly at: string;
  /** Of the query language, or `people-not-possible`: people are known only once a run has read its events. */
  readonly code: QueryErrorCode | 'people-not-possible';
  /** UTF-16 units of the condition. */
  readonly position: number;
}

/** What of a definition's conditions cannot be read; empty when a run can be made of it. */
export function checkDefinition(definition: Pick<ReportDefinition, 'query' | 'listed' | 'flags'>): DefinitionProblem[] {
  return [
    ...checkCondition('query', definition.query),
    ...checkCondition('listed', definition.listed),
    ...definition.flags.flatMap((rule, index) =>
      rule.kind === 'any' && rule.where !== undefined ? checkCondition(`flags.${index}.where`, rule.where) : [],
    ),
  ];
}

/** The same of an organisation's tags. */
export function checkTags({ cardData, watchedObjects }: ReportTags): DefinitionProblem[] {
  return [...checkCondition('cardData', cardData), ...checkCondition('watchedObjects', watchedObjects)];
}

function checkCondition(at: string, text: string): DefinitionProblem[] {
  if (text.trim() === '') return [];
  const parsed = parseQuery(text, { timeZone: 'UTC' });
  if (!parsed.ok) return [{ at, code: parsed.code, position: parsed.position }];
  return namesPeople(parsed.tree) ? [{ at, code: 'people-not-possible', position: 0 }] : [];
}
