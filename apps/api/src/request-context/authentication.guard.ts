import { createHash } from 'node:crypto';
import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { SessionUser } from '@akashi/database';
import { AppError, preferredLanguage } from '@akashi/server-kit';
import type { FastifyRequest } from 'fastify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from './request-context.ts';
import { readSessionCookie } from './session-cookie.ts';

/** PCI DSS 8.2.8: a session that is idle for longer needs a new sign-in. */
export const sessionIdleMs = 15 * 60 * 1000;

const openRoute = Symbol('open route');

/** For the few routes that come before anybody is known. */
export const OpenToAll = (): MethodDecorator => SetMetadata(openRoute, true);

/** What the guard found out, for the parameter decorators. */
export interface AuthenticatedRequest extends FastifyRequest {
  akashiContext?: RequestContext;
  akashiSession?: SessionUser;
}

const bearer = /^Bearer ([A-Za-z0-9._~+/=-]{8,512})$/i;
const readingMethods = new Set(['GET', 'HEAD']);

/** Every route needs a key or a session, unless it says otherwise; without one nothing else is looked at. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  readonly #parts: ApiParts;
  readonly #reflector: Reflector;

  constructor(@Inject(apiParts) parts: ApiParts, @Inject(Reflector) reflector: Reflector) {
    this.#parts = parts;
    this.#reflector = reflector;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.#reflector.get<boolean | undefined>(openRoute, context.getHandler()) === true) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    request.akashiContext =
      request.headers.authorization === undefined ? await this.#bySession(request) : await this.#byKey(request);
    return true;
  }

  async #byKey(request: AuthenticatedRequest): Promise<RequestContext> {
    const key = bearer.exec(request.headers.authorization ?? '')?.[1];
    const found = key === undefined ? null : await this.#parts.database.platform.findApiKey(sha256(key));
    if (found === null) throw new AppError('unauthenticated');
    return {
      tenantId: found.tenantId,
      timeZone: found.timeZone,
      actor: { kind: 'api-key', id: found.id, name: found.name },
      grants: { logGroups: found.logGroups },
      ...requestFacts(request),
    };
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
    if (found === null) throw new AppError('unauthenticated');
    request.akashiSession = found;
    return {
      tenantId: found.tenantId,
      timeZone: found.timeZone,
      actor: { kind: 'user', id: found.userId, name: found.displayName },
      grants: { logGroups: ['*'] },
      ...requestFacts(request),
    };
  }
}

/** Another site can make a browser send the cookie, but neither this header nor our own origin. */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (readingMethods.has(request.method) || request.headers['x-akashi-csrf'] === '1') return;
  const { origin, host } = request.headers;
  const isOwn = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
  if (!isOwn) throw new AppError('csrf-refused');
}

function requestFacts(request: FastifyRequest): Pick<RequestContext, 'requestId' | 'language'> {
  return { requestId: String(request.id), language: preferredLanguage(request.headers['accept-language']) };
}

/** Keys and session tokens have 144 bits and more of randomness, so a plain hash hides them. */
export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
