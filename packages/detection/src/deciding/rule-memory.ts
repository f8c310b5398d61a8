import type { RuleInForce } from '../rules/rule.ts';
import { advance, keysOf, mostKeys, type DecisionBatch } from './advance.ts';
import type { DecisionContext } from './alert-id.ts';
import type { Alert } from './alert.ts';
import type { KeyState, RuleKey } from './key-state.ts';

/** Deciding with all states in memory, from nothing: trying a rule on past days, and the model that a store is tested against. */
export class RuleMemory {
  readonly #context: DecisionContext;
  readonly #states = new Map<string, KeyState>();
  readonly alerts = new Map<string, Alert>();
  /** Keys of each rule that had to go. */
  readonly dropped = new Map<string, number>();

  constructor(context: DecisionContext, states: readonly KeyState[] = []) {
    this.#context = context;
    for (const state of states) this.#states.set(nameOf(state), state);
  }

  get states(): KeyState[] {
    return [...this.#states.values()];
  }

  /** The alerts that the block opened or let grow. */
  decide(rules: readonly RuleInForce[], batch: DecisionBatch): readonly Alert[] {
    const wanted = new Set(keysOf(rules, batch).map(nameOf));
    const states = this.states.filter(
      (state) => wanted.has(nameOf(state)) || (state.dueAtUs !== null && state.dueAtUs < batch.createdUs),
    );
    const done = advance({ rules, states, batch, context: this.#context });
    for (const state of done.states) this.#states.set(nameOf(state), state);
    for (const key of done.removed) this.#states.delete(nameOf(key));
    for (const alert of done.alerts) this.alerts.set(alert.id, alert);
    for (const rule of rules) this.#evict(rule);
    return done.alerts;
  }

  #evict({ ruleId, version, rule }: RuleInForce): void {
    if (this.#states.size <= mostKeys(rule)) return;
    const own = this.states.filter((state) => state.ruleId === ruleId && state.version === version);
    const tooMany = own.length - mostKeys(rule);
    if (tooMany <= 0) return;
    for (const state of own.toSorted(oldestFirst).slice(0, tooMany)) this.#states.delete(nameOf(state));
    this.dropped.set(ruleId, (this.dropped.get(ruleId) ?? 0) + tooMany);
  }
}

function oldestFirst(a: KeyState, b: KeyState): number {
  return a.touchedAtUs - b.touchedAtUs || (a.key < b.key ? -1 : 1);
}

function nameOf({ ruleId, version, key }: RuleKey): string {
  return `${ruleId}\n${version}\n${key}`;
}
