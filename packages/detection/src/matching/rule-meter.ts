import type { RuleInForce } from '../rules/rule.ts';

/** What a rule's conditions have taken since they were last asked about. */
export interface RuleCost {
  readonly ruleId: string;
  readonly version: number;
  /** Events that it was asked about: the prefilter leaves out most. */
  readonly asked: number;
  readonly matches: number;
  readonly millis: number;
}

/** Events after which a rule is judged; one that takes this long is judged after fewer. */
const judgedEvents = 1_000;
const judgedMillis = 5_000;
const leastEvents = 20;
/** A rule of a few conditions takes some five hundredths of this. */
const mostMillisPerEvent = 0.5;
/** Of the events that it was asked about; with it a rule is no watch, but a copy of the log. */
const mostMatches = 0.5;
const manyMatches = 50_000;

export type RuleVerdict = 'fine' | 'too-slow' | 'too-many' | 'undecided';

/** Whether a rule may go on running: one that is too dear holds up everybody's lines. */
export function judgeRule({ asked, matches, millis }: Pick<RuleCost, 'asked' | 'matches' | 'millis'>): RuleVerdict {
  if (asked < leastEvents || (asked < judgedEvents && millis < judgedMillis)) return 'undecided';
  if (millis / asked > mostMillisPerEvent) return 'too-slow';
  return matches > manyMatches && matches / asked > mostMatches ? 'too-many' : 'fine';
}

/** Adds up what rules cost while they are asked. */
export class RuleMeter {
  readonly #nowMs: () => number;
  #costs = new Map<RuleInForce, { asked: number; matches: number; millis: number }>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  start(): number {
    return this.#nowMs();
  }

  count(rule: RuleInForce, { startedMs, isMatch }: { startedMs: number; isMatch: boolean }): void {
    let cost = this.#costs.get(rule);
    if (cost === undefined) this.#costs.set(rule, (cost = { asked: 0, matches: 0, millis: 0 }));
    cost.asked += 1;
    cost.millis += this.#nowMs() - startedMs;
    if (isMatch) cost.matches += 1;
  }

  /** What was not answered before. */
  take(): RuleCost[] {
    const costs = this.#costs;
    this.#costs = new Map();
    return [...costs].map(([{ ruleId, version }, cost]) => ({ ruleId, version, ...cost }));
  }
}
