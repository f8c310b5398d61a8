import { effectiveSecuritySettings, isDormant } from '@akashi/policy';
import type { Duty, Logger } from '@akashi/server-kit';
import type { ApiParts } from '../api-parts.ts';

const hourMs = 3_600_000;
/** Longer than the longest lock that an organisation can set. */
const failuresKeptMs = 48 * hourMs;

/**
 * PCI DSS 8.2.6: ends accounts that nobody has used for ninety days, or less where the organisation says so, with their
 * sessions and keys. Answers how many. Safe to run in several processes at once: an account ends once.
 */
export async function disableDormantAccounts(
  parts: Pick<ApiParts, 'database' | 'auditTrail'>,
  now: Date,
): Promise<number> {
  let disabled = 0;
  for (const { id: tenantId, status } of await parts.database.platform.listTenants()) {
    if (status === 'closed') continue;
    const { users, organisation } = parts.database.forTenant(tenantId);
    const settings = effectiveSecuritySettings((await organisation.get()).security);
    for (const user of await users.list()) {
      if (user.disabledAt !== null || !isDormant(user, settings, now.getTime())) continue;
      await parts.auditTrail.record(
        { tenantId, actor: { kind: 'system', id: 'dormant-accounts', name: 'Akashi' }, address: 'api' },
        {
          action: 'member.disable',
          outcome: 'success',
          target: { kind: 'user', id: user.id, name: user.email },
          details: { reason: 'dormant', lastSignIn: user.lastSignInAt?.toISOString() ?? null },
          before: { disabled: false },
          after: { disabled: true },
        },
      );
      if ((await users.disable(user.id, 'dormant')) !== null) disabled++;
    }
  }
  return disabled;
}

/** What is due for accounts every hour, and at every start, so that a restart at the wrong moment skips no day. */
export function accountDuties(parts: Pick<ApiParts, 'database' | 'auditTrail'>, logger: Logger): Duty[] {
  return [
    {
      name: 'dormant-accounts',
      everyMs: hourMs,
      run: async () => {
        const disabled = await disableDormantAccounts(parts, new Date());
        if (disabled > 0) logger.info({ disabled }, 'Unused accounts were disabled.');
      },
    },
    {
      name: 'old-sign-in-failures',
      everyMs: hourMs,
      run: () => parts.database.platform.signInFailures.removeOlderThan(failuresKeptMs),
    },
  ];
}
