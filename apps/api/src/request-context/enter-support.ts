import { supportAccessHeader } from '@akashi/contracts';
import type { OperatorAccess, TenantId } from '@akashi/database';
import { isOwnLogGroup, scopeOfLogGroups, type AccessScope } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import type { FastifyRequest } from 'fastify';
import type { ApiParts } from '../api-parts.ts';
import { readsLogs } from './reads-logs.ts';
import type { RequestContext } from './request-context.ts';

export interface SupportRequest {
  readonly request: FastifyRequest;
  readonly handler: object;
  /** The caller's own, already held against the route's rule. */
  readonly context: RequestContext;
}

/**
 * With the header `x-akashi-support` one of the installation's people reads in an organisation that lets them: its log
 * groups as they were granted, never its audit trail, on the routes that read logs alone, and only while it lasts. Each
 * such call stands in the trails of both before it is answered.
 */
export async function enterSupport(
  parts: Pick<ApiParts, 'database' | 'auditTrail'>,
  { request, handler, context }: SupportRequest,
): Promise<RequestContext> {
  const id = request.headers[supportAccessHeader];
  if (id === undefined) return context;
  const { actor } = context;
  const { email } = actor;
  if (actor.kind !== 'user' || actor.role !== 'platform-operator' || email === undefined || !readsLogs(handler)) {
    throw new AppError('forbidden', { reason: 'support-access' });
  }
  const granted = await parts.database.platform.listOperatorAccess({ email, current: true });
  const access = granted.find((each) => each.id === id);
  if (access === undefined) throw new AppError('forbidden', { reason: 'support-access' });
  await recordOnBothSides(parts, { request, context, access });
  return {
    ...context,
    tenantId: access.tenantId,
    timeZone: access.timeZone,
    scope: scopeOfSupport(access),
    isSupport: true,
  };
}

/** What a support access opens: never the audit trail. */
export function scopeOfSupport({ logGroups }: { logGroups: readonly string[] }): AccessScope {
  return scopeOfLogGroups(logGroups.filter((pattern) => !isOwnLogGroup(pattern)));
}

interface SupportRead {
  readonly request: FastifyRequest;
  readonly context: RequestContext;
  readonly access: OperatorAccess;
}

async function recordOnBothSides(
  { auditTrail }: Pick<ApiParts, 'auditTrail'>,
  { request, context, access }: SupportRead,
): Promise<void> {
  const event = {
    action: 'support-access.read',
    outcome: 'success',
    target: { kind: 'support-access', id: access.id, name: access.tenantSlug },
    logGroups: access.logGroups,
    details: {
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      purpose: access.purpose,
      endsAt: access.endsAt.toISOString(),
    },
  } as const;
  const sides: TenantId[] = [access.tenantId, context.tenantId];
  await Promise.all(sides.map((tenantId) => auditTrail.record({ ...context, tenantId }, event)));
}
