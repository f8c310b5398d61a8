import type { Database, TenantId } from '@akashi/database';
import { dataKeyKind, signingKeyKind } from '@akashi/integrity';
import type { RotatedPurpose } from '@akashi/keyring';
import { keyChangeDays } from '@akashi/policy';
import type { Sealer } from '../sealing/sealer.ts';
import { rotateInboxKey, type InboxKeyParts } from './rotate-inbox-key.ts';

export interface KeyRotationParts extends InboxKeyParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly sealer: Pick<Sealer, 'rotateKey'>;
}

/** Keys that change once a year, with the statements that say so. */
const yearly: Readonly<Record<RotatedPurpose, string>> = { data: dataKeyKind, signing: signingKeyKind };
const yearMs = keyChangeDays * 86_400_000;

/** What is due of an organisation's keys: the inbox key each time, the others when they are a year old. */
export async function rotateKeysInTime(parts: KeyRotationParts, tenantId: TenantId): Promise<void> {
  await rotateInboxKey(parts, tenantId);
  for (const [purpose, kind] of Object.entries(yearly) as [RotatedPurpose, string][]) {
    const since = await inUseSince(parts, tenantId, kind);
    if (since !== null && parts.now().getTime() - since.getTime() >= yearMs)
      await rotateKey(parts, tenantId, { purpose, reason: 'yearly', who: 'Akashi' });
  }
}

/** Seals the change, puts the new key in use and notes it in the audit trail; answers the statement's number. */
export async function rotateKey(
  { sealer, trail }: Pick<KeyRotationParts, 'sealer' | 'trail'>,
  tenantId: TenantId,
  change: { purpose: RotatedPurpose; reason: string; who: string },
): Promise<number> {
  const entry = await sealer.rotateKey(tenantId, change);
  await trail.record({
    tenantId,
    actor: { kind: 'system', id: 'key-rotation', name: change.who },
    origin: { address: 'worker' },
    event: {
      action: change.purpose === 'data' ? 'data-key.rotate' : 'signing-key.rotate',
      outcome: 'success',
      target: { kind: `${change.purpose}-key`, id: `entry ${entry}` },
      details: { entry, reason: change.reason },
    },
  });
  return entry;
}

/** When the key came into use: with the newest statement, else with the log; null for an empty log. */
async function inUseSince({ database }: KeyRotationParts, tenantId: TenantId, kind: string): Promise<Date | null> {
  const { log, blocks } = database.forTenant(tenantId);
  return (await log.newestStatement(kind))?.createdAt ?? (await blocks.get(0))?.createdAt ?? null;
}
