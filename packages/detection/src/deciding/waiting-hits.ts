import { ruleLimits } from '../rules/rule-limits.ts';
import type { Hit } from './key-state.ts';
import { secondUs } from './working-memory.ts';

/** Before or after: by receive time, hits of one time in the order of the log. */
export function isBefore(a: Hit, b: Hit): boolean {
  return a.us < b.us || (a.us === b.us && a.n < b.n);
}

/** Puts a hit in its place. */
export function insertHit(hits: Hit[], hit: Hit): void {
  let at = hits.length;
  for (let before = hits[at - 1]; before !== undefined && isBefore(hit, before); before = hits[at - 1]) at--;
  hits.splice(at, 0, hit);
}

/** Until when a hit waits for others: the window and the time that input may be late, from whichever is later. */
export function waitsUntil(hit: Hit, windowUs: number): number {
  return Math.max(hit.us, hit.at) + windowUs + ruleLimits.lateSeconds * secondUs;
}

/** Without those that have waited long enough. */
export function stillWaiting(hits: readonly Hit[], windowUs: number, createdUs: number): Hit[] {
  return hits.filter((hit) => createdUs <= waitsUntil(hit, windowUs));
}

/** Takes the oldest away where there are too many; how many it took. */
export function cutHits(hits: Hit[]): number {
  const tooMany = Math.max(0, hits.length - ruleLimits.hitsPerKey);
  hits.splice(0, tooMany);
  return tooMany;
}
