import type { Database, TenantId } from '@akashi/database';
import { compressPayload, createBlockBuilder } from '@akashi/integrity';
import type { Sealer } from './sealer.ts';

/** A silent log gets a block at least this often, so that a missing one is noticed (ten minutes at the most). */
export const heartbeatAfterMs = 9 * 60_000;

export interface HeartbeatParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly now: () => Date;
  readonly maskingVersion: string;
}

/** Seals an empty block when the tenant's newest one is older than `heartbeatAfterMs`; answers whether it did. */
export async function sealHeartbeat(parts: HeartbeatParts, tenantId: TenantId): Promise<boolean> {
  const last = await parts.database.forTenant(tenantId).blocks.lastSealedAt();
  if (last !== null && parts.now().getTime() - last.getTime() < heartbeatAfterMs) return false;
  const empty = createBlockBuilder().finish();
  await parts.sealer.seal(tenantId, null, () =>
    Promise.resolve({
      segmentId: null,
      compressed: compressPayload(empty.payload),
      root: empty.root,
      records: 0,
      firstReceivedUs: null,
      lastReceivedUs: null,
      maskingVersion: parts.maskingVersion,
    }),
  );
  return true;
}
