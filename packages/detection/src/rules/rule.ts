/**
 * A rule is data: what to look for, in the product's query language, and how hits become an alert. Everything here is JSON.
 * Times that decide are the receive times of records, and for what did not come the `created` time of blocks.
 */

export const ruleSeverities = ['low', 'medium', 'high', 'critical'] as const;
export type RuleSeverity = (typeof ruleSeverities)[number];

export const ruleKinds = ['match', 'threshold', 'sequence', 'absence', 'first-seen', 'outside', 'sigma'] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** One text in both languages of the product; a rule that people write has the same in both. */
export interface RuleText {
  readonly ja: string;
  readonly en: string;
}

export interface RuleHead {
  readonly title: RuleText;
  readonly description?: RuleText;
  readonly author?: string;
  readonly references?: readonly string[];
  /** `pci:4.0.1:10.2.1.4`. */
  readonly requirements: readonly string[];
  readonly severity: RuleSeverity;
  /** Whether an alert opens an incident; without it from severity `high` on. */
  readonly opensIncident?: boolean;
  /**
   * Fields whose values part the hits (`user.name`, `log.stream`, `labels.order_id`); each combination has alerts of its own. None:
   * the rule has one key for everything.
   */
  readonly key: readonly string[];
  /** Further hits of the key up to this long after the last one belong to the same alert (an episode). */
  readonly quietSeconds: number;
}

/** Every event that fulfils the condition. */
export interface MatchRule extends RuleHead {
  readonly kind: 'match';
  readonly where: string;
}

/** At least `count` events of a key, or so many different values of `distinct`, whose receive times lie within the window. */
export interface ThresholdRule extends RuleHead {
  readonly kind: 'threshold';
  readonly where: string;
  readonly count: number;
  readonly distinct?: string;
  readonly windowSeconds: number;
}

/** Events of a key that fulfil the steps in this order, the last at most `withinSeconds` after the first. */
export interface SequenceRule extends RuleHead {
  readonly kind: 'sequence';
  readonly steps: readonly { readonly where: string }[];
  readonly withinSeconds: number;
}

/**
 * What is expected does not come: within `withinSeconds` after each event that fulfils `after`, or, without `after`, at least
 * once in each `withinSeconds` from the first one of a key on (without key fields from the rule's start on).
 */
export interface AbsenceRule extends RuleHead {
  readonly kind: 'absence';
  readonly expected: string;
  readonly after?: string;
  readonly withinSeconds: number;
}

/** A combination of values of `fields` (within the key) that never came before; what comes in the first days is learned. */
export interface FirstSeenRule extends RuleHead {
  readonly kind: 'first-seen';
  readonly where: string;
  readonly fields: readonly string[];
  readonly learningDays: number;
}

/** Of the week: 1 Monday to 7 Sunday (ISO 8601); minutes after midnight by the clocks of the organisation's zone. */
export interface RuleHours {
  readonly days: readonly number[];
  readonly fromMinute: number;
  /** Not included; before `fromMinute` it is on the next day. */
  readonly untilMinute: number;
}

/** Events outside the hours, or work that no approval covers. Hours go by the time of the event. */
export interface OutsideRule extends RuleHead {
  readonly kind: 'outside';
  readonly where: string;
  readonly hours?: RuleHours;
  /** `outside`: a person is known and has no approval; `not-inside`: nobody could be named either. */
  readonly approval?: 'outside' | 'not-inside';
}

/** A Sigma rule as its author wrote it (YAML); author, references and licence stay in it. */
export interface SigmaRule extends RuleHead {
  readonly kind: 'sigma';
  readonly source: string;
}

export type Rule = MatchRule | ThresholdRule | SequenceRule | AbsenceRule | FirstSeenRule | OutsideRule | SigmaRule;

/** A rule as an organisation uses it from a block of its log on. */
export interface RuleInForce {
  readonly ruleId: string;
  readonly version: number;
  readonly rule: Rule;
  /** The `created` time of the first block that this version decides. Learning, and the first wait without a key, begin here. */
  readonly sinceUs: number;
}

/** Whether it matters for an alert if an approval covers the event. */
export function asksForApproval(rule: Rule): boolean {
  return rule.kind === 'outside' && rule.approval !== undefined;
}

export function opensIncident({ severity, opensIncident: chosen }: Pick<Rule, 'severity' | 'opensIncident'>): boolean {
  return chosen ?? (severity === 'high' || severity === 'critical');
}
