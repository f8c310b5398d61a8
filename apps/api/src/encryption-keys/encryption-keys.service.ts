import { Inject, Injectable } from '@nestjs/common';
import type { DataKeyExport, DataKeyExportRequest, EncryptionKeyAnswer, EncryptionKeysAnswer } from '@akashi/contracts';
import type { TenantDatabase, UnderKey } from '@akashi/database';
import { dataKeyKind, decodeLogEntry, readKeyChange, signingKeyKind } from '@akashi/integrity';
import { isWithinScope, keyChangeDays, scopeOfLogGroups } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Parts = Pick<ApiParts, 'database' | 'keyring'>;

interface Change {
  readonly at: Date;
  readonly old: string;
  readonly new: string;
}

const dayMs = 86_400_000;

/** Which keys an organisation's records lie under, and what an auditor needs of them. */
@Injectable()
export class EncryptionKeysService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<EncryptionKeysAnswer> {
    const { database, keyring } = this.#parts;
    const tenant = database.forTenant(context.tenantId);
    const keys = keyring.forTenant(context.tenantId);
    const rotation = keyring.rotationOf(context.tenantId);
    const [dataChanges, signingChanges, under, first] = await Promise.all([
      changesOf(tenant, dataKeyKind),
      changesOf(tenant, signingKeyKind),
      tenant.keyDestruction.underKeys(),
      tenant.blocks.get(0),
    ]);
    const began = first?.createdAt ?? null;
    const dataKeys = keys.dataKeyIds().map((id) => ({ id, name: id }));
    const signingKeys = rotation.signingKeyIds().map((id) => ({ id, name: keys.verifierKey(id) }));
    return {
      items: [
        ...timesOf(dataKeys, dataChanges, began).map((each) => showDataKey(each, under)),
        ...timesOf(signingKeys, signingChanges, began).map(({ name, ...each }) => ({
          ...each,
          kind: 'signing' as const,
          blocks: null,
          records: null,
          verifierKey: name,
        })),
        ...showInboxKeys(rotation.inboxKeyIds()),
      ],
    };
  }

  /**
   * The data keys open every record of the organisation, whatever their log group: they are given to those alone who see all
   * of it anyway. On record before they leave.
   */
  async export(context: RequestContext, { ids: wanted, reason }: DataKeyExportRequest): Promise<DataKeyExport> {
    if (!isWithinScope(scopeOfLogGroups(['*', 'akashi/*']), context.scope))
      throw new AppError('forbidden', {
        reason: 'beyond-own-access',
        detail: 'the keys open more than you see yourself',
      });
    const keys = this.#parts.keyring.forTenant(context.tenantId);
    const there = keys.dataKeyIds();
    const ids = wanted === undefined ? there : there.filter((id) => wanted.includes(id));
    if (ids.length === 0 || (wanted !== undefined && ids.length < new Set(wanted).size))
      throw new AppError('not-found');
    await this.#trail.record(context, {
      action: 'data-key.export',
      outcome: 'success',
      target: { kind: 'data-key', id: ids.at(-1) ?? '' },
      count: ids.length,
      details: { keys: ids, why: reason },
    });
    return { ids, text: keys.exportDataKeys(ids) };
  }
}

async function changesOf({ log, blocks }: TenantDatabase, kind: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (const entry of await log.statements(kind)) {
    const block = await blocks.get(entry);
    const decoded = block === null ? null : decodeLogEntry(Buffer.from(block.header, 'utf8'));
    const change = decoded?.ok === true && decoded.kind === 'statement' ? readKeyChange(decoded.statement) : null;
    if (block !== null && change !== null) changes.push({ at: block.createdAt, old: change.old, new: change.new });
  }
  return changes;
}

interface TimedKey extends Pick<EncryptionKeyAnswer, 'id' | 'since' | 'until' | 'isInUse' | 'rotationDueAt'> {
  /** How the log names it. */
  readonly name: string;
}

/** Newest first: each from the change that brought it, the first from the beginning of the log. */
function timesOf(
  keys: readonly { id: string; name: string }[],
  changes: readonly Change[],
  began: Date | null,
): TimedKey[] {
  const timed = keys.map(({ id, name }, index) => {
    const since = changes.find((change) => change.new === name)?.at ?? (index === 0 ? began : null);
    const until = changes.find((change) => change.old === name)?.at ?? null;
    const isInUse = index === keys.length - 1;
    const dueAt = isInUse && since !== null ? new Date(since.getTime() + keyChangeDays * dayMs) : null;
    return {
      id,
      name,
      since: since?.toISOString() ?? null,
      until: until?.toISOString() ?? null,
      isInUse,
      rotationDueAt: dueAt?.toISOString() ?? null,
    };
  });
  return timed.reverse();
}

function showDataKey({ name, ...each }: TimedKey, under: readonly UnderKey[]): EncryptionKeyAnswer {
  const { blocks, records } = under.find(({ id }) => id === name) ?? { blocks: 0, records: 0 };
  return { ...each, kind: 'data', blocks, records, verifierKey: null };
}

/** They change daily, and an old one goes as soon as nothing waits under it. */
function showInboxKeys(ids: readonly string[]): EncryptionKeyAnswer[] {
  const times = { since: null, until: null, rotationDueAt: null, blocks: null, records: null, verifierKey: null };
  return ids
    .map((id, index) => ({ id, kind: 'inbox' as const, ...times, isInUse: index === ids.length - 1 }))
    .reverse();
}
