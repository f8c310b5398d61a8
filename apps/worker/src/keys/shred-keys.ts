import type { AuditSender } from '@akashi/client';
import type { Database, TenantId } from '@akashi/database';
import {
  decodeLogEntry,
  keysDestroyedContent,
  keysDestroyedKind,
  readKeysDestroyed,
  type DestroyedKey,
  type KeysDestroyed,
} from '@akashi/integrity';
import { readRecoveryNote, type Keyring } from '@akashi/keyring';
import type { Search } from '@akashi/search';
import { dispose, type DisposalParts } from '../keeping/dispose.ts';
import type { NewStatement, Sealer, StatementPlace } from '../sealing/sealer.ts';

export interface ShreddingParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly keyring: Pick<Keyring, 'rotationOf'>;
  readonly keysFolder: string;
  readonly search: Pick<Search, 'forTenant'>;
  readonly sealer: Pick<Sealer, 'sealStatement'>;
  readonly trail: Pick<AuditSender, 'record'>;
  /** Whose trail tells it: in the organisation nobody reads, and its own log has ended. */
  readonly platformTenant: () => Promise<TenantId | null>;
  readonly disposal: DisposalParts;
  readonly now: () => Date;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

/** PCI DSS 3.7.5: keys that are no longer needed are destroyed. */
const rule = { id: 'organisation-closed', requirement: 'pci:4.0.1:3.7.5' } as const;

export type ShreddingOutcome = 'nothing' | 'unfinished' | 'destroyed';

/**
 * Destroys the keys of a closed organisation's records once the last retention is over and nothing holds them: what the
 * store still holds, and every copy of it, is unreadable from then on. The statement that says so is the last entry of its
 * log; after a crash the next run goes on from it. Before the statement nothing happens that an organisation would miss.
 */
export async function shredKeys(
  parts: ShreddingParts,
  tenantId: TenantId,
  { signal }: { readonly signal: AbortSignal },
): Promise<ShreddingOutcome> {
  const tenant = parts.database.forTenant(tenantId);
  const { closedAt, destroyedAt } = await tenant.keyDestruction.state();
  if (closedAt === null || destroyedAt !== null) return 'nothing';
  if ((await tenant.log.newestStatement(keysDestroyedKind)) === null) {
    if (!(await tenant.keyDestruction.isOver(parts.now()))) return 'nothing';
    // What may go goes first, each with its own statement.
    const { isUnfinished } = await dispose(parts.disposal, tenantId, { signal });
    if (isUnfinished) return 'unfinished';
    parts.onStep('shred-before-statement');
    await parts.sealer.sealStatement(tenantId, (place) => state(parts, tenantId, place));
    parts.onStep('shred-after-statement');
  }
  const sealed = await sealedStatement(parts, tenantId);
  if (sealed === null) return 'nothing';
  // The index holds the records in clear.
  await parts.search.forTenant(tenantId).removeAll();
  await parts.keyring.rotationOf(tenantId).destroyContentKeys();
  parts.onStep('shred-before-note');
  await tell(parts, tenantId, sealed);
  await tenant.keyDestruction.note(parts.now());
  parts.onStep('shred-after-note');
  return 'destroyed';
}

/** Decided while nobody can raise, move or hold anything; null when something has to be kept after all. */
async function state(
  { keyring }: ShreddingParts,
  tenantId: TenantId,
  { createdUs, transaction }: StatementPlace,
): Promise<NewStatement | null> {
  const over = await transaction.overOrganisation(new Date(Math.floor(createdUs / 1000)));
  if (over === null) return null;
  const keys = new Map<string, DestroyedKey>();
  for (const { id, fingerprint } of keyring.rotationOf(tenantId).keysOfContent())
    keys.set(id, { id, fingerprint, blocks: 0, records: 0 });
  for (const { id, blocks, records } of over.keys)
    keys.set(id, { id, fingerprint: keys.get(id)?.fingerprint ?? null, blocks, records });
  const destroyed: KeysDestroyed = {
    keys: [...keys.values()].sort((left, right) => (left.id < right.id ? -1 : 1)),
    closedUs: over.closedAt.getTime() * 1000,
    dueUs: over.dueAt.getTime() * 1000,
    rule,
  };
  return { kind: keysDestroyedKind, content: keysDestroyedContent(destroyed) };
}

async function sealedStatement(
  { database }: ShreddingParts,
  tenantId: TenantId,
): Promise<{ entry: number; destroyed: KeysDestroyed } | null> {
  const newest = await database.forTenant(tenantId).log.newestStatement(keysDestroyedKind);
  const decoded = newest === null ? null : decodeLogEntry(Buffer.from(newest.text, 'utf8'));
  if (decoded?.ok !== true || decoded.kind !== 'statement') return null;
  const destroyed = readKeysDestroyed(decoded.statement);
  return destroyed === null ? null : { entry: decoded.number, destroyed };
}

async function tell(
  { trail, platformTenant, keysFolder }: ShreddingParts,
  tenantId: TenantId,
  { entry, destroyed }: { entry: number; destroyed: KeysDestroyed },
): Promise<void> {
  const platform = await platformTenant();
  if (platform === null) return;
  const noted = await readRecoveryNote(keysFolder);
  const isExported = noted?.keys.some((name) => name.startsWith(`tenants/${tenantId}/data/`)) === true;
  await trail.record({
    tenantId: platform,
    actor: { kind: 'system', id: 'crypto-shredding', name: 'Akashi' },
    origin: { address: 'worker' },
    event: {
      action: 'content-keys.destroy',
      outcome: 'success',
      target: { kind: 'tenant', id: tenantId },
      count: destroyed.keys.length,
      details: {
        entry,
        keys: destroyed.keys.map(({ id }) => id),
        records: destroyed.keys.reduce((sum, { records }) => sum + records, 0),
        rule: rule.id,
        requirement: rule.requirement,
        // Nothing of ours reaches it: whoever keeps it has to destroy it.
        recoveryExport: isExported ? noted.at.toISOString() : null,
      },
    },
  });
}
