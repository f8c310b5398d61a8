import type { KeepUntil } from '@akashi/integrity';
import { keepUntilUs, type Retention } from '@akashi/policy';

/** Until when a block must stay. One whose policy is not in the ledger stays for ever: what it said, nobody knows. */
export function keepUntilOf(policy: Pick<Retention, 'keptDays'> | null, newestReceivedUs: number): KeepUntil {
  return policy === null ? 'never' : (keepUntilUs(policy, newestReceivedUs) ?? 'never');
}
