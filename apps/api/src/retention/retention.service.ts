import { Inject, Injectable } from '@nestjs/common';
import type {
  LogGroupKeeping,
  LogGroupKeepingDetail,
  LogStreamKeeping,
  RetentionAnswer,
  RetentionState,
} from '@akashi/contracts';
import type { Approval, LogGroupKept, LogStreamKept } from '@akashi/database';
import { onlineSinceUs, reachOfLogGroup, retentionFloors, worstState } from '@akashi/policy';
import { SearchFault, type OldestEvents } from '@akashi/search';
import { AppError } from '@akashi/server-kit';
import { stateOf } from '../access/show-approval.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isMissingStream } from '../missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { scopeExceptionOf, showWaiting, standingOf, streamStandingOf, withheldStanding } from './show-keeping.ts';

type Waiting = Extract<Approval, { kind: 'retention' }>;

export interface KeptWithStreams {
  readonly keeping: LogGroupKeeping;
  readonly streams: readonly LogStreamKeeping[];
}

interface Seen {
  readonly now: Date;
  readonly groups: readonly LogGroupKept[];
  readonly streams: ReadonlyMap<string, readonly LogStreamKept[]>;
  readonly oldest: ReadonlyMap<string, OldestEvents> | undefined;
  readonly waiting: readonly Waiting[];
}

/** Whether twelve months are kept and three of them online, of every log group that the caller may see (PCI DSS 10.5.1). */
@Injectable()
export class RetentionService {
  readonly #parts: Pick<ApiParts, 'database' | 'search' | 'clock'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'search' | 'clock'>) {
    this.#parts = parts;
  }

  async view(context: RequestContext, signal: AbortSignal): Promise<RetentionAnswer> {
    return (await this.all(context, signal)).answer;
  }

  /** The answer, and the log streams of each of its items. */
  async all(
    context: RequestContext,
    signal: AbortSignal,
  ): Promise<{ answer: RetentionAnswer; items: readonly KeptWithStreams[] }> {
    const seen = await this.#look(context, { signal });
    const items = seen.groups.map((group) => this.#show(context, group, seen));
    const inScope = items.filter(({ keeping }) => keeping.inScope);
    const counts: Partial<Record<RetentionState, number>> = {};
    for (const { keeping } of items) counts[keeping.verdict.state] = (counts[keeping.verdict.state] ?? 0) + 1;
    const answer: RetentionAnswer = {
      asOf: seen.now.toISOString(),
      requirement: 'pci:4.0.1:10.5.1',
      floors: retentionFloors,
      state: worstState(inScope.map(({ keeping }) => keeping.verdict.state)),
      counts,
      items: items.map(({ keeping }) => keeping),
      waiting: seen.waiting.map(showWaiting),
    };
    return { answer, items };
  }

  async logGroup(context: RequestContext, name: string, signal: AbortSignal): Promise<LogGroupKeepingDetail> {
    const seen = await this.#look(context, { signal, logGroup: name });
    const group = seen.groups.find(({ logGroup }) => logGroup === name);
    if (group === undefined) throw new AppError('not-found');
    const { keeping, streams } = this.#show(context, group, seen);
    const done = await this.#own(context).retentionChanges.list({ logGroup: name, policy: group.policy.id });
    const changes = done.map(({ at, ...each }) => ({ ...each, at: at.toISOString() }));
    return { ...keeping, items: [...streams], changes };
  }

  #show(context: RequestContext, group: LogGroupKept, seen: Seen): KeptWithStreams {
    const { logGroup, policy, inScope, holds, toExtend, raisedAt } = group;
    const reach = reachOfLogGroup(context.scope, logGroup) === 'all' ? 'all' : 'part';
    const isWhole = reach === 'all';
    const since = onlineSinceUs(seen.now.getTime() * 1000);
    const streams = isWhole
      ? (seen.streams.get(logGroup) ?? []).map((each) =>
          streamStandingOf(each, group, { ...seen, onlineSinceUs: since }),
        )
      : [];
    const inState = (state: RetentionState): number => streams.filter(({ verdict }) => verdict.state === state).length;
    const keeping: LogGroupKeeping = {
      logGroup,
      reach,
      policy,
      inScope,
      scopeException: scopeExceptionOf(group),
      ...(isWhole ? standingOf(group, seen) : withheldStanding),
      streams: isWhole
        ? { count: streams.length, holds: inState('holds'), young: inState('young'), broken: inState('broken') }
        : null,
      holds,
      nextDeletionAt: isWhole ? (group.nextDeletionAt?.toISOString() ?? null) : null,
      raising:
        isWhole && toExtend > 0 && raisedAt !== null ? { since: raisedAt.toISOString(), blocks: toExtend } : null,
      waiting: seen.waiting.filter(({ content }) => concerns(content, group)).map(({ id }) => id),
    };
    return { keeping, streams };
  }

  async #look(context: RequestContext, of: { signal: AbortSignal; logGroup?: string }): Promise<Seen> {
    const now = this.#parts.clock.now();
    const own = this.#own(context);
    const [groups, streams, oldest, approvals] = await Promise.all([
      own.keepingFacts.logGroups({ sinceUs: onlineSinceUs(now.getTime() * 1000) }),
      own.keepingFacts.logStreams(of.logGroup),
      this.#oldest(context, of),
      own.approvals.list(),
    ]);
    const visible = groups.filter(({ logGroup }) => reachOfLogGroup(context.scope, logGroup) !== 'none');
    const names = new Set(visible.map(({ logGroup }) => logGroup));
    const waiting = approvals.filter(
      (each): each is Waiting =>
        each.kind === 'retention' &&
        stateOf(each, now) === 'waiting' &&
        (each.content.kind === 'policy' || names.has(each.content.logGroup)),
    );
    return { now, groups: visible, streams: Map.groupBy(streams, ({ logGroup }) => logGroup), oldest, waiting };
  }

  /** What the index holds is told apart from what it does not say: while it is away, the rest stands. */
  async #oldest(
    { tenantId, scope }: RequestContext,
    { signal, logGroup }: { signal: AbortSignal; logGroup?: string },
  ): Promise<ReadonlyMap<string, OldestEvents> | undefined> {
    const logGroups = logGroup === undefined ? {} : { logGroups: [logGroup] };
    try {
      const found = await this.#parts.search.forTenant(tenantId).oldest({ scope, signal, ...logGroups });
      return new Map(found.map((each) => [each.logGroup, each]));
    } catch (error) {
      if (isMissingStream(error)) return new Map();
      if (error instanceof SearchFault && error.code !== 'search-aborted') return undefined;
      throw error;
    }
  }

  #own(context: RequestContext) {
    return this.#parts.database.forTenant(context.tenantId);
  }
}

function concerns(change: Waiting['content'], { logGroup, policy }: LogGroupKept): boolean {
  return change.kind === 'policy' ? change.policyId === policy.id : change.logGroup === logGroup;
}
