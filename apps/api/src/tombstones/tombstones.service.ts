import { Inject, Injectable } from '@nestjs/common';
import type {
  NewTombstones,
  TombstoneAnswer,
  TombstoneCertificate,
  TombstonesAnswer,
  TombstonesQuery,
} from '@akashi/contracts';
import type { TenantDatabase, Tombstone } from '@akashi/database';
import { blockRangesOf, decodeBlockHeader, formatBlockRanges } from '@akashi/integrity';
import { parseEventId } from '@akashi/log-event';
import { reachOfLogGroup } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { ApprovalsService } from '../access/approvals.service.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { EventService } from '../event/event.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { proveStatement } from '../tenant-log/prove-statement.ts';

/** PCI DSS: a primary account number is unreadable wherever it is stored. */
const requirement = 'pci:4.0.1:3.5.1';
const cursorForm = /^t([0-9a-f-]{36})$/;

type Parts = Pick<ApiParts, 'database' | 'archive' | 'keyring'>;

/** Records leave the archive on the word of two people; the organisation's log says which, why, and on whose word. */
@Injectable()
export class TombstonesService {
  readonly #parts: Parts;
  readonly #events: Pick<EventService, 'lines'>;
  readonly #approvals: Pick<ApprovalsService, 'askAnother'>;

  constructor(
    @Inject(apiParts) parts: Parts,
    @Inject(EventService) events: Pick<EventService, 'lines'>,
    @Inject(ApprovalsService) approvals: Pick<ApprovalsService, 'askAnother'>,
  ) {
    this.#parts = parts;
    this.#events = events;
    this.#approvals = approvals;
  }

  /** Newest first. */
  async list(context: RequestContext, { cursor, limit }: TombstonesQuery): Promise<TombstonesAnswer> {
    const before = cursor === undefined ? undefined : readCursor(cursor);
    const found = await this.#own(context).tombstones.list({ before, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((each) => showTombstone(context, each)),
      ...(found.length > limit && last !== undefined ? { next: `t${last.id}` } : {}),
    };
  }

  /** Asks for another person's word; nothing goes before it is given. Throws `records-held` while a legal hold keeps any of it. */
  async ask(context: RequestContext, { eventIds, reason, rule }: NewTombstones): Promise<never> {
    const blocks = await this.#blocksOf(context, eventIds);
    const numbers = blocks.map(({ block }) => block);
    const held = await this.#own(context).tombstones.heldBlocks(numbers);
    if (held.length > 0) throw new AppError('records-held');
    const content = {
      reason,
      rule: { id: rule, version: await this.#maskingOf(context, numbers[0] ?? 0), requirement },
      askedName: context.actor.name,
      blocks,
    };
    const subject = { kind: 'tombstone', groupId: null, subjectId: null, content } as const;
    const asked = await this.#approvals.askAnother(context, { subject, target: { kind: 'tombstone' } });
    throw new AppError('second-person-required', { params: { approvalId: asked.id } });
  }

  /** Under which version of the masking policy the lines were kept. */
  async #maskingOf(context: RequestContext, block: number): Promise<string> {
    const row = await this.#own(context).blocks.get(block);
    const decoded = row === null ? null : decodeBlockHeader(Buffer.from(row.header, 'utf8'));
    return decoded?.ok === true ? decoded.header.maskingVersion : '-';
  }

  /** The positions of every line of these events, by block. */
  async #blocksOf(
    context: RequestContext,
    eventIds: readonly string[],
  ): Promise<{ block: number; positions: string; records: number }[]> {
    const lines = new Set<string>();
    for (const id of new Set(eventIds)) for (const line of await this.#events.lines(context, id)) lines.add(line);
    const places = [...lines].map((id) => parseEventId(id)).filter((place) => place !== undefined);
    const segmentIds = [...new Set(places.map(({ segmentId }) => segmentId))];
    const known = await this.#own(context).segments.places(segmentIds);
    const bySegment = new Map(known.map((segment) => [segment.segmentId, segment]));
    const byBlock = new Map<number, Set<number>>();
    for (const { segmentId, position } of places) {
      const segment = bySegment.get(segmentId);
      if (segment?.block == null || segment.sealedAt === null) throw new AppError('not-sealed-yet');
      const leaves = byBlock.get(segment.block) ?? new Set();
      byBlock.set(segment.block, leaves.add(segment.firstLeaf + position));
    }
    return [...byBlock].map(([block, leaves]) => {
      const positions = formatBlockRanges(blockRangesOf([...leaves].sort((a, b) => a - b)));
      return { block, positions, records: leaves.size };
    });
  }

  /** With the proof that the organisation's log says so. */
  async certificate(context: RequestContext, id: string): Promise<TombstoneCertificate> {
    const { tombstones, log, organisation } = this.#own(context);
    const [found, head, { language, nameJa, nameEn }] = await Promise.all([
      tombstones.get(id),
      log.get(),
      organisation.get(),
    ]);
    if (found === null) throw new AppError('not-found');
    const { entry } = found;
    if (entry === null || head.checkpoint === null) throw new AppError('not-sealed-yet');
    const { statement, proof } = await proveStatement(this.#parts, {
      tenantId: context.tenantId,
      entry,
      size: head.size,
      checkpoint: head.checkpoint,
    });
    return {
      format: 'akashi tombstone certificate v1',
      organisation: { id: context.tenantId, name: language === 'ja' ? nameJa : nameEn },
      tombstone: showTombstone(context, found),
      statement,
      proof,
    };
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#parts.database.forTenant(context.tenantId);
  }
}

function readCursor(text: string): string {
  const id = cursorForm.exec(text)?.[1];
  if (id === undefined) throw new AppError('cursor-invalid');
  return id;
}

const text = (at: Date | null): string | null => at?.toISOString() ?? null;

function stateOf({ waitsFor, completedAt, lockedUntil, entry }: Tombstone): TombstoneAnswer['state'] {
  if (waitsFor === 'disposed') return 'disposed';
  if (completedAt !== null) return 'done';
  if (waitsFor === 'legal-hold') return 'held';
  if (lockedUntil !== null) return 'locked';
  return entry === null ? 'waiting' : 'removing';
}

function showTombstone({ scope }: RequestContext, found: Tombstone): TombstoneAnswer {
  const { id, block, positions, records, reason, rule, asked, approved, entry } = found;
  return {
    id,
    state: stateOf(found),
    block,
    positions,
    records,
    reason,
    rule,
    asked,
    approved,
    approvedAt: found.approvedAt.toISOString(),
    entry,
    sealedAt: text(found.sealedAt),
    replacedAt: text(found.replacedAt),
    indexedAt: text(found.indexedAt),
    lockedUntil: text(found.lockedUntil),
    completedAt: text(found.completedAt),
    logGroups: found.logGroups.filter((name) => reachOfLogGroup(scope, name) !== 'none'),
  };
}
