import { periodEnd, type StreamPlace } from './placement.ts';

/** When the oldest and the newest record of an index were received, in epoch milliseconds; null for an empty index. */
export type ReceivedSpan = { readonly oldest: number; readonly newest: number } | null;

export interface BackingIndex {
  readonly name: string;
  readonly bytes: number;
  readonly received: ReceivedSpan;
}

const dayMs = 86_400_000;

/** Merges and refreshes of one shard stay quick up to here. */
export const rollOverAfterBytes = 20 * 1024 ** 3;

/** Whether the index that a stream writes to is to be followed by a new one. An empty one never is. */
export function shouldRollOver({ bytes, received }: BackingIndex): boolean {
  return received !== null && bytes >= rollOverAfterBytes;
}

/** Whether new records go to other streams: its period is over. */
export function isOver({ fromMs }: StreamPlace, nowMs: number): boolean {
  return periodEnd(fromMs) <= nowMs;
}

/** Whether every record of an index is past its days online. An empty one is when any of its period would be. */
export function isPastOnline({ received }: BackingIndex, place: StreamPlace, nowMs: number): boolean {
  const { fromMs, onlineDays } = place;
  const newest = received?.newest ?? periodEnd(fromMs);
  return nowMs - newest > onlineDays * dayMs;
}
