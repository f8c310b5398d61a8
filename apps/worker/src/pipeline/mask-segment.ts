import { segmentPath } from '@akashi/inbox';
import type { Database, TenantId } from '@akashi/database';
import type { MaskPolicy } from '@akashi/masking';
import type { Lane } from '@akashi/queue';
import type { MaskedSegment } from '../sealing/masked-memory.ts';
import type { ComputePool } from './compute-pool.ts';

export interface MaskParts {
  readonly database: Database;
  readonly compute: Pick<ComputePool, 'mask'>;
  readonly inboxFolder: string;
  readonly policyOf: (tenantId: TenantId) => MaskPolicy;
  /** Told of accepted bytes that can no longer be read; the segment is kept for examination. */
  readonly onDamage: (damage: { tenantId: TenantId; segmentId: string; bytes: number }) => void;
}

/** accepted → masked: the segment is noted in the ledger as part of its open block. Doing it again gives the same bytes. */
export async function maskSegment(
  parts: MaskParts,
  segment: { readonly tenantId: TenantId; readonly segmentId: string; readonly lane: Lane },
): Promise<MaskedSegment> {
  const { tenantId, segmentId, lane } = segment;
  const policy = parts.policyOf(tenantId);
  const path = segmentPath(parts.inboxFolder, segment);
  const masked = await parts.compute.mask({ segmentId, segmentPath: path, policy }, lane);
  const { damagedBytes, payload } = masked;
  if (damagedBytes > 0) parts.onDamage({ tenantId, segmentId, bytes: damagedBytes });
  const note = { maskedBytes: payload.length, maskingVersion: policy.version, damagedBytes };
  await parts.database.forTenant(tenantId).openSegments.markMasked(segmentId, note);
  return masked;
}
