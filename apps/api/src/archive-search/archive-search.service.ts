import { Inject, Injectable } from '@nestjs/common';
import {
  archivedEvent,
  mostArchiveBytes,
  type ArchiveSearchEnd,
  type ArchiveSearchLine,
  type ArchiveSearchRequest,
} from '@akashi/contracts';
import type { ArchivedBlock, RecordsWanted } from '@akashi/database';
import type { StoredDocument } from '@akashi/search';
import { describeError, errorKinds, type ErrorCode } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { PeopleService } from '../people/people.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { SealService } from '../seal/seal.service.ts';
import { chosenGroups } from '../selection/chosen-groups.ts';
import { recordsWanted } from '../selection/offline.service.ts';
import { readSelection } from '../selection/read-selection.ts';
import { translateFault } from '../translate-fault.ts';
import { ArchivedBlocks } from './archived-blocks.ts';
import { ArchiveSearchSlots } from './archive-search-slots.ts';
import { BlockThread } from './block-thread.ts';
import type { SearchTask } from './search-block-thread.ts';
import type { BlockQuestion } from './search-block.ts';

/** Blocks that the tables are asked for at a time. */
const pageOfBlocks = 100;
/** Hits that are looked up together: small enough that the first ones come at once. */
const hitsAtOnce = 100;

export interface BegunSearch {
  readonly lines: AsyncGenerator<ArchiveSearchLine, void, undefined>;
  readonly release: () => void;
}

interface Search {
  readonly context: RequestContext;
  readonly question: BlockQuestion;
  readonly wanted: RecordsWanted;
  readonly limit: number;
  readonly signal: AbortSignal;
}

interface Progress {
  blocksDone: number;
  blocksTotal: number;
  bytes: number;
  hits: number;
  reachedAt: string | null;
}

