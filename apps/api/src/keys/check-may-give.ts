import type { AccessKey } from '@akashi/database';
import {
  auditTrailGroup,
  intersectScopes,
  isOwnLogGroup,
  isWithinScope,
  matchesLogGroup,
  reachOfLogGroup,
  scopeOfLogGroups,
  type AccessScope,
} from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

type Kind = AccessKey['kind'];

/**
 * Nobody receives, changes or prolongs a key that reaches further than they do now: a key that reads is made for log
 * groups that its maker sees something of, and shows of them what its maker sees. Keys that write show nothing; the
 * product's own log groups are nobody's to write.
 */
export function checkMayGive({ scope }: RequestContext, kind: Kind, patterns: readonly string[]): void {
  const isMine =
    kind === 'ingest' ? (pattern: string) => !isOwnLogGroup(pattern) : (pattern: string) => sees(scope, pattern);
  if (!patterns.every(isMine)) throw beyondOwnAccess();
}

/** The same for a key that is there: `reach` is what whoever is responsible for it sees now. */
export function checkMayTake(context: RequestContext, key: AccessKey, reach: AccessScope): void {
  checkMayGive(context, key.kind, key.logGroups);
  if (key.kind === 'ingest') return;
  if (!isWithinScope(intersectScopes(scopeOfLogGroups(key.logGroups), reach), context.scope)) throw beyondOwnAccess();
}

function sees(scope: AccessScope, pattern: string): boolean {
  // A pattern as a name: what matches it with `*` for a plain character matches all that it stands for.
  if (reachOfLogGroup(scope, pattern) !== 'none') return true;
  return isOwnLogGroup(pattern) && matchesLogGroup(pattern, auditTrailGroup) && sees(scope, auditTrailGroup);
}

function beyondOwnAccess(): AppError {
  return new AppError('forbidden', { reason: 'beyond-own-access', detail: 'logGroups: more than you see yourself' });
}
