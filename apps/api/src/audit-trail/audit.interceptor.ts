import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { describeError } from '@akashi/server-kit';
import type { AuditEvent } from '@akashi/audit-trail';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
      mergeMap(async (value: unknown) => {
        const event: AuditEvent = { action, outcome: 'success', ...describe(callOf(request, value)) };
        const [body] = await Promise.all([writeMeanwhile(value), this.#recordAnswer(request, event)]);
        if (body === undefined) return value;
        execution.switchToHttp().getResponse<FastifyReply>().type('application/json; charset=utf-8');
        return body;
      }),
    );
  }

  /** An act that is too long to be told is not answered; that it was tried is told as far as there is room. */
  async #recordAnswer(request: AuthenticatedRequest, event: AuditEvent): Promise<void> {
    try {
      await this.#record(request, event);
    } catch (error) {
      const { code } = describeError(error);
      if (code === 'record-too-large') await this.#record(request, { ...event, outcome: 'failure', reason: code });
      throw error;
    }
  }

  async #record({ akashiContext: context, headers }: AuthenticatedRequest, event: AuditEvent): Promise<void> {
    if (context === undefined) return;
    if (headers[backgroundHeader] === undefined) await this.#trail.record(context, event);
    else await this.#trail.recordRepeated(context, event, repetitionKey(event));
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
    return from(this.#record(request, event)).pipe(mergeMap(() => throwError(() => error)));
  }
}

/** Writes an answer as JSON while its record is on its way to the disk; the record sets out first. */
async function writeMeanwhile(value: unknown): Promise<Buffer | undefined> {
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  await nextTurn();
  await nextTurn();
  return Buffer.from(JSON.stringify(value));
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
