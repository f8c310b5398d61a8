import type { KeepUntil } from '@akashi/integrity';

/** The retention policy that a log group has until somebody gives it another. */
export const defaultPolicy = { name: 'default', keptDays: 365 } as const;

const dayUs = 86_400 * 1_000_000;

/** Until when a block must stay: so many days after its newest record was received; null days keep it for ever. */
export function keepUntilUs(newestReceivedUs: number, keptDays: number | null): KeepUntil {
  return keptDays === null ? 'never' : newestReceivedUs + keptDays * dayUs;
}
