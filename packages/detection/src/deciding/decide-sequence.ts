import type { RuleMatch } from '../matching/rule-match.ts';
import { askedSteps } from '../rules/asked-steps.ts';
import type { SequenceRule } from '../rules/rule.ts';
import type { Hit } from './key-state.ts';
import { cutHits, insertHit, isBefore, stillWaiting, waitsUntil } from './waiting-hits.ts';
import { least, secondUs, type WorkingMemory } from './working-memory.ts';

/**
 * The steps in order of receive time (of one time: in the order of the log), the last at most `withinSeconds` after the first. Each
 * event takes part in one sequence. Where several are possible, it is the one that ends first, and going back from its end always
 * with the latest event of the step before.
 */
export function decideSequence(memory: WorkingMemory, rule: SequenceRule, matches: readonly RuleMatch[]): void {
  const windowUs = rule.withinSeconds * secondUs;
  let steps = rule.steps.map((_, step) => stillWaiting(memory.waiting[step] ?? [], windowUs, memory.createdUs));
  for (const match of byStep(rule, matches)) {
    const hit = memory.hitOf(match);
    const own = steps[match.step];
    if (own === undefined) continue;
    insertHit(own, hit);
    const chain = findChain(steps, windowUs);
    if (chain !== undefined) {
      const taken = new Set(chain.map(({ n }) => n));
      steps = steps.map((hits) => hits.filter(({ n }) => !taken.has(n)));
      memory.tell(chain, { us: [chain[0]?.us ?? 0, chain.at(-1)?.us ?? 0], count: 1 });
    }
    for (const hits of steps) memory.dropped += cutHits(hits);
  }
  memory.waiting = steps;
}

/** A match for each step that it stands for: of one event in the order of steps. */
function byStep(rule: SequenceRule, matches: readonly RuleMatch[]): readonly RuleMatch[] {
  const asked = askedSteps(rule);
  if (asked.length === rule.steps.length) return matches;
  const stepsOf = new Map(asked.map(({ step, steps }) => [step, steps]));
  const all = matches.flatMap((match) => (stepsOf.get(match.step) ?? []).map((step) => ({ ...match, step })));
  const events = Map.groupBy(all, ({ eventId }) => eventId);
  return [...events.values()].flatMap((same) => same.toSorted((one, other) => one.step - other.step));
}

function findChain(steps: readonly (readonly Hit[])[], windowUs: number): Hit[] | undefined {
  for (const end of steps.at(-1) ?? []) {
    const chain = [end];
    for (let step = steps.length - 2; step >= 0; step--) {
      const [next] = chain;
      const before = next === undefined ? undefined : latestBefore(steps[step] ?? [], next);
      if (before === undefined) break;
      chain.unshift(before);
    }
    const [first] = chain;
    if (chain.length === steps.length && first !== undefined && end.us - first.us <= windowUs) return chain;
  }
  return undefined;
}

function latestBefore(hits: readonly Hit[], next: Hit): Hit | undefined {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const hit = hits[middle];
    // Matches of one event have one number: an event never stands for two steps.
    if (hit !== undefined && isBefore(hit, next)) low = middle + 1;
    else high = middle;
  }
  return hits[low - 1];
}

export function sequenceDueUs(memory: WorkingMemory, rule: SequenceRule): number | null {
  const windowUs = rule.withinSeconds * secondUs;
  return least(memory.waiting.flat().map((hit) => waitsUntil(hit, windowUs)));
}
