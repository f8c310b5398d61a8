import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RuleTryAnswer, RuleTryRequest } from '@akashi/contracts';
import type { BlockInOrder } from '@akashi/database';
import { RuleMemory, type RuleInForce, type RuleMatch } from '@akashi/detection';
import { isOwnLogGroup, reachOfLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { showKey } from '../alerts/show-alert.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { ArchivedBlocks } from '../archive-search/archived-blocks.ts';
import { ArchiveSearchSlots } from '../archive-search/archive-search-slots.ts';
import { BlockThread, type ThreadTask } from '../archive-search/block-thread.ts';
import { PeopleService } from '../people/people.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { readRule } from './read-rule.ts';
import { missingNeeds } from './rule-needs.ts';
import type { TriedSegment, TryQuestion } from './rule-try-thread.ts';
import { SeenLatelyService } from './seen-lately.ts';

const dayMs = 86_400_000;
const mostDays = 31;
/** Of stored blocks: some minutes of reading. */
const mostBytes = 1024 ** 3;
const mostAlerts = 10_000;
const shownAlerts = 200;
const pageOfBlocks = 1_000;

type Parts = Pick<ApiParts, 'database' | 'archive' | 'keyring' | 'clock'>;

interface Try {
  readonly context: RequestContext;
  readonly inForce: RuleInForce;
  readonly question: TryQuestion;
  readonly signal: AbortSignal;
}

type Tried = Pick<RuleTryAnswer, 'read' | 'matches' | 'ended' | 'reachedAt'>;

/**
 * What a rule would have found: the archive in the order of the log, decided from nothing, as the worker decides. Only events of
 * the caller's own scope are asked about.
 */
@Injectable()
export class RuleTryService {
  readonly #parts: Parts;
  readonly #slots: Pick<ArchiveSearchSlots, 'take'>;
  readonly #people: Pick<PeopleService, 'approvals'>;
  readonly #seen: Pick<SeenLatelyService, 'of'>;

  constructor(
    @Inject(apiParts) parts: Parts,
    @Inject(ArchiveSearchSlots) slots: Pick<ArchiveSearchSlots, 'take'>,
    @Inject(PeopleService) people: Pick<PeopleService, 'approvals'>,
    @Inject(SeenLatelyService) seen: Pick<SeenLatelyService, 'of'>,
  ) {
    this.#parts = parts;
    this.#slots = slots;
    this.#people = people;
    this.#seen = seen;
  }

  async try(context: RequestContext, request: RuleTryRequest, signal: AbortSignal): Promise<RuleTryAnswer> {
    const [from, to] = [Date.parse(request.from), Date.parse(request.to)];
    if (from >= to) throw new AppError('time-range-invalid', { detail: 'from: must be before to' });
    if (to - from > mostDays * dayMs)
      throw new AppError('time-range-invalid', { detail: `to: at most ${mostDays} days after from` });
    const read = readRule(request.rule, context.language);
    if (!read.ok) return { ...nothingTried, problems: [...read.problems] };
    const names = await this.#parts.database.forTenant(context.tenantId).archivedRecords.logGroups();
    const logGroups = names.filter((name) => reachOfLogGroup(context.scope, name) !== 'none');
    const cannotMatch = missingNeeds(read.rule, await this.#seen.of(context.tenantId));
    const release = this.#slots.take(context.tenantId);
    try {
      const inForce = { ruleId: randomUUID(), version: 1, rule: read.rule, sinceUs: from * 1_000 };
      const question: TryQuestion = {
        tenantId: context.tenantId,
        parts: context.scope.parts,
        logGroups,
        from,
        to,
        rule: inForce,
        timeZone: context.timeZone,
      };
      const memory = newMemory(context);
      const tried = await this.#walk({ context, inForce, question, signal }, memory);
      const alerts = [...memory.alerts.values()].toSorted((one, other) => one.openedAtUs - other.openedAtUs);
      return {
        problems: [],
        cannotMatch,
        count: alerts.length,
        ...tried,
        alerts: alerts.slice(0, shownAlerts).map(({ id, key, firstAtUs, lastAtUs, openedAtUs, count, ...alert }) => ({
          id,
          key: showKey(read.rule, key),
          firstAt: momentOf(firstAtUs),
          lastAt: momentOf(lastAtUs),
          openedAt: momentOf(openedAtUs),
          count,
          events: alert.events.map(({ eventId, ...place }) => ({ id: eventId, ...place })),
          places: alert.places.map((place) => ({ ...place })),
        })),
        seesAll: names.every((name) => isOwnLogGroup(name) || reachOfLogGroup(context.scope, name) === 'all'),
      };
    } finally {
      release();
    }
  }

  async #walk(wanted: Try, memory: RuleMemory): Promise<Tried> {
    const { context, inForce, question, signal } = wanted;
    const archived = new ArchivedBlocks(this.#parts, context.tenantId);
    const thread = new BlockThread<ThreadTask, TriedSegment>('../rules/rule-try-thread', question);
    const tried: Tried = { read: { blocks: 0, records: 0, bytes: 0 }, matches: 0, ended: 'all-read', reachedAt: null };
    try {
      for await (const block of this.#blocks(wanted)) {
        if (tried.ended !== 'all-read') return tried;
        const matches: RuleMatch[] = [];
        const { objectKey } = block;
        const read = objectKey === null ? null : await archived.read({ ...block, objectKey });
        if (read !== null) {
          tried.read.blocks += 1;
          tried.read.bytes += block.bodyBytes;
          for await (const segment of thread.ask({ block: read }, signal)) {
            tried.read.records += segment.records;
            matches.push(...(await this.#withApprovals(context, segment.matches)));
          }
        }
        tried.matches += matches.length;
        memory.decide([inForce], { createdUs: block.createdUs, matches });
        // Said of a beginning only; whether more would have come is known with the next block.
        if (tried.read.bytes >= mostBytes) tried.ended = 'byte-limit';
        else if (memory.alerts.size >= mostAlerts) tried.ended = 'alert-limit';
        tried.reachedAt = tried.ended === 'all-read' ? null : momentOf(block.createdUs);
      }
      return { ...tried, ended: 'all-read', reachedAt: null };
    } finally {
      await thread.close();
    }
  }

  async *#blocks({ context, question, signal }: Try): AsyncGenerator<BlockInOrder, void, undefined> {
    const { archivedRecords } = this.#parts.database.forTenant(context.tenantId);
    const { logGroups, from, to } = question;
    let after: number | undefined;
    for (;;) {
      const wanted = { logGroups, fromUs: from * 1_000, toUs: to * 1_000, after, limit: pageOfBlocks };
      const page = await archivedRecords.inOrder({ ...wanted, now: this.#parts.clock.now() });
      for (const block of page) {
        signal.throwIfAborted();
        yield block;
      }
      after = page.at(-1)?.number;
      if (page.length < pageOfBlocks) return;
    }
  }

  /** Whether an approval covers what matched, by the masters of now, as far as the caller may see them. */
  async #withApprovals(context: RequestContext, found: TriedSegment['matches']): Promise<RuleMatch[]> {
    if (found.every(({ act }) => act === undefined)) return [...found];
    const acts = found.map(({ act = {}, eventAtUs }) => ({ document: act, timeMs: Math.floor(eventAtUs / 1_000) }));
    const approvals = await this.#people.approvals(context, acts);
    return found.map((match, index) => ({ ...match, approval: approvals[index] ?? 'unknown' }));
  }
}

const nothingTried: RuleTryAnswer = {
  problems: [],
  cannotMatch: [],
  count: 0,
  matches: 0,
  alerts: [],
  read: { blocks: 0, records: 0, bytes: 0 },
  ended: 'all-read',
  reachedAt: null,
  seesAll: true,
};

function newMemory({ tenantId }: RequestContext): RuleMemory {
  return new RuleMemory({
    organisationId: tenantId,
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  });
}

function momentOf(us: number): string {
  return new Date(Math.floor(us / 1_000)).toISOString();
}
