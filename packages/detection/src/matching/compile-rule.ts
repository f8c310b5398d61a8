import { compileMatcher, namesPeople, parseQuery, type QueryTree } from '@akashi/query';
import type { ProbeNeeds } from '../prefilter/probe-index.ts';
import { queryNeeds } from '../prefilter/query-needs.ts';
import { askedSteps } from '../rules/asked-steps.ts';
import type { Rule, RuleInForce } from '../rules/rule.ts';
import { compileSigma } from '../sigma/compile-sigma.ts';
import { parseSigma } from '../sigma/parse-sigma.ts';
import { keyValue } from './key-text.ts';
import { isOutsideHours } from './outside-hours.ts';
import type { RuleEvent } from '../events/rule-event.ts';

export interface RuleSettings {
  /** IANA name of the organisation's zone. */
  readonly timeZone: string;
}

/** One condition of a rule, and what a hit of it says. */
export interface CompiledStep {
  readonly step: number;
  readonly test: (event: RuleEvent) => boolean;
  readonly needs: ProbeNeeds;
  /** Whether it is asked of each record, also of those whose event another record stands for. */
  readonly isByRecord: boolean;
  /** The `value` of the match; null: the event is no hit after all. Left out: a hit without a value. */
  readonly hitValue?: (event: RuleEvent) => string | undefined | null;
}

export interface CompiledRule {
  readonly inForce: RuleInForce;
  readonly steps: readonly CompiledStep[];
  /** Fields of the key in their order, those of `first-seen` included. */
  readonly keyFields: readonly string[];
  /** Whether an event without one of the key fields is no hit: what counts together must have something in common. */
  readonly needsKey: boolean;
}

/** A condition of a stored rule that cannot be read: rules are checked (`ruleProblems`) before they are kept. */
export class RuleConditionError extends Error {
  override readonly name = 'RuleConditionError';
  readonly code = 'rule-condition-unreadable';
}

/** Throws `RuleConditionError`. */
export function compileRule(inForce: RuleInForce, settings: RuleSettings): CompiledRule {
  const { rule } = inForce;
  const keyFields = rule.kind === 'first-seen' ? [...rule.key, ...rule.fields] : rule.key;
  const needsKey = rule.kind !== 'match' && rule.kind !== 'outside' && rule.kind !== 'sigma';
  return { inForce, steps: compileSteps(rule, settings), keyFields, needsKey };
}

function compileSteps(rule: Rule, settings: RuleSettings): CompiledStep[] {
  const compiled = (step: number, where: string): CompiledStep => {
    const tree = readCondition(where, settings);
    return { step, test: compileMatcher(tree), needs: queryNeeds(tree), isByRecord: false };
  };
  switch (rule.kind) {
    case 'match':
    case 'first-seen':
      return [compiled(0, rule.where)];
    case 'threshold': {
      const { distinct } = rule;
      const one = compiled(0, rule.where);
      return [distinct === undefined ? one : { ...one, hitValue: (event) => distinctValue(event, distinct) }];
    }
    case 'sequence':
      return askedSteps(rule).map(({ step, where }) => compiled(step, where));
    case 'absence':
      return [...(rule.after === undefined ? [] : [compiled(0, rule.after)]), compiled(1, rule.expected)];
    case 'outside': {
      const { hours, approval } = rule;
      const { timeZone } = settings;
      return [
        {
          ...compiled(0, rule.where),
          hitValue: (event) => {
            if (hours !== undefined && isOutsideHours(hours, event.eventAtUs / 1_000, timeZone)) return 'hours';
            return approval === undefined ? null : undefined;
          },
        },
      ];
    }
    case 'sigma': {
      const parsed = parseSigma(rule.source);
      if (!parsed.ok) throw new RuleConditionError('a Sigma rule cannot be honoured');
      return compileSigma(parsed.file).map((compiledSigma) => ({ step: 0, ...compiledSigma }));
    }
  }
}

function distinctValue(event: RuleEvent, field: string): string | null {
  return keyValue(event, field);
}

function readCondition(text: string, { timeZone }: RuleSettings): QueryTree {
  const parsed = parseQuery(text, { timeZone });
  if (!parsed.ok || namesPeople(parsed.tree)) throw new RuleConditionError('a condition of a rule cannot be read');
  return parsed.tree;
}
