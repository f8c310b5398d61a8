export type BackOff = { readonly baseMs: number; readonly maxMs: number };

export const busyBackOff: BackOff = { baseMs: 500, maxMs: 60_000 };
/** For answers that a person has to change something for. */
export const refusedBackOff: BackOff = { baseMs: 5_000, maxMs: 60_000 };

/** How long to wait before try number `attempt` (from 1) is repeated: doubling, half of it by chance, never less than asked for. */
export function backOffMs(
  backOff: BackOff,
  attempt: number,
  context: { random: number; retryAfterMs: number | null },
): number {
  const full = Math.min(backOff.maxMs, backOff.baseMs * 2 ** Math.min(attempt - 1, 20));
  return Math.max(full / 2 + (full / 2) * context.random, context.retryAfterMs ?? 0);
}
