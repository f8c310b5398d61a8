import type { AuditSender } from '@akashi/client';
import type { Database, TenantId } from '@akashi/database';
import { effectiveSecuritySettings, isDormant } from '@akashi/policy';

export interface DormantAccountsParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly trail: Pick<AuditSender, 'record'>;
  readonly now: () => Date;
}

/**
 * PCI DSS 8.2.6: ends accounts that nobody has used for ninety days, or less where the organisation says so, with their
 * sessions and keys. Answers how many. May be repeated: an account ends once, and never without its record.
 */
export async function disableDormantAccounts(parts: DormantAccountsParts, tenantId: TenantId): Promise<number> {
  const { users, organisation } = parts.database.forTenant(tenantId);
  const settings = effectiveSecuritySettings((await organisation.get()).security);
  let disabled = 0;
  for (const user of await users.list()) {
    if (user.disabledAt !== null || !isDormant(user, settings, parts.now().getTime())) continue;
    await parts.trail.record({
      tenantId,
      actor: { kind: 'system', id: 'dormant-accounts', name: 'Akashi' },
      origin: { address: 'worker' },
      event: {
        action: 'member.disable',
        outcome: 'success',
        target: { kind: 'user', id: user.id, name: user.email },
        details: { reason: 'dormant', lastSignIn: user.lastSignInAt?.toISOString() ?? null },
        before: { disabled: false },
        after: { disabled: true },
      },
    });
    if ((await users.disable(user.id, 'dormant')) !== null) disabled += 1;
  }
  return disabled;
}
