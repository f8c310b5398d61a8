import { Inject, Injectable } from '@nestjs/common';
import type { DeletionAnswer, DeletionsAnswer, DeletionsQuery, DisposalCertificate } from '@akashi/contracts';
import type { Disposal } from '@akashi/database';
import { formatMicros } from '@akashi/log-event';
import { reachOfLogGroup } from '@akashi/policy';
import { renderCertificate } from '@akashi/report-render';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { proveStatement } from '../tenant-log/prove-statement.ts';

const cursorForm = /^d(\d{1,15})$/;

/** What went lawfully. The organisation's log says which blocks and why; names of log groups are for those who see them. */
@Injectable()
export class DeletionsService {
  readonly #parts: Pick<ApiParts, 'database' | 'archive' | 'keyring'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'archive' | 'keyring'>) {
    this.#parts = parts;
  }

  /** Newest first. */
  async list(context: RequestContext, { cursor, limit }: DeletionsQuery): Promise<DeletionsAnswer> {
    const before = cursor === undefined ? undefined : readCursor(cursor);
    const { disposals } = this.#parts.database.forTenant(context.tenantId);
    const found = await disposals.list({ before, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((each) => showDisposal(context, each)),
      ...(found.length > limit && last !== undefined ? { next: `d${last.entry}` } : {}),
    };
  }

  /** With the proof that the organisation's log says so. */
  async certificate(context: RequestContext, id: string): Promise<DisposalCertificate> {
    const { disposals, log, organisation } = this.#parts.database.forTenant(context.tenantId);
    const [found, head, { language, nameJa, nameEn }] = await Promise.all([
      disposals.get(id),
      log.get(),
      organisation.get(),
    ]);
    if (found === null || head.checkpoint === null) throw new AppError('not-found');
    const { statement, proof } = await proveStatement(this.#parts, {
      tenantId: context.tenantId,
      entry: found.entry,
      size: head.size,
      checkpoint: head.checkpoint,
    });
    return {
      format: 'akashi disposal certificate v1',
      organisation: { id: context.tenantId, name: language === 'ja' ? nameJa : nameEn },
      disposal: showDisposal(context, found),
      statement,
      proof,
    };
  }

  /** The same to read and to print; the certificate as JSON is attached. */
  async pdf({ timeZone }: RequestContext, certificate: DisposalCertificate, language: 'ja' | 'en'): Promise<Buffer> {
    const { disposal, organisation, proof } = certificate;
    const json = Buffer.from(`${JSON.stringify(certificate, null, 2)}\n`);
    const task = { language, timeZone, organisation: organisation.name, disposal, proof, json };
    const chunks: Uint8Array[] = [];
    for await (const chunk of renderCertificate(task)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}

function readCursor(text: string): number {
  const entry = cursorForm.exec(text)?.[1];
  if (entry === undefined) throw new AppError('cursor-invalid');
  return Number(entry);
}

function showDisposal({ scope }: RequestContext, disposal: Disposal): DeletionAnswer {
  const { id, entry, blocks, blockCount, records, bytes, policies, rule } = disposal;
  return {
    id,
    entry,
    createdAt: disposal.createdAt.toISOString(),
    removedAt: disposal.removedAt?.toISOString() ?? null,
    blocks,
    blockCount,
    records,
    bytes,
    firstReceived: disposal.firstReceivedUs === null ? null : formatMicros(disposal.firstReceivedUs),
    lastReceived: disposal.lastReceivedUs === null ? null : formatMicros(disposal.lastReceivedUs),
    logGroups: disposal.logGroups.filter((name) => reachOfLogGroup(scope, name) !== 'none'),
    policies,
    rule,
    due: disposal.dueAt.toISOString(),
    root: disposal.root.toString('base64'),
  };
}
