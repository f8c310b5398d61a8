import { createHash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { SessionUser } from '@akashi/database';
import { effectiveSecuritySettings, isAddressAllowed, isSteppedUp, securityLimits } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import type { FastifyRequest } from 'fastify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { enterSupport } from './enter-support.ts';
import { scopeOfKey, scopeOfPerson } from './person-scope.ts';
import { mayUse } from './may-use.ts';
import type { RequestContext } from './request-context.ts';
import { factsOf } from './request-facts.ts';
import { needsStepUp, ruleOf, type RouteRule } from './route-rules.ts';
import { readSessionCookie } from './session-cookie.ts';

/** PCI DSS 8.2.8: a session that is idle for longer needs a new sign-in; an organisation's own limit is never longer. */
export const sessionIdleMs = securityLimits.idleMinutes.weakest * 60_000;

/** What the guard found out, for the parameter decorators. */
export interface AuthenticatedRequest extends FastifyRequest {
  akashiContext?: RequestContext;
  akashiSession?: SessionUser;
}

const bearer = /^Bearer ([A-Za-z0-9._~+/=-]{8,512})$/i;
const readingMethods = new Set(['GET', 'HEAD']);

/** Every route needs what its rule says; a route without a rule is nobody's (PCI DSS 7.3.3). */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  readonly #parts: ApiParts;

  constructor(@Inject(apiParts) parts: ApiParts) {
    this.#parts = parts;
  }

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const handler = execution.getHandler();
    const rule = ruleOf(handler);
    if (rule?.kind === 'open') return true;
    const request = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    const context =
      request.headers.authorization === undefined ? await this.#bySession(request) : await this.#byKey(request);
    let entered: RequestContext;
    try {
      checkRule(rule, context, request.akashiSession);
      if (needsStepUp(handler)) checkStepUp(request.akashiSession, context);
      entered = await enterSupport(this.#parts, { request, handler, context });
    } catch (error) {
      await this.#recordRefusal(context, request, error);
      throw error;
    }
    request.akashiContext = entered;
    return true;
  }

  /** PCI DSS 10.2.1.4: an attempt that is not permitted is on record, whatever it was. */
  async #recordRefusal(context: RequestContext, request: FastifyRequest, error: unknown): Promise<void> {
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    await this.#parts.auditTrail.record(context, {
      action: 'request.refused',
      outcome: 'failure',
      reason: error instanceof AppError ? error.code : 'internal',
      target: { kind: 'route', name: route },
    });
  }

  /** Belongs to no organisation. Refused in any case: what cannot be told now is told later. */
  async #refuseUnknown(request: FastifyRequest, reason: string): Promise<never> {
    const facts = factsOf(request);
    const route = `${request.method} ${request.routeOptions.url ?? ''}`;
    await this.#parts.unknownCallers.note({ reason, address: facts.address, facts, route }).catch(() => undefined);
    throw new AppError('unauthenticated');
  }

  async #byKey(request: AuthenticatedRequest): Promise<RequestContext> {
    const key = bearer.exec(request.headers.authorization ?? '')?.[1];
    const found = key === undefined ? null : await this.#parts.database.platform.findApiKey(sha256(key), request.ip);
    if (found === null) return this.#refuseUnknown(request, 'unknown-key');
    const { responsible } = found;
    const context: RequestContext = {
      tenantId: found.tenantId,
      timeZone: found.timeZone,
      actor: {
        kind: 'api-key',
        id: found.id,
        name: found.name,
        role: 'api-client',
        ...(responsible === null ? {} : { responsible }),
      },
      scope: await scopeOfKey(this.#parts, found),
      ...factsOf(request),
    };
    const isAllowed = isAddressAllowed(found.addressRanges, context.address);
    if (isAllowed && responsible !== null) return context;
    const target = { kind: 'access-key', id: found.id, name: found.name };
    const reason = isAllowed ? 'nobody-responsible' : 'address-not-allowed';
    await this.#parts.auditTrail.record(context, { action: 'key.refused', outcome: 'failure', reason, target });
    throw new AppError('forbidden', { reason });
  }

  async #bySession(request: AuthenticatedRequest): Promise<RequestContext> {
    const token = readSessionCookie(request, this.#parts.secureCookies);
    if (token === undefined) throw new AppError('unauthenticated');
    refuseForeignOrigin(request);
    const found = await this.#parts.database.platform.sessions.find({
      tokenSha256: sha256(token),
      idleMs: sessionIdleMs,
      active: request.headers['x-akashi-background'] === undefined,
    });
    if (found === null) return this.#refuseUnknown(request, 'unknown-session');
    request.akashiSession = found;
    return {
      tenantId: found.tenantId,
      timeZone: found.timeZone,
      actor: { kind: 'user', id: found.userId, name: found.displayName, email: found.email, role: found.role },
      scope: await scopeOfPerson(this.#parts, found),
      ...(hasSteppedUp(found, this.#parts.clock.nowMs()) ? { isSteppedUp: true } : {}),
      ...factsOf(request),
    };
  }
}

function checkRule(rule: RouteRule | undefined, { actor }: RequestContext, session: SessionUser | undefined): void {
  if (rule?.kind === 'stage') {
    if (session === undefined || (rule.stage !== 'any' && rule.stage !== session.stage))
      throw new AppError('forbidden');
    return;
  }
  if (session !== undefined && session.stage !== 'full') {
    throw new AppError('second-factor-required', { params: { stage: session.stage } });
  }
  const isPersonal = rule?.kind === 'signed-in' || rule?.kind === 'permission-or-owner';
  const isAllowed = isPersonal ? session !== undefined : rule?.kind === 'permission' && mayUse(actor, rule.permission);
  if (!isAllowed) throw new AppError('forbidden');
}

function checkStepUp(session: SessionUser | undefined, { isSteppedUp: isDone }: RequestContext): void {
  if (session === undefined) throw new AppError('forbidden');
  if (isDone !== true) throw new AppError('step-up-required');
}

function hasSteppedUp(session: SessionUser, nowMs: number): boolean {
  const settings = effectiveSecuritySettings(session.security);
  return isSteppedUp(session.steppedUpAt?.getTime() ?? null, settings, nowMs);
}

/** Another site can make a browser send the cookie, but neither this header nor our own origin. */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (readingMethods.has(request.method) || request.headers['x-akashi-csrf'] === '1') return;
  const { origin, host } = request.headers;
  const isOwn = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
  if (!isOwn) throw new AppError('csrf-refused');
}

/** Keys and session tokens have 144 bits and more of randomness, so a plain hash hides them. */
export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
