import { createRefusalTally, type Refusal, type RefusalTally } from '@akashi/client';
import type { Database } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { AuditTrail } from './audit-trail.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';
import { originOf } from './audit-context.ts';
import { ensurePlatformTenant, PlatformHome } from './platform-tenant.ts';

/** A refused call that belongs to no organisation. */
export interface UnknownCaller extends Refusal {
  readonly facts: RequestFacts;
  readonly route: string;
}

export type UnknownCallers = RefusalTally<UnknownCaller>;

/** They stand in the platform's trail (PCI DSS 10.2.1.4): one event of each address and reason a minute, with their number. */
export function openUnknownCallers(parts: {
  database: Pick<Database, 'platform'>;
  keyring: Pick<Keyring, 'createTenantKeys'>;
  auditTrail: Pick<AuditTrail, 'record'>;
  now: () => Date;
}): UnknownCallers {
  const home = new PlatformHome({ ensure: () => ensurePlatformTenant(parts) });
  return createRefusalTally<UnknownCaller>({
    now: parts.now,
    record: async ({ first, count, since, until }) => {
      const { address, reason, facts, route } = first;
      await parts.auditTrail.record(
        {
          tenantId: await home.id(),
          actor: { kind: 'anonymous', id: null, name: 'unknown' },
          ...originOf(facts),
          address,
        },
        {
          action: 'request.refused',
          outcome: 'failure',
          reason,
          target: { kind: 'route', name: route },
          count,
          ...(count === 1 ? {} : { details: { since: since.toISOString(), until: until.toISOString() } }),
        },
      );
    },
  });
}
