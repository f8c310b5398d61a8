import { isOwnLogGroup, isPermitted, reachOfLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

/**
 * Nobody gives a key more than they may give: who manages access may give every log group, everybody else what they
 * themselves see in full. The product's own log groups are for readers of the audit trail, and nobody's to write.
 */
export function checkMayGive(context: RequestContext, kind: 'ingest' | 'api', patterns: readonly string[]): void {
  const refused = patterns.find((pattern) => !mayGive(context, kind, pattern));
  if (refused === undefined) return;
  throw new AppError('forbidden', { reason: 'beyond-own-access', detail: 'logGroups: more than you may give' });
}

function mayGive({ actor, scope }: RequestContext, kind: 'ingest' | 'api', pattern: string): boolean {
  if (isOwnLogGroup(pattern)) return kind === 'api' && isPermitted(actor.role, 'audit-trail.read');
  if (kind === 'ingest' || isPermitted(actor.role, 'access.manage')) return true;
  // A pattern as a name: what matches it with `*` for a plain character matches all that it stands for.
  return reachOfLogGroup(scope, pattern) === 'all';
}
