import { Inject, Injectable } from '@nestjs/common';
import { keepCheckpoint } from '@akashi/archive';
import type { BlocksAnswer, CheckpointAnswer, VerificationsAnswer } from '@akashi/contracts';
import type { Block } from '@akashi/database';
import { decodeLogEntry } from '@akashi/integrity';
import { formatMicros } from '@akashi/log-event';
import { AppError } from '@akashi/server-kit';
import { describeFinding, SealService } from '../seal/seal.service.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** The tenant's own append-only log as it stands. Headers hold no log text, so all of the tenant may see them. */
@Injectable()
export class TenantLogService {
  readonly #parts: Pick<ApiParts, 'database' | 'archive' | 'keyring'>;
  readonly #seals: Pick<SealService, 'standing'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'archive' | 'keyring'>,
    @Inject(SealService) seals: Pick<SealService, 'standing'>,
  ) {
    this.#parts = parts;
    this.#seals = seals;
  }

  /** Whoever gets it may come back with it: the archive keeps it before it is given. */
  async checkpoint(context: RequestContext): Promise<CheckpointAnswer> {
    const head = await this.#parts.database.forTenant(context.tenantId).log.get();
    if (head.checkpoint !== null) {
      await keepCheckpoint(this.#parts.archive.forTenant(context.tenantId), head.checkpoint);
    }
    return {
      origin: head.origin,
      treeSize: head.size,
      rootHash: head.root?.toString('base64') ?? null,
      note: head.checkpoint,
      verifierKey: this.#parts.keyring.forTenant(context.tenantId).verifierKeyOf(head.checkpoint ?? ''),
    };
  }

  /** Newest first. */
  async blocks(context: RequestContext, page: { limit: number; cursor?: string | undefined }): Promise<BlocksAnswer> {
    const before = page.cursor === undefined ? undefined : readCursor(page.cursor);
    const found = await this.#parts.database.forTenant(context.tenantId).blocks.list({ before, limit: page.limit + 1 });
    const items = found.slice(0, page.limit);
    const last = items.at(-1);
    const standing = await this.#seals.standing(context);
    return {
      items: items.map((block) => ({ ...describeBlock(block), seal: standing.ofBlock(block.number) })),
      ...(found.length > page.limit && last !== undefined ? { next: `b${last.number}` } : {}),
    };
  }

  async verifications(context: RequestContext): Promise<VerificationsAnswer> {
    const found = await this.#parts.database.forTenant(context.tenantId).verifications.list();
    return {
      items: found.map((each) => ({
        ...each,
        startedAt: each.startedAt.toISOString(),
        finishedAt: each.finishedAt?.toISOString() ?? null,
        findings: each.findings.map((finding) => describeFinding(context, finding)),
      })),
    };
  }
}

function readCursor(text: string): number {
  const number = /^b(\d{1,15})$/.exec(text)?.[1];
  if (number === undefined) throw new AppError('cursor-invalid');
  return Number(number);
}

function statementIn({ objectKey, header }: Block): { kind: string } | null {
  const entry = objectKey === null ? decodeLogEntry(Buffer.from(header)) : null;
  return entry?.ok === true && entry.kind === 'statement' ? { kind: entry.statement.kind } : null;
}

function describeBlock(block: Block): Omit<BlocksAnswer['items'][number], 'seal'> {
  return {
    number: block.number,
    records: block.records,
    statement: statementIn(block),
    firstReceivedAt: block.firstReceivedUs === null ? null : formatMicros(block.firstReceivedUs),
    lastReceivedAt: block.lastReceivedUs === null ? null : formatMicros(block.lastReceivedUs),
    createdAt: block.createdAt.toISOString(),
    sealedAt: block.sealedAt.toISOString(),
    rootHash: block.root.toString('base64'),
    bodySha256: block.bodySha256.toString('base64'),
    bodyLength: block.bodyBytes,
    objectKey: block.objectKey,
    header: block.header,
  };
}
