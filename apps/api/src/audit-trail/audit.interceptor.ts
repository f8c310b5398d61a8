import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { describeError } from '@akashi/server-kit';
import type { AuditEvent } from '@akashi/audit-trail';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, throwError, type Observable } from 'rxjs';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { AuthenticatedRequest } from '../request-context/authentication.guard.ts';
import { translateFault } from '../translate-fault.ts';
import { SearchActs, type SearchManner } from './search-acts.ts';
import { isObject } from './is-object.ts';
import { auditOf, type AuditedCall, type DescribeCall } from './route-audit.ts';

/** The marker of requests that a screen makes by itself: they keep no session alive, and may be summarised. */
const backgroundHeader = 'x-akashi-background';

const ownManner: SearchManner = { kind: 'own' };

/** Puts each call of a route on record as its decorator says; a call that cannot be recorded is not answered. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  readonly #trail: ApiParts['auditTrail'];
  readonly #acts: SearchActs;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'auditTrail'>, @Inject(SearchActs) acts: SearchActs) {
    this.#trail = parts.auditTrail;
    this.#acts = acts;
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
    const manner = audit.isSearch === true ? this.#mannerOf(request, action) : ownManner;
    return answer.pipe(
      catchError((error: unknown) => this.#failed(request, { action, error, describe })),
      mergeMap(async (value: unknown) => {
        const event: AuditEvent = { action, outcome: 'success', ...describe(callOf(request, value)) };
        const [body] = await Promise.all([writeMeanwhile(value), this.#recordAnswer(request, event, manner)]);
        if (body === undefined) return value;
        execution.switchToHttp().getResponse<FastifyReply>().type('application/json; charset=utf-8');
        return body;
      }),
    );
  }

  /** A first page is always an act of its own, or a look of a follow: only what leads on from one is a part of it. */
  #mannerOf({ akashiContext: context, body }: AuthenticatedRequest, action: AuditEvent['action']): SearchManner {
    if (context === undefined || !isObject(body)) return ownManner;
    const isFirstPage = action === 'search' && body['cursor'] === undefined && body['follow'] !== true;
    return isFirstPage ? ownManner : this.#acts.mannerOf(context, body);
  }

  /** An act that is too long to be told is not answered; that it was tried is told as far as there is room. */
  async #recordAnswer(request: AuthenticatedRequest, event: AuditEvent, manner: SearchManner): Promise<void> {
    const { akashiContext: context } = request;
    // The search that it is a part of is on record, with the same question in the same range.
    if (manner.kind === 'part') return;
    try {
      if (manner.kind === 'follow' && context !== undefined) await this.#trail.recordFollow(context, event, manner.id);
      else await this.#record(request, event);
    } catch (error) {
      const { code } = describeError(error);
      if (code === 'record-too-large') await this.#record(request, { ...event, outcome: 'failure', reason: code });
      throw error;
    }
  }

  async #record({ akashiContext: context, headers }: AuthenticatedRequest, event: AuditEvent): Promise<void> {
    if (context === undefined) return;
    const isCompletion = event.action === 'search.facets' && event.details?.['prefix'] !== undefined;
    if (headers[backgroundHeader] === undefined && !isCompletion) await this.#trail.record(context, event);
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

/** The same look again: everything but its range, what it found, and how far a value is typed that is being completed. */
function repetitionKey({ query, logGroups, target, details, outcome }: AuditEvent): string {
  return JSON.stringify([query, logGroups, target, { ...details, prefix: details?.['prefix'] !== undefined }, outcome]);
}
