import { retentionFloors } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';
import type { NotedDerivation } from './derivations.ts';

/** Records by log group and time. Times are microseconds since 1970, `fromUs` included, `toUs` not. */
export interface RecordsWanted {
  logGroups: readonly string[];
  fromUs: number;
  toUs: number;
  /** Whether the times are those of the events, instead of those of receipt. */
  byEventTime: boolean;
}

/** A class of days online, and segments by their ids: documents of `from` up to `to`, which is not among them, are online. */
export interface OnlinePeriod {
  onlineDays: number;
  from: string;
  to: string;
}

export interface OfflineGroup {
  logGroup: string;
  records: number;
  firstReceivedUs: number;
  lastReceivedUs: number;
}

/** A block of the archive that holds wanted records. */
export interface ArchivedBlock {
  number: number;
  objectKey: string;
  bodyBytes: number;
  firstReceivedUs: number;
  lastReceivedUs: number;
  /** Past the time that it is kept: its object may have gone. */
  mayBeGone: boolean;
}

/** An entry of the log as rules are decided by it. */
export interface BlockInOrder {
  number: number;
  /** Null: nothing that is wanted is in it, as in a heartbeat. */
  objectKey: string | null;
  bodyBytes: number;
  createdUs: number;
  mayBeGone: boolean;
}

export interface ArchivedRecords {
  /** Of wanted log groups: what is kept and online no more, of the blocks that reach into the time. */
  offline(wanted: RecordsWanted & { now: Date; online: readonly OnlinePeriod[] }): Promise<OfflineGroup[]>;
  /** Every log group that the organisation has. */
  logGroups(): Promise<string[]>;
  /** The fewest days that any of its records stays online: what is younger is. */
  fewestOnlineDays(): Promise<number>;
  /** How many blocks hold wanted records. */
  countBlocks(wanted: RecordsWanted): Promise<number>;
  /** Newest first, below `before` if given. */
  blocks(wanted: RecordsWanted & { before?: number | undefined; limit: number; now: Date }): Promise<ArchivedBlock[]>;
  /**
   * In the order of the log, above `after` if given: the blocks that hold wanted records by receive time, and all others that
   * were made in that time.
   */
  inOrder(
    wanted: Omit<RecordsWanted, 'byEventTime'> & { after?: number | undefined; limit: number; now: Date },
  ): Promise<BlockInOrder[]>;
  /** What the documents of a block's segments were derived with, by segment; null for those of which nothing was noted. */
  derivationsOf(block: number): Promise<Map<string, NotedDerivation | null>>;
  /** The block of a segment whose documents are past their days online; null while they are not. */
  offlineBlockOf(segmentId: string, now: Date): Promise<ArchivedBlock | null>;
}

const dayUs = 86_400_000_000;

/**
 * Of `block_log_group AS g`: $1 tenant, $2 log groups, $3 and $4 the time. By event time, what lies within a day of its
 * receipt is found by that, and the rest by what was noted of its segment.
 */
function wantedGroups({ byEventTime }: RecordsWanted): string {
  const received = (slackUs: number): string =>
    `g.last_received_us >= $3::bigint - ${slackUs} AND g.first_received_us < $4::bigint + ${slackUs}`;
  const strays = `g.block_number IN (
    SELECT s.block_number FROM landing_segment AS s
    WHERE s.tenant_id = $1 AND s.stray_last_us >= $3::bigint AND s.stray_first_us < $4::bigint)`;
  const inTime = byEventTime ? `(${received(dayUs)}) OR ${strays}` : received(0);
  return `g.tenant_id = $1 AND g.log_group = ANY ($2::text[]) AND (${inTime})`;
}

const blockColumns = (now: string): string => `
  b.number, coalesce(b.replacement_key, b.object_key) AS "objectKey", b.body_bytes AS "bodyBytes", b.first_received_us AS "firstReceivedUs",
  b.last_received_us AS "lastReceivedUs", coalesce(b.kept_until <= ${now}, false) AS "mayBeGone"`;

const valuesOf = ({ logGroups, fromUs, toUs }: RecordsWanted): unknown[] => [logGroups, fromUs, toUs];

