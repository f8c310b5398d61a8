import type { Database, StoredGrant, TenantId } from '@akashi/database';
import { compileGrants, type AccessScope, type Grant } from '@akashi/policy';
import { parseQuery } from '@akashi/query';

export interface Person {
  readonly tenantId: TenantId;
  readonly userId: string;
  readonly role: string;
  /** The tenant's IANA zone: that of dates in row filters. */
  readonly timeZone: string;
}

/** What the person may see now: read at every request, so that what is taken away is gone with the next one. */
export async function scopeOfPerson(database: Pick<Database, 'forTenant'>, person: Person): Promise<AccessScope> {
  const stored = await database.forTenant(person.tenantId).accessGrants.inForce({ userId: person.userId });
  const groupIds = [...new Set(stored.map(({ groupId }) => groupId))];
  const grants = stored.map((grant) => readGrant(grant, person.timeZone)).filter((grant) => grant !== undefined);
  return compileGrants({ role: person.role, groupIds }, grants, new Date());
}

/** A grant whose row filter cannot be read any more opens nothing: it must never open more than was approved. */
export function readGrant(stored: StoredGrant, timeZone: string): Grant | undefined {
  if (stored.rowFilter === null) return { ...stored, rowFilter: null };
  const parsed = parseQuery(stored.rowFilter, { timeZone });
  return parsed.ok ? { ...stored, rowFilter: parsed.tree } : undefined;
}
