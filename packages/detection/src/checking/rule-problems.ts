import { namesPeople, parseQuery, type QueryErrorCode } from '@akashi/query';
import { ruleLimits } from '../rules/rule-limits.ts';
import type { Rule } from '../rules/rule.ts';
import { parseSigma } from '../sigma/parse-sigma.ts';
import type { SigmaProblemCode } from '../sigma/sigma-problem.ts';

export interface RuleProblem {
  /** `where`, `steps.1.where`, `expected`, `after`, `count`, `windowSeconds`, `withinSeconds`, `fields`, `key`, `hours`, `source`, … */
  readonly at: string;
  readonly code:
    | SigmaProblemCode
    | QueryErrorCode
    | 'people-not-possible'
    | 'condition-empty'
    | 'out-of-range'
    | 'field-unknown'
    | 'value-missing';
  /** UTF-16 units of the condition. */
  readonly position?: number;
  /** Of a Sigma rule the name, modifier or value that it is about. */
  readonly about?: string;
}

/** What of a rule of the right shape cannot be carried out; empty when it can go live. Titles and the like are for the caller to check. */
export function ruleProblems(rule: Rule): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const inRange = (at: string, value: number, [from, to]: readonly [number, number]): void => {
    if (!Number.isInteger(value) || value < from || value > to) problems.push({ at, code: 'out-of-range' });
  };
  inRange('quietSeconds', rule.quietSeconds, [0, ruleLimits.windowSeconds]);
  if (rule.key.length > ruleLimits.keyFields) problems.push({ at: 'key', code: 'out-of-range' });
  switch (rule.kind) {
    case 'match':
      problems.push(...conditionProblems('where', rule.where));
      break;
    case 'threshold':
      problems.push(...conditionProblems('where', rule.where));
      inRange('count', rule.count, [1, ruleLimits.count]);
      inRange('windowSeconds', rule.windowSeconds, [1, ruleLimits.windowSeconds]);
      break;
    case 'sequence':
      for (const [step, { where }] of rule.steps.entries())
        problems.push(...conditionProblems(`steps.${step}.where`, where));
      inRange('steps', rule.steps.length, [2, ruleLimits.steps]);
      inRange('withinSeconds', rule.withinSeconds, [0, ruleLimits.windowSeconds]);
      break;
    case 'absence':
      problems.push(...conditionProblems('expected', rule.expected));
      if (rule.after !== undefined) problems.push(...conditionProblems('after', rule.after));
      inRange('withinSeconds', rule.withinSeconds, [1, ruleLimits.windowSeconds]);
      break;
    case 'first-seen':
      problems.push(...conditionProblems('where', rule.where));
      inRange('fields', rule.fields.length, [1, ruleLimits.keyFields]);
      inRange('learningDays', rule.learningDays, [0, ruleLimits.learningDays]);
      break;
    case 'outside':
      problems.push(...conditionProblems('where', rule.where));
      if (rule.hours === undefined && rule.approval === undefined)
        problems.push({ at: 'hours', code: 'value-missing' });
      break;
    case 'sigma':
      problems.push(...sigmaProblems(rule.source));
      break;
  }
  return problems;
}

function conditionProblems(at: string, text: string): RuleProblem[] {
  if (text.trim() === '') return [{ at, code: 'condition-empty' }];
  const parsed = parseQuery(text, { timeZone: 'UTC' });
  if (!parsed.ok) return [{ at, code: parsed.code, position: parsed.position }];
  return namesPeople(parsed.tree) ? [{ at, code: 'people-not-possible', position: 0 }] : [];
}

function sigmaProblems(source: string): RuleProblem[] {
  const parsed = parseSigma(source);
  return parsed.ok ? [] : [{ at: 'source', ...parsed.problem }];
}
