import type { RuleMatch } from '../matching/rule-match.ts';
import { secondUs, type WorkingMemory } from './working-memory.ts';

const daySeconds = 86_400;

/** Kinds whose every hit is told: `match`, `sigma`, `outside`. */
export function decideHits(memory: WorkingMemory, matches: readonly RuleMatch[]): void {
  for (const match of matches) {
    if (!counts(memory, match)) continue;
    const hit = memory.hitOf(match);
    memory.tell([hit], { us: [hit.us, hit.us], count: 1 });
  }
}

function counts({ inForce: { rule } }: WorkingMemory, { value, approval = 'not-kept' }: RuleMatch): boolean {
  if (rule.kind !== 'outside' || value === 'hours') return true;
  return approval === 'outside' || (approval === 'unknown' && rule.approval === 'not-inside');
}

/** The first event of a key is told unless it is still being learned; further ones join it while it is open. */
export function decideFirstSeen(memory: WorkingMemory, matches: readonly RuleMatch[]): void {
  const { rule, sinceUs } = memory.inForce;
  if (rule.kind !== 'first-seen') return;
  const learnedUntilUs = sinceUs + rule.learningDays * daySeconds * secondUs;
  for (const match of matches) {
    const isNew = memory.n === 0;
    const hit = memory.hitOf(match);
    const isTold = isNew ? memory.createdUs >= learnedUntilUs : memory.episodeAt(hit.us) !== undefined;
    if (isTold) memory.tell([hit], { us: [hit.us, hit.us], count: 1 });
  }
}
