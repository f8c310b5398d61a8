import type { ApiKey, StoredGrant, TenantId } from '@akashi/database';
import { compileGrants, intersectScopes, scopeOfLogGroups, type AccessScope, type Grant } from '@akashi/policy';
import { namesPeople, parseQuery } from '@akashi/query';
import type { ApiParts } from '../api-parts.ts';

type Parts = Pick<ApiParts, 'clock' | 'database'>;

export interface Person {
  readonly tenantId: TenantId;
  readonly userId: string;
  readonly role: string;
  /** The tenant's IANA zone: that of dates in row filters. */
  readonly timeZone: string;
}

/** What the person may see now: read at every request, so that what is taken away is gone with the next one. */
export async function scopeOfPerson({ clock, database }: Parts, person: Person): Promise<AccessScope> {
  const stored = await database.forTenant(person.tenantId).accessGrants.inForce({ userId: person.userId });
  const groupIds = [...new Set(stored.map(({ groupId }) => groupId))];
  const grants = stored.map((grant) => readGrant(grant, person.timeZone)).filter((grant) => grant !== undefined);
  return compileGrants({ role: person.role, groupIds }, grants, clock.now());
}

/** What a program may see now: the log groups of its key, as far as the person who answers for the key sees them. */
export async function scopeOfKey(parts: Parts, key: ApiKey): Promise<AccessScope> {
  const { tenantId, timeZone, responsible } = key;
  if (responsible === null) return scopeOfLogGroups([]);
  const person = { tenantId, timeZone, userId: responsible.id, role: responsible.role };
  return intersectScopes(scopeOfLogGroups(key.logGroups), await scopeOfPerson(parts, person));
}

/** A grant whose row filter cannot be read any more opens nothing: it must never open more than was approved. */
export function readGrant(stored: StoredGrant, timeZone: string): Grant | undefined {
  if (stored.rowFilter === null) return { ...stored, rowFilter: null };
  const parsed = parseQuery(stored.rowFilter, { timeZone });
  // What a person stands for changes with the masters: a grant must not.
  return parsed.ok && !namesPeople(parsed.tree) ? { ...stored, rowFilter: parsed.tree } : undefined;
}
