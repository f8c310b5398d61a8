/** When the oldest and the newest record of an index were received, in epoch milliseconds; null for an empty index. */
export type ReceivedSpan = { readonly oldest: number; readonly newest: number } | null;

export interface BackingIndex {
  readonly name: string;
  readonly bytes: number;
  readonly received: ReceivedSpan;
}

const dayMs = 86_400_000;

/** With the classes' ninety days there are some thirteen backing indices of a quiet stream, each of which goes whole. */
export const rollOverAfterMs = 7 * dayMs;
/** Merges and refreshes of one shard stay quick up to here. */
export const rollOverAfterBytes = 20 * 1024 ** 3;

/** Whether the index that a stream writes to is to be followed by a new one. An empty one never is. */
export function shouldRollOver({ bytes, received }: BackingIndex, nowMs: number): boolean {
  if (received === null) return false;
  return bytes >= rollOverAfterBytes || nowMs - received.oldest >= rollOverAfterMs;
}

/** Whether every record of an index that nothing is written to any more is past its days online. */
export function isPastOnline({ received }: BackingIndex, onlineDays: number, nowMs: number): boolean {
  return received === null || nowMs - received.newest > onlineDays * dayMs;
}
