import type { Database, TenantId } from '@akashi/database';
import type { Sealer } from './sealer.ts';

/**
 * A log whose newest block is older than this is silent. The duty looks fifty-five minutes after the newest block and with the
 * minute's tick, so that a block comes at least every hour and a missing one is noticed.
 */
export const heartbeatAfterMs = 50 * 60_000;

export interface HeartbeatParts {
  readonly database: Database;
  readonly sealer: Pick<Sealer, 'sealHeartbeat'>;
  readonly now: () => Date;
  readonly maskingVersion: string;
}

async function isSilent({ database, now }: HeartbeatParts, tenantId: TenantId): Promise<boolean> {
  const last = await database.forTenant(tenantId).blocks.lastSealedAt();
  if (last === null) return true;
  const ageMs = now().getTime() - last.getTime();
  // A block from the future tells of a clock that was set back: that the log was not silent since then, nothing shows.
  return ageMs >= heartbeatAfterMs || ageMs <= -heartbeatAfterMs;
}

/**
 * Seals a heartbeat when the tenant's newest block is older than `heartbeatAfterMs`; answers whether it did. Asked again
 * once nobody else can write to the log: of all that find it silent at the same moment, one breaks the silence.
 */
export async function sealHeartbeat(parts: HeartbeatParts, tenantId: TenantId): Promise<boolean> {
  const { maskingVersion, sealer } = parts;
  if (!(await isSilent(parts, tenantId))) return false;
  return sealer.sealHeartbeat(tenantId, { maskingVersion, isNeeded: () => isSilent(parts, tenantId) });
}
