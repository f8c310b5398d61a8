import type { RuleMatch } from '../matching/rule-match.ts';
import type { ThresholdRule } from '../rules/rule.ts';
import type { Hit } from './key-state.ts';
import { cutHits, insertHit, stillWaiting, waitsUntil } from './waiting-hits.ts';
import { least, secondUs, type WorkingMemory } from './working-memory.ts';

/**
 * Whatever the order in which hits come: an alert is opened as soon as some window of receive times (both ends included) holds
 * enough of them. It takes the hits of the earliest such window, and those that follow within the quiet time.
 */
export function decideThreshold(memory: WorkingMemory, rule: ThresholdRule, matches: readonly RuleMatch[]): void {
  const windowUs = rule.windowSeconds * secondUs;
  let hits = stillWaiting(memory.waiting[0] ?? [], windowUs, memory.createdUs);
  for (const match of matches) {
    const hit = memory.hitOf(match);
    if (memory.episodeAt(hit.us) !== undefined) {
      memory.tell([hit], { us: [hit.us, hit.us], count: 1 });
      continue;
    }
    insertHit(hits, hit);
    if (rule.distinct !== undefined) hits = withoutRepeated(hits, hit, windowUs);
    const window = fullWindow(hits, hit, rule);
    if (window !== undefined) hits = opened(memory, hits, window);
    memory.dropped += cutHits(hits);
  }
  memory.waiting = [hits];
}

/** The earliest window that holds enough hits. Only windows with the new hit can be full: the others were not before. */
function fullWindow(hits: readonly Hit[], added: Hit, rule: ThresholdRule): Hit[] | undefined {
  const windowUs = rule.windowSeconds * secondUs;
  const values = new Map<unknown, number>();
  let end = 0;
  for (const [start, first] of hits.entries()) {
    for (let next = hits[end]; next !== undefined && next.us <= first.us + windowUs; next = hits[++end]) {
      values.set(next.value, (values.get(next.value) ?? 0) + 1);
    }
    const size = rule.distinct === undefined ? end - start : values.size;
    if (size >= rule.count && first.us >= added.us - windowUs) return hits.slice(start, end);
    if (first.us > added.us) return undefined;
    const others = (values.get(first.value) ?? 0) - 1;
    if (others > 0) values.set(first.value, others);
    else values.delete(first.value);
  }
  return undefined;
}

/** Opens the alert of a window. Gives the hits that go on waiting. */
function opened(memory: WorkingMemory, hits: readonly Hit[], window: readonly Hit[]): Hit[] {
  const taken = new Set(window);
  let lastUs = window.at(-1)?.us ?? 0;
  for (const hit of hits) {
    if (taken.has(hit) || hit.us < lastUs || hit.us > lastUs + memory.quietUs) continue;
    taken.add(hit);
    lastUs = hit.us;
  }
  const told = hits.filter((hit) => taken.has(hit));
  const count = told.reduce((sum, { weight = 1 }) => sum + weight, 0);
  memory.tell(told, { us: [told[0]?.us ?? 0, lastUs], count });
  return hits.filter((hit) => !taken.has(hit));
}

/**
 * Of three hits of one value whose first and last lie within one window, every window that holds the middle one holds another,
 * so the first may stand for it: a value that keeps coming costs no more than a few hits.
 */
function withoutRepeated(hits: readonly Hit[], { value }: Hit, windowUs: number): Hit[] {
  const kept: Hit[] = [];
  const same: number[] = [];
  for (const hit of hits) {
    const [beforeAt, middleAt] = [same.at(-2), same.at(-1)];
    const before = beforeAt === undefined ? undefined : kept[beforeAt];
    const middle = middleAt === undefined ? undefined : kept[middleAt];
    if (hit.value === value && beforeAt !== undefined && middleAt !== undefined && before && middle) {
      if (hit.us - before.us <= windowUs) {
        kept[beforeAt] = { ...before, weight: (before.weight ?? 1) + (middle.weight ?? 1) };
        kept.splice(middleAt, 1);
        same.pop();
      }
    }
    if (hit.value === value) same.push(kept.length);
    kept.push(hit);
  }
  return kept;
}

export function thresholdDueUs(memory: WorkingMemory, rule: ThresholdRule): number | null {
  const windowUs = rule.windowSeconds * secondUs;
  return least((memory.waiting[0] ?? []).map((hit) => waitsUntil(hit, windowUs)));
}
