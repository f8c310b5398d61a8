import { newUnmaskedId, type RestoreExtent } from '@akashi/database';
import type { ApiTenant, TestApi } from '../api.fixtures.ts';

interface StandingSet {
  readonly logGroups: readonly string[];
  /** Where their events are. */
  readonly segmentIds: readonly string[];
  /** What is in the set is online no more. */
  readonly isOffline?: boolean;
}

const dayMs = 86_400_000;

/** A set as a worker makes it, of what is online; answers its id. */
export async function standSet(
  test: TestApi,
  { tenant: { id: tenantId }, database }: Pick<ApiTenant, 'tenant' | 'database'>,
  { logGroups, segmentIds, isOffline = false }: StandingSet,
): Promise<string> {
  const id = newUnmaskedId();
  const now = new Date();
  const extent: RestoreExtent = {
    logGroups,
    from: new Date(now.getTime() - dayMs),
    to: new Date(now.getTime() + dayMs),
  };
  const amounts = await database.restores.amounts({ extent, now });
  const asked = { id, kind: 'by-hand', ...extent, amounts, estimateSeconds: 1, requestedBy: null, at: now } as const;
  await database.restores.add(asked, { limit: 100 });
  const held = await database.restores.take(id, { now, leaseMs: 60_000 });
  if (held === null) throw new Error('the set was just asked for');
  const search = test.documentsOf(tenantId);
  const set = search.restoredSet(id);
  await set.prepare();
  for await (const page of search.readBack({ segmentIds }))
    for (const { segmentId, position, source } of page) {
      const action = `{"create":{"_id":"${search.documentIdPrefix(segmentId)}${position}"}}\n`;
      await set.bulkCreate([Buffer.concat([Buffer.from(action), source, Buffer.from('\n')])]);
    }
  await set.refresh();
  const restored = await set.count();
  await database.restores.noteDone(held, { block: amounts.lastBlock, done: restored, restored });
  await database.restores.finish(held, { at: now, expiresAt: new Date(now.getTime() + 14 * dayMs) });
  if (isOffline) {
    await search.removeSegments(segmentIds);
    await search.refresh();
  }
  return id;
}
