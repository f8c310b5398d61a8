import type { PoolClient } from 'pg';
import type { RestoreAmounts, RestoreBlock, RestoreExtent } from './restore.ts';

/** Blocks of which a record may be in the extent and that the archive still has. */
const inExtent = `
  FROM block_log_group g JOIN block b ON b.tenant_id = g.tenant_id AND b.number = g.block_number
  WHERE g.tenant_id = $1 AND g.log_group = ANY ($2) AND g.last_received_us >= $3 AND g.first_received_us < $4
    AND b.object_key IS NOT NULL AND b.disposal_id IS NULL`;

const amounts = `
  WITH found AS MATERIALIZED (
    SELECT g.block_number, g.log_group, g.records, g.first_received_us, g.last_received_us, b.body_bytes, b.kept_until
    ${inExtent}
  ), blocks AS (
    SELECT DISTINCT block_number, body_bytes, kept_until FROM found
  )
  SELECT (SELECT coalesce(array_agg(DISTINCT log_group ORDER BY log_group), '{}') FROM found) AS "logGroups",
         (SELECT count(*)::int FROM blocks) AS blocks,
         (SELECT coalesce(sum(records), 0)::bigint FROM found) AS records,
         (SELECT coalesce(sum(body_bytes), 0)::bigint FROM blocks) AS bytes,
         (SELECT min(first_received_us) FROM found) AS "firstUs",
         (SELECT max(last_received_us) FROM found) AS "lastUs",
         (SELECT min(kept_until) FROM blocks WHERE kept_until > $5) AS "keptUntil",
         (SELECT coalesce(max(number), -1) FROM block WHERE tenant_id = $1) AS "lastBlock"`;

const nextBlocks = `
  SELECT g.block_number AS number, sum(g.records)::bigint AS records, b.records AS "allRecords"
  ${inExtent} AND g.block_number > $5 AND g.block_number <= $6
  GROUP BY g.block_number, b.records ORDER BY g.block_number LIMIT $7`;

/** Until when all that was received is sealed: the acceptance of the oldest segment that is in no block yet. */
const unsealedSince = `
  SELECT min(accepted_at) AS since FROM landing_segment WHERE tenant_id = $1 AND sealed_at IS NULL`;

export async function readAmounts(
  client: PoolClient,
  tenantId: string,
  { extent, now }: { readonly extent: RestoreExtent; readonly now: Date },
): Promise<RestoreAmounts> {
  const { rows } = await client.query<
    Omit<RestoreAmounts, 'firstReceived' | 'lastReceived'> & { firstUs: number | null; lastUs: number | null }
  >(amounts, [...valuesOf(tenantId, extent), now]);
  const [row] = rows;
  if (row === undefined) throw new Error('a sum has no row');
  const { firstUs, lastUs, ...found } = row;
  const moment = (us: number | null): Date | null => (us === null ? null : new Date(Math.floor(us / 1_000)));
  return { ...found, firstReceived: moment(firstUs), lastReceived: moment(lastUs) };
}

export async function readNextBlocks(
  client: PoolClient,
  tenantId: string,
  wanted: { readonly extent: RestoreExtent; readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<RestoreBlock[]> {
  const { extent, after, upTo, limit } = wanted;
  const { rows } = await client.query<RestoreBlock>(nextBlocks, [...valuesOf(tenantId, extent), after, upTo, limit]);
  return rows;
}

export async function readUnsealedSince(client: PoolClient, tenantId: string): Promise<Date | null> {
  const { rows } = await client.query<{ since: Date | null }>(unsealedSince, [tenantId]);
  return rows[0]?.since ?? null;
}

function valuesOf(tenantId: string, { logGroups, from, to }: RestoreExtent): unknown[] {
  return [tenantId, logGroups, from.getTime() * 1_000, to.getTime() * 1_000];
}
