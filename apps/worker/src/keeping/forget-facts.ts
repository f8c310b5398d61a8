import type { Database } from '@akashi/database';
import { retentionFloors } from '@akashi/policy';

const dayMs = 86_400_000;
/** Events may come late, and sessions and leases began before what they explain. */
const beyondOnlineDays = 30;
const batch = 10_000;

export interface ForgetFactsParts {
  readonly database: Pick<Database, 'forTenant'> & { readonly platform: Pick<Database['platform'], 'listTenants'> };
  readonly now: () => Date;
}

/** Removes what was learned of leases and sessions of days whose events are online no more: it comes back with them. */
export async function forgetFacts({ database, now }: ForgetFactsParts): Promise<void> {
  const before = new Date(now().getTime() - (retentionFloors.onlineDays + beyondOnlineDays) * dayMs);
  for (const { id } of await database.platform.listTenants()) {
    const { learnedFacts } = database.forTenant(id);
    let removed: number;
    do removed = await learnedFacts.removeBefore({ before, limit: batch });
    while (removed === batch);
  }
}
