import type { RuleInForce } from '../rules/rule.ts';
import { compileRule, type CompiledRule, type CompiledStep, type RuleSettings } from './compile-rule.ts';
import { keyText, keyValue } from './key-text.ts';
import type { RuleEvent } from './rule-event.ts';
import type { RuleMatch } from './rule-match.ts';

/** The rules of an organisation, compiled: asked for each event, in whatever order, and remembering nothing of it. */
export class RuleSet {
  readonly #rules: readonly CompiledRule[];

  /** Throws `RuleConditionError` for a rule that `ruleProblems` would have refused. */
  constructor(rules: readonly RuleInForce[], settings: RuleSettings) {
    this.#rules = rules.map((rule) => compileRule(rule, settings));
  }

  get rules(): readonly RuleInForce[] {
    return this.#rules.map(({ inForce }) => inForce);
  }

  /** In the order of the rules and of their steps. */
  match(event: RuleEvent): RuleMatch[] {
    const found: RuleMatch[] = [];
    if (event.isPart) return found;
    for (const rule of this.#rules) {
      for (const step of rule.steps) {
        const match = step.test(event) ? matchOf(rule, step, event) : undefined;
        if (match !== undefined) found.push(match);
      }
    }
    return found;
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
