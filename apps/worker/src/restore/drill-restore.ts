import { createHash } from 'node:crypto';
import { newUnmaskedId, type Restore, type RestoreExtent, type TenantDatabase, type TenantId } from '@akashi/database';
import { estimateRestoreSeconds, restorableUntil } from '@akashi/policy';
import { removeRestore } from './end-restores.ts';
import type { RestoreParts } from './restore-parts.ts';
import { runRestore } from './run-restore.ts';

/** A sample says that restoring works; more of it says nothing new. */
const mostDrilled = 200_000;
const askAgainMs = 15_000;
/** A day; of a busy one an hour, or a minute. */
const spansMs = [86_400_000, 3_600_000, 60_000] as const;

/** The period of the duty that is done. */
export interface DrillPeriod {
  readonly period: string;
  readonly dueAt: Date;
  readonly signal: AbortSignal;
}

export type DrillResult = { readonly kind: 'done' } | { readonly kind: 'wait'; readonly until: Date };

const done: DrillResult = { kind: 'done' };

/** The monthly test did not restore what is sealed. */
export class RestoreDrillError extends Error {
  override readonly name = 'RestoreDrillError';
  readonly code: string;

  constructor(code: string) {
    super(`the restore drill failed: ${code}`);
    this.code = code;
  }
}

/**
 * Restores a sample day of the archive, proves it as every restore is proven, and removes it; how long it took stays with the set's
 * row. Killed, it goes on with the set that it began. A log without sealed records has nothing to be tried.
 */
export async function drillRestore(
  parts: RestoreParts,
  tenantId: TenantId,
  { period, dueAt, signal }: DrillPeriod,
): Promise<DrillResult> {
  const tenant = parts.database.forTenant(tenantId);
  const begun = (await tenant.restores.list()).find(
    ({ kind, createdAt, state }) => kind === 'drill' && createdAt >= dueAt && state !== 'failed',
  );
  const drill = begun ?? (await beginDrill(parts, { tenant, tenantId, period }));
  if (drill === null) return done;
  if (drill.state === 'expired') return done;
  if (drill.state !== 'done') await runRestore(parts, { tenantId, id: drill.id }, signal);
  const now = await tenant.restores.get(drill.id);
  if (now?.state === 'failed') throw new RestoreDrillError(now.errorCode ?? 'unknown');
  if (now?.state !== 'done') return { kind: 'wait', until: new Date(parts.now().getTime() + askAgainMs) };
  await tenant.restores.end(drill.id, { name: null, at: parts.now() });
  await removeRestore(parts, { tenantId, id: drill.id });
  return done;
}

interface Drilled {
  readonly tenant: Pick<TenantDatabase, 'restores' | 'logGroups' | 'log' | 'blocks'>;
  readonly tenantId: TenantId;
  readonly period: string;
}

async function beginDrill({ now }: RestoreParts, drilled: Drilled): Promise<Restore | null> {
  const { tenant } = drilled;
  const at = now();
  const extents = await sampleExtents(drilled, at);
  for (const extent of extents) {
    const amounts = await tenant.restores.amounts({ extent, now: at });
    if (amounts.records === 0) return null;
    if (amounts.records > mostDrilled && extent !== extents.at(-1)) continue;
    const id = newUnmaskedId();
    const estimateSeconds = estimateRestoreSeconds(amounts, await tenant.restores.pace());
    const asked = { id, kind: 'drill', ...extent, amounts, estimateSeconds, requestedBy: null, at } as const;
    await tenant.restores.add(asked, { limit: 1 });
    return tenant.restores.get(id);
  }
  return null;
}

/** Around a block that the period chooses: the day, hour and minute in which its first record came. */
async function sampleExtents({ tenant, tenantId, period }: Drilled, at: Date): Promise<RestoreExtent[]> {
  const [{ size }, unsealedSince, groups] = await Promise.all([
    tenant.log.get(),
    tenant.restores.unsealedSince(),
    tenant.logGroups.list(),
  ]);
  if (size === 0) return [];
  const chosen = createHash('sha256').update(`${tenantId} ${period}`).digest().readUInt32BE(0) % size;
  // Heartbeats and statements hold no records: the next older block that does is as good.
  const older = await tenant.blocks.list({ before: chosen + 1, limit: 1_000 });
  const block = older.find(({ objectKey }) => objectKey !== null) ?? (await newestWithRecords(tenant));
  if (block?.firstReceivedUs === undefined || block.firstReceivedUs === null) return [];
  const receivedMs = Math.floor(block.firstReceivedUs / 1_000);
  const until = restorableUntil(at, unsealedSince).getTime();
  const logGroups = groups.map(({ name }) => name);
  return spansMs.flatMap((spanMs) => {
    const fromMs = receivedMs - (receivedMs % spanMs);
    const toMs = Math.min(fromMs + spanMs, until);
    return toMs > fromMs ? [{ logGroups, from: new Date(fromMs), to: new Date(toMs) }] : [];
  });
}

async function newestWithRecords({ blocks }: Drilled['tenant']) {
  return (await blocks.list({ limit: 1_000 })).find(({ objectKey }) => objectKey !== null);
}
