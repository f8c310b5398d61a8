import { parseSigma } from '../sigma/parse-sigma.ts';
import type { Rule } from '../rules/rule.ts';

/**
 * Whether what a version of a rule remembers means the same to the next one: the same events are hits, parted by the same key, and
 * wait as long for each other. How many it takes, for how long an alert is open, how long is learned and what the rule is called
 * may change.
 */
export function keepsMemory(before: Rule, after: Rule): boolean {
  return JSON.stringify(basisOf(before)) === JSON.stringify(basisOf(after));
}

function basisOf(rule: Rule): readonly unknown[] {
  return [rule.kind, rule.key, ...ownBasis(rule)];
}

function ownBasis(rule: Rule): readonly unknown[] {
  switch (rule.kind) {
    case 'match':
      return [rule.where];
    case 'threshold':
      return [rule.where, rule.distinct, rule.windowSeconds];
    case 'sequence':
      return [rule.steps.map(({ where }) => where), rule.withinSeconds];
    case 'absence':
      return [rule.expected, rule.after, rule.withinSeconds];
    case 'first-seen':
      return [rule.where, rule.fields];
    case 'outside': {
      const { hours } = rule;
      return [rule.where, rule.approval, hours?.days, hours?.fromMinute, hours?.untilMinute];
    }
    case 'sigma':
      return sigmaBasis(rule.source);
  }
}

/** Titles, authors and the like stand in the same text as the condition. */
function sigmaBasis(source: string): readonly unknown[] {
  const parsed = parseSigma(source);
  if (!parsed.ok) return [source];
  const { logSource, searches, condition } = parsed.file;
  return [logSource, [...searches], condition];
}