/** Searches blocks where they lie in the archive, newest first, by the caller's own scope (PCI DSS 10.5.1). */
@Injectable()
export class ArchiveSearchService {
  readonly #parts: Pick<ApiParts, 'database' | 'archive' | 'keyring' | 'clock' | 'auditTrail' | 'logger'>;
  readonly #seals: Pick<SealService, 'sealed'>;
  readonly #people: Pick<PeopleService, 'attributed' | 'expand'>;
  readonly #slots: Pick<ArchiveSearchSlots, 'take'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'archive' | 'keyring' | 'clock' | 'auditTrail' | 'logger'>,
    @Inject(SealService) seals: Pick<SealService, 'sealed'>,
    @Inject(PeopleService) people: Pick<PeopleService, 'attributed' | 'expand'>,
    @Inject(ArchiveSearchSlots) slots: Pick<ArchiveSearchSlots, 'take'>,
  ) {
    this.#slots = slots;
    this.#parts = parts;
    this.#seals = seals;
    this.#people = people;
  }

  /**
   * Begins a search; its lines come as they are walked. Refusals come before the first: what cannot be read, and no room.
   * Leaving the walk, or the signal, ends it and its thread. `release` is called when nobody waits for lines any more, whether
   * or not any were walked.
   */
  async begin(context: RequestContext, request: ArchiveSearchRequest, signal: AbortSignal): Promise<BegunSearch> {
    const { warnings: _warnings, ...selection } = await this.#people.expand(context, readSelection(context, request));
    const names = await this.#parts.database.forTenant(context.tenantId).archivedRecords.logGroups();
    const logGroups = chosenGroups(names, selection);
    const { tree, scope, from, to, timeField } = selection;
    const release = this.#slots.take(context.tenantId);
    const question = { tenantId: context.tenantId, tree, parts: scope.parts, logGroups, from, to, timeField };
    const wanted = recordsWanted(selection, logGroups);
    const search = { context, question, wanted, limit: request.limit, signal };
    return { lines: this.#run(search, request), release };
  }

  async *#run(search: Search, request: ArchiveSearchRequest): AsyncGenerator<ArchiveSearchLine, void, undefined> {
    const startedAt = performance.now();
    const progress: Progress = { blocksDone: 0, blocksTotal: 0, bytes: 0, hits: 0, reachedAt: null };
    let reason: ArchiveSearchEnd | 'cancelled' = 'cancelled';
    let fault: { code: ErrorCode; detail: string } | undefined;
    try {
      try {
        reason = yield* this.#blocks(search, progress);
      } catch (error) {
        if (search.signal.aborted) return;
        reason = 'failed';
        fault = this.#explain(search.context, error);
      }
      const { blocksDone, blocksTotal, hits } = progress;
      const isCut = reason === 'hit-limit' || reason === 'byte-limit';
      const next = isCut && search.question.timeField === 'received_at' ? progress.reachedAt : null;
      yield {
        event: 'end',
        reason,
        blocksDone,
        blocksTotal,
        hits,
        tookMs: Math.round(performance.now() - startedAt),
        ...(next === null ? {} : { next }),
        ...fault,
      };
    } finally {
      await this.#recordEnd(search.context, request, { reason, code: fault?.code, ...progress });
    }
  }

  /** Block by block; answers why it ended. */
  async *#blocks(search: Search, progress: Progress): AsyncGenerator<ArchiveSearchLine, ArchiveSearchEnd, undefined> {
    const { context, question, wanted, limit, signal } = search;
    const { archivedRecords } = this.#parts.database.forTenant(context.tenantId);
    const isNothing = question.logGroups.length === 0;
    progress.blocksTotal = isNothing ? 0 : await archivedRecords.countBlocks(wanted);
    yield progressLine(progress);
    if (progress.blocksTotal === 0) return 'all-read';
    const archived = new ArchivedBlocks(this.#parts, context.tenantId);
    const searcher = new BlockThread<SearchTask, readonly StoredDocument[]>('./search-block-thread', question);
    try {
      for await (const block of this.#listed(search)) {
        const read = await archived.read(block);
        if (read !== null) {
          progress.bytes += block.bodyBytes;
          for await (const hits of searcher.ask({ block: read, most: limit - progress.hits }, signal))
            yield* this.#shown(context, hits, progress);
        }
        progress.blocksDone += 1;
        if (progress.hits >= limit) return 'hit-limit';
        progress.reachedAt = new Date(Math.floor(block.firstReceivedUs / 1_000)).toISOString();
        yield progressLine(progress);
        if (progress.bytes >= mostArchiveBytes) return 'byte-limit';
      }
      return 'all-read';
    } finally {
      await searcher.close();
    }
  }

  async *#listed({ context, wanted, signal }: Search): AsyncGenerator<ArchivedBlock, void, undefined> {
    const { archivedRecords } = this.#parts.database.forTenant(context.tenantId);
    let before: number | undefined;
    for (;;) {
      const now = this.#parts.clock.now();
      const page = await archivedRecords.blocks({ ...wanted, before, limit: pageOfBlocks, now });
      for (const block of page) {
        signal.throwIfAborted();
        yield block;
      }
      before = page.at(-1)?.number;
      if (page.length < pageOfBlocks) return;
    }
  }

  async *#shown(
    context: RequestContext,
    found: readonly StoredDocument[],
    progress: Progress,
  ): AsyncGenerator<ArchiveSearchLine, void, undefined> {
    for (let start = 0; start < found.length; start += hitsAtOnce) {
      const part = found.slice(start, start + hitsAtOnce);
      for (const item of await this.#people.attributed(context, await this.#seals.sealed(context, part))) {
        progress.hits += 1;
        const shown = archivedEvent.parse({ ...item, archived: true });
        progress.reachedAt = momentAfter(shown.receivedAt);
        yield { event: 'hit', item: shown };
      }
    }
  }

  #explain({ language }: RequestContext, error: unknown): { code: ErrorCode; detail: string } {
    const { code } = translateFault(error) ?? describeError(error);
    this.#parts.logger.warn({ err: error, code }, 'A search of the archive failed.');
    return { code, detail: errorKinds[code].title[language] };
  }

  /** That it began is on record before its first line; how it ended, and how much it showed, when it has. */
  async #recordEnd(
    context: RequestContext,
    request: ArchiveSearchRequest,
    ended: Progress & { reason: ArchiveSearchEnd | 'cancelled'; code: string | undefined },
  ): Promise<void> {
    const { reason, code, hits, blocksDone, blocksTotal } = ended;
    const isFailed = reason === 'failed';
    const logGroups = request.logGroups;
    await this.#parts.auditTrail
      .record(context, {
        action: 'search',
        outcome: isFailed ? 'failure' : 'success',
        ...(code === undefined ? {} : { reason: code }),
        target: { kind: 'log-group', name: logGroups === undefined ? '*' : `${logGroups.length} log groups` },
        query: request.query,
        from: request.from,
        to: request.to,
        ...(logGroups === undefined ? {} : { logGroups }),
        count: hits,
        details: { archived: true, ended: reason, blocksDone, blocksTotal },
      })
      .catch((error: unknown) =>
        this.#parts.logger.warn({ err: error }, 'The end of a search of the archive is not on record.'),
      );
  }
}

function progressLine({ blocksDone, blocksTotal, hits, reachedAt }: Progress): ArchiveSearchLine {
  return { event: 'progress', blocksDone, blocksTotal, hits, reachedAt };
}

/** The end of a range that a record of this time of receipt is still in. */
function momentAfter(receivedAt: string): string {
  return new Date(Date.parse(receivedAt) + 1).toISOString();
}
