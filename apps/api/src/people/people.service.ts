import {
  approvalOf,
  claimsOf,
  clausesOf,
  resolve,
  selectionOf,
  stepsOf,
  type Claims,
  type EventAtTime,
} from '@akashi/attribution';
import type { WorkApprovalAnswer, EventPersonAnswer, PersonAnswer } from '@akashi/contracts';
import { approvalsOfActs, KnownClaims, mostFacts, type Span } from '@akashi/database';
import type { ApiEvent } from '@akashi/log-event';
import { withinScope } from '@akashi/policy';
import { namesPeople, peopleNamed, withPeople, type QueryTree, type QueryWarning } from '@akashi/query';
import { AppError } from '@akashi/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { ReadSelection } from '../selection/read-selection.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { maySeePeople } from './may-see-people.ts';
import { refusals } from './refusals.ts';
import { showPerson, showReasons } from './show-person.ts';

type ShownEvent = Pick<ApiEvent, 'id' | '@timestamp' | 'logGroup' | 'logStream' | 'fields'> & {
  readonly parse: { readonly format: string };
};

export interface Attributed {
  readonly person: PersonAnswer | null;
  readonly approval?: WorkApprovalAnswer;
}

/** Comparisons that the index takes in one search, with room for what comes beside the query. */
const mostClauses = 1_000;
/** Events may have happened long before they were received. */
const lateByMs = 30 * 86_400_000;
const nothing: QueryTree = { kind: 'not', part: { kind: 'all' } };

/** Whose act events were, by the masters of now: found out for what is shown, and written nowhere. */
@Injectable()
export class PeopleService {
  readonly #claims: KnownClaims;

  constructor(@Inject(apiParts) { database }: Pick<ApiParts, 'database'>) {
    this.#claims = new KnownClaims(database);
  }

  /** Events with their people; nobody's for readers who may not see the masters. */
  async attributed<E extends ShownEvent>(
    context: RequestContext,
    events: readonly E[],
  ): Promise<Array<E & Attributed>> {
    const timed = events.map(eventAtTime);
    const claims = maySeePeople(context) ? await this.#claims.about(context, timed) : undefined;
    return events.map((event, index) => {
      const at = timed[index];
      return claims === undefined || at === undefined
        ? { ...event, person: null, ...this.#unknownApproval(context, event) }
        : { ...event, ...attribute(at, claims, context) };
    });
  }

  /** Of each act whether an approval covers it, by the masters of now; `unknown` for readers who may not see the masters. */
  async approvals(
    context: RequestContext,
    acts: readonly EventAtTime[],
  ): Promise<Awaited<ReturnType<typeof approvalsOfActs>>> {
    if (!maySeePeople(context)) return acts.map(() => 'unknown');
    const masters = await this.#claims.mastersNow(context.tenantId);
    return approvalsOfActs(this.#claims, context, { acts, masters });
  }

  /** Administrative work of nobody known is of no known approval. */
  #unknownApproval(context: RequestContext, event: ShownEvent): Partial<Attributed> {
    if (!maySeePeople(context)) return {};
    const approval = approvalOf(eventAtTime(event), undefined, { approvals: new Map() });
    return approval === undefined ? {} : { approval };
  }

  /** Every step for one event. */
  async steps(context: RequestContext, event: ShownEvent): Promise<EventPersonAnswer> {
    const at = eventAtTime(event);
    const claims = (await this.#claims.about(context, [at])) ?? claimsOf([], []);
    const { language } = context;
    const steps = stepsOf(at, claims).map(({ step, looked, found }) => ({
      step,
      looked: [...looked],
      found: found.map(({ person, certainty, from, until, because }) => ({
        id: person,
        name: claims.nameOf(person, at.timeMs),
        certainty,
        from: moment(from),
        until: moment(until),
        because: showReasons(because, language),
      })),
    }));
    return { id: event.id, ...attribute(at, claims, context), steps };
  }

  /**
   * A selection whose conditions on people are what the masters and the logs say of them. `asked` is the query as it was
   * written, which pages of it are bound to.
   */
  async expand(
    context: RequestContext,
    selection: ReadSelection,
  ): Promise<ReadSelection & { readonly asked?: QueryTree }> {
    const { tree } = selection;
    if (!namesPeople(tree)) return selection;
    if (!maySeePeople(context)) throw refusals.forbidden(context);
    const isEventTime = selection.timeField === '@timestamp';
    const span = { from: selection.from - (isEventTime ? 0 : lateByMs), to: selection.to };
    const claims = await this.#claimsDuring(context, span);
    const unknown: QueryWarning[] = [];
    for (const written of peopleNamed(tree)) {
      if (written === null || claims.peopleCalled(written).length > 0) continue;
      unknown.push({ code: 'unknown-person', position: 0, length: 0, params: { value: written } });
    }
    const period = isEventTime ? { from: span.from, until: span.to } : { from: null, until: null };
    const expanded = withPeople(tree, (written) => {
      const ids = written === null ? claims.everybody() : claims.peopleCalled(written);
      return anyOf(ids.map((id) => treeOf(id, { claims, period, context })));
    });
    if (clausesOf(withinScope(context.scope, expanded)) > mostClauses) throw refusals.tooLarge(context);
    return { ...selection, tree: expanded, asked: tree, warnings: [...selection.warnings, ...unknown] };
  }

  /** Who is called so; refused with 404 where nobody is. */
  async called(context: RequestContext, written: string, span: Span): Promise<{ id: string; name: string }> {
    const claims = await this.#claimsDuring(context, span);
    const [id] = claims.peopleCalled(written);
    if (id === undefined) throw new AppError('not-found');
    return { id, name: claims.nameOf(id, span.to) };
  }

  async #claimsDuring(context: RequestContext, span: Span): Promise<Claims> {
    const claims = await this.#claims.during(context, span);
    if (claims === undefined) throw refusals.tooManyFacts(context, mostFacts);
    return claims;
  }
}

function attribute(at: EventAtTime, claims: Claims, { language }: RequestContext): Attributed {
  const resolution = resolve(at, claims);
  const approval = approvalOf(at, resolution, claims);
  return { person: showPerson(resolution, language), ...(approval === undefined ? {} : { approval }) };
}

function treeOf(
  id: string,
  {
    claims,
    period,
    context,
  }: { claims: Claims; period: { from: number | null; until: number | null }; context: RequestContext },
): QueryTree {
  const selection = selectionOf(id, claims, period);
  if (!selection.ok) throw refusals.tooLarge(context);
  return selection.tree;
}

function anyOf(parts: readonly QueryTree[]): QueryTree {
  const [only] = parts;
  if (only === undefined) return nothing;
  return parts.length === 1
    ? only
    : { kind: 'or', parts: parts.flatMap((part) => (part.kind === 'or' ? part.parts : [part])) };
}

/** The event as its reader sees it: what is hidden leads to nobody. */
function eventAtTime(event: ShownEvent): EventAtTime {
  const { fields, logGroup, logStream, parse } = event;
  return {
    document: { ...fields, 'log.group': logGroup, 'log.stream': logStream, 'parse.format': parse.format },
    timeMs: Date.parse(event['@timestamp']),
  };
}

function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
