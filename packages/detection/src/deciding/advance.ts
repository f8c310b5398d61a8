import type { RuleMatch } from '../matching/rule-match.ts';
import { ruleLimits } from '../rules/rule-limits.ts';
import type { RuleInForce } from '../rules/rule.ts';
import type { DecisionContext } from './alert-id.ts';
import type { Alert } from './alert.ts';
import { absenceDueUs, decideAbsence } from './decide-absence.ts';
import { decideFirstSeen, decideHits } from './decide-hits.ts';
import { decideSequence, sequenceDueUs } from './decide-sequence.ts';
import { decideThreshold, thresholdDueUs } from './decide-threshold.ts';
import type { KeyState, RuleKey } from './key-state.ts';
import { least, secondUs, WorkingMemory } from './working-memory.ts';

/** What one block of the log brings. Blocks are given once each, in the order of their entries. */
export interface DecisionBatch {
  /** The block's `created`, microseconds; never earlier than that of the block before. */
  readonly createdUs: number;
  /** In the order of leaves; of one event in the order in which `RuleSet.match` gave them. */
  readonly matches: readonly RuleMatch[];
}

export interface AdvanceInput {
  /** The versions that decide this block. Matches of any other are left out. */
  readonly rules: readonly RuleInForce[];
  /** Those of `keysOf(rules, batch)`, and all whose `dueAtUs` is before the batch's `createdUs`. */
  readonly states: readonly KeyState[];
  readonly batch: DecisionBatch;
  readonly context: DecisionContext;
}

export interface Advanced {
  /** To be written over those of the same rule, version and key. */
  readonly states: readonly KeyState[];
  /** To be deleted. */
  readonly removed: readonly RuleKey[];
  /** New ones and those that have grown: each is written over the one of the same id. */
  readonly alerts: readonly Alert[];
}

/** A state that nothing but the time of its last touch has changed is written again only after this long. */
const touchedAgainUs = 3_600 * secondUs;

/** The states that a batch needs whatever is due: of the keys of its matches, and of rules that wait without any. */
export function keysOf(rules: readonly RuleInForce[], { matches }: DecisionBatch): RuleKey[] {
  const inForce = new Set(rules.map((rule) => nameOf({ ...rule, key: '' })));
  const keys = new Map<string, RuleKey>();
  const add = ({ ruleId, version, key }: RuleKey): void => {
    keys.set(nameOf({ ruleId, version, key }), { ruleId, version, key });
  };
  for (const match of matches) if (inForce.has(nameOf({ ...match, key: '' }))) add(match);
  for (const { ruleId, version, rule } of rules) if (waitsFromItsStart(rule)) add({ ruleId, version, key: '[]' });
  return [...keys.values()];
}

/**
 * Decides one block: pure, so that the same log gives the same alerts wherever it is cut. Writing what it gives, moving the cursor
 * and forgetting the matches belong into one transaction.
 */
export function advance({ rules, states, batch, context }: AdvanceInput): Advanced {
  const before = new Map(states.map((state) => [nameOf(state), state]));
  const matches = Map.groupBy(batch.matches, nameOf);
  const work = new Map<string, RuleKey>();
  for (const { ruleId, version, key } of [...keysOf(rules, batch), ...states])
    work.set(nameOf({ ruleId, version, key }), { ruleId, version, key });
  const byName = new Map(rules.map((rule) => [nameOf({ ...rule, key: '' }), rule]));
  const result = { states: [] as KeyState[], removed: [] as RuleKey[], alerts: [] as Alert[] };
  for (const [name, ruleKey] of work) {
    const inForce = byName.get(nameOf({ ...ruleKey, key: '' }));
    if (inForce === undefined) continue;
    const known = before.get(name);
    const memory = new WorkingMemory(
      inForce,
      { key: ruleKey.key, memory: known?.memory },
      { createdUs: batch.createdUs, context },
    );
    memory.prune();
    decide(memory, matches.get(name) ?? []);
    result.alerts.push(...memory.changedAlerts.values());
    const state = stateOf(memory, ruleKey);
    if (isForgotten(memory)) {
      if (known !== undefined) result.removed.push(ruleKey);
    } else if (known === undefined || hasChanged(known, state)) result.states.push(state);
  }
  return result;
}

function decide(memory: WorkingMemory, matches: readonly RuleMatch[]): void {
  const { rule } = memory.inForce;
  switch (rule.kind) {
    case 'match':
    case 'outside':
    case 'sigma':
      return decideHits(memory, matches);
    case 'first-seen':
      return decideFirstSeen(memory, matches);
    case 'threshold':
      return decideThreshold(memory, rule, matches);
    case 'sequence':
      return decideSequence(memory, rule, matches);
    case 'absence':
      return decideAbsence(memory, rule, matches);
  }
}

function stateOf(memory: WorkingMemory, key: RuleKey): KeyState {
  const due = least([memory.nextPruneUs(), dueUs(memory)].filter((time) => time !== null));
  return { ...key, touchedAtUs: memory.createdUs, dueAtUs: due, memory: memory.toMemory() };
}

function dueUs(memory: WorkingMemory): number | null {
  const { rule } = memory.inForce;
  switch (rule.kind) {
    case 'threshold':
      return thresholdDueUs(memory, rule);
    case 'sequence':
      return sequenceDueUs(memory, rule);
    case 'absence':
      return absenceDueUs(memory, rule);
    case 'match':
    case 'outside':
    case 'sigma':
    case 'first-seen':
      return null;
  }
}

/** Whether a memory without a past would decide the same from here on. What was seen, and what beats, is never forgotten. */
function isForgotten({ inForce: { rule }, episodes, waiting, n, last }: WorkingMemory): boolean {
  if (episodes.length > 0 || waiting.some((hits) => hits.length > 0)) return false;
  if (rule.kind === 'first-seen') return n === 0;
  return !waitsFromItsStart(rule) && last === null;
}

function waitsFromItsStart(rule: RuleInForce['rule']): boolean {
  return rule.kind === 'absence' && rule.after === undefined && rule.key.length === 0;
}

function hasChanged(known: KeyState, state: KeyState): boolean {
  if (state.touchedAtUs - known.touchedAtUs >= touchedAgainUs || known.dueAtUs !== state.dueAtUs) return true;
  if (state.memory.episodes.length === 0 && state.memory.waiting.length === 0 && known.memory.n > 0) {
    return known.memory.episodes.length > 0 || (state.memory.last?.us ?? 0) !== (known.memory.last?.us ?? 0);
  }
  return true;
}

/** How many keys of a rule are remembered: beyond it the least `touchedAtUs` go, of equal ones the first by code points. */
export function mostKeys({ kind }: Pick<RuleInForce['rule'], 'kind'>): number {
  return kind === 'first-seen' ? ruleLimits.seenPerRule : ruleLimits.keysPerRule;
}

function nameOf({ ruleId, version, key }: RuleKey): string {
  return `${ruleId}\n${version}\n${key}`;
}
