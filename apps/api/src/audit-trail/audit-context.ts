import type { SessionUser, SignInUser } from '@akashi/database';
import type { AuditContext } from './audit-trail.ts';
import type { RequestFacts } from '../request-context/request-facts.ts';

/** A person whose session is not full yet has no RequestContext, and is on record all the same. */
export function auditContextOf(
  found: Pick<SessionUser, 'tenantId' | 'userId' | 'displayName' | 'email' | 'role'>,
  facts: RequestFacts,
): AuditContext {
  return { tenantId: found.tenantId, actor: actorOf({ ...found, id: found.userId }), ...originOf(facts) };
}

export function actorOf(user: Pick<SignInUser, 'id' | 'displayName' | 'email' | 'role'>) {
  return { kind: 'user', id: user.id, name: user.displayName, email: user.email, role: user.role } as const;
}

/** Where a request came from, as an audit event has it. */
export function originOf({ address, requestId, userAgent }: RequestFacts): Omit<AuditContext, 'tenantId' | 'actor'> {
  return { address, requestId, userAgent };
}
