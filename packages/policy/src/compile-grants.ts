import type { QueryTree } from '@akashi/query';
import { createAccessScope, type AccessScope, type ScopePart } from './access-scope.ts';
import { isOwnLogGroup, ownEvidenceGroups } from './name-pattern.ts';
import { isPermitted } from './roles.ts';

/** A grant as it is kept: what one access group may read, from when to when. */
export interface Grant {
  readonly groupId: string;
  readonly logGroups: readonly string[];
  readonly logStreams: readonly string[];
  readonly sources: readonly string[];
  /** The row filter, read; null when there is none. */
  readonly rowFilter: QueryTree | null;
  readonly hiddenFields: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly revokedAt: Date | null;
}

export interface Grantee {
  readonly role: string;
  /** Ids of the access groups that the person is in now. */
  readonly groupIds: readonly string[];
}

export function isInForce(grant: Pick<Grant, 'validFrom' | 'validTo' | 'revokedAt'>, now: Date): boolean {
  return (
    grant.validFrom <= now &&
    (grant.validTo === null || now < grant.validTo) &&
    (grant.revokedAt === null || now < grant.revokedAt)
  );
}

const whole = { logStreams: [], sources: [], rowFilter: null, hiddenFields: [] } as const;

/** What a grant opens to a role: only one that may read the audit trail reaches `akashi/…`. */
export function openedLogGroups(role: string, grant: Pick<Grant, 'logGroups'>): string[] {
  const readsTrail = isPermitted(role, 'audit-trail.read');
  return grant.logGroups.filter((pattern) => readsTrail || !isOwnLogGroup(pattern));
}

/**
 * One person's grants as the scope that every reading call uses. Nothing is granted by default (PCI DSS 7.3.3); a role
 * alone opens no log group but the product's own evidence, and only a role that may read the audit trail reaches `akashi/…`.
 */
export function compileGrants(grantee: Grantee, grants: readonly Grant[], now: Date): AccessScope {
  const parts: ScopePart[] = isPermitted(grantee.role, 'audit-trail.read')
    ? [{ ...whole, logGroups: ownEvidenceGroups }]
    : [];
  for (const grant of grants) {
    if (!grantee.groupIds.includes(grant.groupId) || !isInForce(grant, now)) continue;
    const { logStreams, sources, rowFilter, hiddenFields } = grant;
    const logGroups = openedLogGroups(grantee.role, grant);
    if (logGroups.length > 0) parts.push({ logGroups, logStreams, sources, rowFilter, hiddenFields });
  }
  return createAccessScope(parts);
}

/** The scope of an API key, or of support access: whole log groups by name or pattern. */
export function scopeOfLogGroups(logGroups: readonly string[]): AccessScope {
  return createAccessScope(logGroups.length === 0 ? [] : [{ ...whole, logGroups }]);
}
