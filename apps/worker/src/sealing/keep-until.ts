import type { KeepUntil } from '@akashi/integrity';
import { keepUntilUs, type Retention } from '@akashi/policy';

/** A store holds an object until a day; this one stands for ever (and is within what every store takes). */
export const farthestDay = new Date('2200-01-01T00:00:00Z');

/** Until when a block must stay. One whose policy is not in the ledger stays for ever: what it said, nobody knows. */
export function keepUntilOf(policy: Pick<Retention, 'keptDays'> | null, newestReceivedUs: number): KeepUntil {
  return policy === null ? 'never' : (keepUntilUs(policy, newestReceivedUs) ?? 'never');
}
