import { asksForApproval, type RuleInForce } from '../rules/rule.ts';
import { ProbeIndex } from '../prefilter/probe-index.ts';
import { compileRule, type CompiledRule, type CompiledStep, type RuleSettings } from './compile-rule.ts';
import { keyText, keyValue } from './key-text.ts';
import type { RuleEvent } from '../events/rule-event.ts';
import type { RuleMatch } from './rule-match.ts';
import type { RuleMeter } from './rule-meter.ts';

/** One condition of one rule. */
interface Probe {
  readonly rule: CompiledRule;
  readonly step: CompiledStep;
}

export interface RuleSetOptions {
  /** Told of what each rule's conditions take. */
  readonly meter?: RuleMeter;
  /** What of an event tells whose act it was: its matches of rules that ask for approvals have these fields. */
  readonly actFields?: readonly string[];
  /** Gives rules that were compiled before, for a set that differs in a few of them. */
  readonly compile?: (inForce: RuleInForce) => CompiledRule;
  /** False: every condition is asked of every event. A test holds the answers of both equal. */
  readonly hasPrefilter?: boolean;
}

/** The rules of an organisation, compiled: asked for each event, in whatever order, and remembering nothing of it. */
export class RuleSet {
  readonly rules: readonly RuleInForce[];
  readonly #probes: readonly Probe[];
  readonly #index: ProbeIndex | undefined;
  readonly #meter: RuleMeter | undefined;
  readonly #actFields: readonly string[];

  /** Throws `RuleConditionError` for a rule that `ruleProblems` would have refused. */
  constructor(
    rules: readonly RuleInForce[],
    settings: RuleSettings,
    {
      meter,
      actFields = [],
      compile = (rule) => compileRule(rule, settings),
      hasPrefilter = true,
    }: RuleSetOptions = {},
  ) {
    this.rules = rules;
    this.#probes = rules.flatMap((inForce) => {
      const rule = compile(inForce);
      return rule.steps.map((step) => ({ rule, step }));
    });
    this.#index = hasPrefilter ? new ProbeIndex(this.#probes.map(({ step }) => step.needs)) : undefined;
    this.#meter = meter;
    this.#actFields = actFields;
  }

  /** In the order of the rules and of their steps. */
  match(event: RuleEvent): RuleMatch[] {
    const found: RuleMatch[] = [];
    if (this.#index === undefined) for (const probe of this.#probes) this.#ask(probe, event, found);
    else {
      for (const number of this.#index.candidates(event)) {
        const probe = this.#probes[number];
        if (probe !== undefined) this.#ask(probe, event, found);
      }
    }
    return found;
  }

  #ask({ rule, step }: Probe, event: RuleEvent, found: RuleMatch[]): void {
    if (event.isPart && !step.isByRecord) return;
    const startedMs = this.#meter?.start() ?? 0;
    const match = step.test(event) ? matchOf(rule, step, event) : undefined;
    this.#meter?.count(rule.inForce, { startedMs, isMatch: match !== undefined });
    if (match !== undefined)
      found.push(asksForApproval(rule.inForce.rule) ? { ...match, act: this.#actOf(event) } : match);
  }

  #actOf(event: RuleEvent): Record<string, unknown> {
    const values = this.#actFields.map((field) => [field, event.value(field)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== null));
  }
}

function matchOf(rule: CompiledRule, step: CompiledStep, event: RuleEvent): RuleMatch | undefined {
  const values = rule.keyFields.map((field) => keyValue(event, field));
  if (rule.needsKey && values.includes(null)) return undefined;
  const value = step.hitValue?.(event);
  if (value === null) return undefined;
  const { ruleId, version } = rule.inForce;
  const { position, receivedAtUs, eventAtUs, logGroup, logStream, eventId } = event;
  return {
    ruleId,
    version,
    step: step.step,
    key: keyText(values),
    ...(value === undefined ? {} : { value }),
    position,
    receivedAtUs,
    eventAtUs,
    logGroup,
    logStream,
    eventId,
  };
}