export function archivedRecords(run: RunSql, tenantId: string): ArchivedRecords {
  return {
    offline: (wanted) =>
      run(async (client) => {
        const { now, online } = wanted;
        const { rows } = await client.query<OfflineGroup>(
          `WITH period AS (
             SELECT * FROM json_to_recordset($6::json) AS p("onlineDays" int, "from" text, "to" text))
           SELECT g.log_group AS "logGroup", sum(g.records)::bigint AS records,
             min(g.first_received_us) AS "firstReceivedUs", max(g.last_received_us) AS "lastReceivedUs"
           FROM block_log_group AS g
           JOIN block AS b ON b.tenant_id = g.tenant_id AND b.number = g.block_number
           WHERE ${wantedGroups(wanted)} AND b.object_key IS NOT NULL AND b.disposal_id IS NULL AND (b.kept_until IS NULL OR b.kept_until > $5)
             AND EXISTS (
               SELECT FROM landing_segment AS s
               WHERE s.tenant_id = $1 AND s.block_number = g.block_number AND s.indexed_at IS NOT NULL
                 AND s.accepted_at < $5::timestamptz - s.online_days * interval '1 day'
                 AND NOT EXISTS (
                   SELECT FROM period AS p
                   WHERE p."onlineDays" = s.online_days AND s.segment_id >= p."from" AND s.segment_id < p."to"))
           GROUP BY g.log_group ORDER BY g.log_group`,
          [tenantId, ...valuesOf(wanted), now, JSON.stringify(online)],
        );
        return rows;
      }),
    logGroups: () =>
      run(async (client) => {
        const sql = 'SELECT name FROM log_group WHERE tenant_id = $1 ORDER BY name';
        return (await client.query<{ name: string }>(sql, [tenantId])).rows.map(({ name }) => name);
      }),
    fewestOnlineDays: () =>
      run(async (client) => {
        const { rows } = await client.query<{ days: number | null }>(
          'SELECT min(online_days) AS days FROM retention_policy WHERE tenant_id = $1',
          [tenantId],
        );
        return Math.min(rows[0]?.days ?? retentionFloors.onlineDays, retentionFloors.onlineDays);
      }),
    countBlocks: (wanted) =>
      run(async (client) => {
        const { rows } = await client.query<{ blocks: number }>(
          `SELECT count(DISTINCT g.block_number)::int AS blocks FROM block_log_group AS g WHERE ${wantedGroups(wanted)}`,
          [tenantId, ...valuesOf(wanted)],
        );
        return rows[0]?.blocks ?? 0;
      }),
    blocks: (wanted) =>
      run(async (client) => {
        const { rows } = await client.query<ArchivedBlock>(
          `SELECT ${blockColumns('$5')}
           FROM block AS b
           WHERE b.tenant_id = $1 AND b.object_key IS NOT NULL AND b.disposal_id IS NULL AND ($6::bigint IS NULL OR b.number < $6)
             AND b.number IN (SELECT g.block_number FROM block_log_group AS g WHERE ${wantedGroups(wanted)})
           ORDER BY b.number DESC LIMIT $7`,
          [tenantId, ...valuesOf(wanted), wanted.now, wanted.before ?? null, wanted.limit],
        );
        return rows;
      }),
    inOrder: ({ after, limit, now, ...wanted }) =>
      run(async (client) => {
        const { rows } = await client.query<BlockInOrder>(
          `WITH wanted AS (
             SELECT DISTINCT g.block_number FROM block_log_group AS g
             WHERE ${wantedGroups({ ...wanted, byEventTime: false })} AND ($5::bigint IS NULL OR g.block_number > $5))
           SELECT b.number, CASE WHEN w.block_number IS NULL THEN NULL ELSE coalesce(b.replacement_key, b.object_key) END AS "objectKey",
             b.body_bytes AS "bodyBytes", (extract(epoch FROM b.created_at) * 1000000)::bigint AS "createdUs",
             (b.disposal_id IS NOT NULL OR coalesce(b.kept_until <= $7, false)) AS "mayBeGone"
           FROM block AS b LEFT JOIN wanted AS w ON w.block_number = b.number
           WHERE b.tenant_id = $1 AND ($5::bigint IS NULL OR b.number > $5)
             AND (w.block_number IS NOT NULL OR (b.created_at >= $8 AND b.created_at < $9))
           ORDER BY b.number LIMIT $6`,
          [
            tenantId,
            ...valuesOf({ ...wanted, byEventTime: false }),
            after ?? null,
            limit,
            now,
            new Date(wanted.fromUs / 1_000),
            new Date(wanted.toUs / 1_000),
          ],
        );
        return rows;
      }),
    derivationsOf: (block) =>
      run(async (client) => {
        type Row = { segmentId: string } & { [K in keyof NotedDerivation]: NotedDerivation[K] | null };
        const { rows } = await client.query<Row>(
          `SELECT s.segment_id AS "segmentId", d.id, d.catalogue_version AS "catalogueVersion", d.settings
           FROM landing_segment AS s
           LEFT JOIN derivation AS d ON d.tenant_id = s.tenant_id AND d.id = s.derivation_id
             AND s.documents_sha256 IS NOT NULL
           WHERE s.tenant_id = $1 AND s.block_number = $2`,
          [tenantId, block],
        );
        return new Map(
          rows.map(({ segmentId, id, catalogueVersion, settings }) => {
            const isNoted = id !== null && catalogueVersion !== null && settings !== null;
            return [segmentId, isNoted ? { id, catalogueVersion, settings } : null];
          }),
        );
      }),
    offlineBlockOf: (segmentId, now) =>
      run(async (client) => {
        const { rows } = await client.query<ArchivedBlock>(
          `SELECT ${blockColumns('$3')}
           FROM landing_segment AS s JOIN block AS b ON b.tenant_id = s.tenant_id AND b.number = s.block_number
           WHERE s.tenant_id = $1 AND s.segment_id = $2 AND s.indexed_at IS NOT NULL AND b.object_key IS NOT NULL AND b.disposal_id IS NULL
             AND s.accepted_at < $3::timestamptz - s.online_days * interval '1 day'`,
          [tenantId, segmentId, now],
        );
        return rows[0] ?? null;
      }),
  };
}
