import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { describeError } from '@akashi/server-kit';
import type { AuditEvent } from '@akashi/audit-trail';
import type { FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, throwError, type Observable } from 'rxjs';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { AuthenticatedRequest } from '../request-context/authentication.guard.ts';
import { translateFault } from '../translate-fault.ts';
import { isObject } from './is-object.ts';
import { auditOf, type AuditedCall, type DescribeCall } from './route-audit.ts';

/** The marker of requests that a screen makes by itself: they keep no session alive, and may be summarised. */
const backgroundHeader = 'x-akashi-background';

/** Puts each call of a route on record as its decorator says; a call that cannot be recorded is not answered. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  readonly #trail: ApiParts['auditTrail'];

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'auditTrail'>) {
    this.#trail = parts.auditTrail;
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const audit = auditOf(execution.getHandler());
    const request = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    const answer = next.handle() as Observable<unknown>;
    if (audit === undefined || audit.kind === 'none' || request.akashiContext === undefined) return answer;
    if (audit.kind === 'inside') {
      const [action] = audit.actions;
      return answer.pipe(catchError((error: unknown) => this.#failed(request, { action, error })));
    }
    const { action, describe } = audit;
    return answer.pipe(
      catchError((error: unknown) => this.#failed(request, { action, error, describe })),
      mergeMap((value: unknown) =>
        from(this.#answered(request, { action, outcome: 'success', ...describe(callOf(request, value)) }, value)),
      ),
    );
  }

  async #answered(request: AuthenticatedRequest, event: AuditEvent, value: unknown): Promise<unknown> {
    const { akashiContext: context } = request;
    if (context === undefined) return value;
    if (request.headers[backgroundHeader] === undefined) await this.#trail.record(context, event);
    else await this.#trail.recordRepeated(context, event, repetitionKey(event));
    return value;
  }

  #failed(
    request: AuthenticatedRequest,
    { action, error, describe }: { action: AuditEvent['action']; error: unknown; describe?: DescribeCall },
  ): Observable<never> {
    const { code } = translateFault(error) ?? describeError(error);
    // The code behind the route has refused for want of the trail itself, or has told its failure already.
    if (code === 'audit-trail-unavailable') return throwError(() => error);
    const described = describe === undefined ? targetOf(request) : describe(callOf(request, undefined));
    const event: AuditEvent = { action, outcome: 'failure', reason: code, ...described };
    return from(this.#answered(request, event, undefined)).pipe(mergeMap(() => throwError(() => error)));
  }
}

function callOf(request: FastifyRequest, answer: unknown): AuditedCall {
  const { body, params, query } = request;
  return {
    body: isObject(body) ? body : {},
    params: isObject(params) ? (params as Record<string, string>) : {},
    query: isObject(query) ? query : {},
    answer,
  };
}

function targetOf(request: FastifyRequest): Pick<AuditEvent, 'target'> {
  const { id } = callOf(request, undefined).params;
  const kind = (request.routeOptions.url ?? '').split('/')[2] ?? 'route';
  return {
    target: { kind, ...(id === undefined ? { name: `${request.method} ${request.routeOptions.url ?? ''}` } : { id }) },
  };
}

/** The same look again: everything but its range and what it found. */
function repetitionKey({ query, logGroups, target, details, outcome }: AuditEvent): string {
  return JSON.stringify([query, logGroups, target, details, outcome]);
}
