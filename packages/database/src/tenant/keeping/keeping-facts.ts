import type { PoolClient } from 'pg';
import { holdsLogGroup } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import { holdsInForce } from './legal-holds.ts';
import { nameOf } from './retention-changes.ts';
import type { PolicyRef } from './retention-policies.ts';

/** How one log group is kept, as the ledger knows it. Receive times in microseconds since 1970. */
export interface LogGroupKept {
  logGroup: string;
  policy: PolicyRef;
  inScope: boolean;
  scopeReason: string | null;
  /** Names of people. */
  scopeChangedBy: string | null;
  scopeApprovedBy: string | null;
  scopeChangedAt: Date | null;
  /** When its first record came, also one that is removed by now; null before one did. */
  sinceUs: number | null;
  lastReceivedAt: Date | null;
  /** Of the oldest record in a block that is kept. */
  oldestKeptUs: number | null;
  /** Of the newest record that was removed with its block. */
  newestRemovedUs: number | null;
  /** Of the oldest record in a kept block of which nothing came before the asked time. */
  firstSinceUs: number | null;
  /** When the next of its blocks is due that nothing holds. */
  nextDeletionAt: Date | null;
  /** How many of its blocks wait for a longer date in the archive. */
  toExtend: number;
  raisedAt: Date | null;
  /** Holds in force whose log groups it is among. */
  holds: { id: string; reason: string }[];
}

export interface LogStreamKept {
  logGroup: string;
  logStream: string;
  sinceAt: Date;
  lastReceivedAt: Date | null;
}

export interface KeepingFacts {
  /** By name; `sinceUs`: receive time that `firstSinceUs` is asked for. */
  logGroups(of: { sinceUs: number }): Promise<LogGroupKept[]>;
  /** By log group and name; of one log group where it is given. */
  logStreams(logGroup?: string): Promise<LogStreamKept[]>;
}

type GroupRow = Omit<LogGroupKept, 'holds' | 'sinceUs' | keyof BlockFacts> & { firstSeenAt: Date };

interface BlockFacts {
  firstReceivedUs: number | null;
  oldestKeptUs: number | null;
  newestRemovedUs: number | null;
  firstSinceUs: number | null;
  nextDeletionAt: Date | null;
  toExtend: number;
}

const noBlocks: BlockFacts = {
  firstReceivedUs: null,
  oldestKeptUs: null,
  newestRemovedUs: null,
  firstSinceUs: null,
  nextDeletionAt: null,
  toExtend: 0,
};

const selectGroups = `
  SELECT g.name AS "logGroup",
    jsonb_build_object('id', p.name, 'title', p.title, 'onlineDays', p.online_days, 'keptDays', p.kept_days) AS policy,
    g.in_scope AS "inScope", g.scope_reason AS "scopeReason", ${nameOf('u')} AS "scopeChangedBy",
    (SELECT ${nameOf('a')} FROM retention_change c JOIN app_user a ON a.id = c.approved_by
     WHERE c.tenant_id = g.tenant_id AND c.kind = 'scope' AND c.log_group = g.name
     ORDER BY c.changed_at DESC LIMIT 1) AS "scopeApprovedBy",
    g.scope_changed_at AS "scopeChangedAt", g.first_seen_at AS "firstSeenAt", g.last_received_at AS "lastReceivedAt",
    (SELECT max(c.changed_at) FROM retention_change c
     WHERE c.tenant_id = g.tenant_id AND (c.log_group = g.name OR c.policy = g.retention_policy)) AS "raisedAt"
  FROM log_group g JOIN retention_policy p ON p.tenant_id = g.tenant_id AND p.name = g.retention_policy
  LEFT JOIN app_user u ON u.id = g.scope_changed_by
  WHERE g.tenant_id = $1 ORDER BY g.name`;

/** A block is held when one log group of it meets a hold; \names null: every log group. */
const isHeld = `EXISTS (
  SELECT FROM held h JOIN block_log_group o ON o.tenant_id = $1 AND o.block_number = b.number
    AND (h.names IS NULL OR o.log_group = ANY (h.names))
    AND (h.from_us IS NULL OR o.last_received_us >= h.from_us) AND (h.to_us IS NULL OR o.first_received_us < h.to_us))`;

const selectBlocks = `
  WITH held AS MATERIALIZED (
    SELECT CASE WHEN "all" THEN NULL ELSE array(SELECT json_array_elements_text(names)) END AS names,
      "fromUs" AS from_us, "toUs" AS to_us
    FROM json_to_recordset($2::json) AS h("all" boolean, names json, "fromUs" bigint, "toUs" bigint)),
  kept AS MATERIALIZED (
    SELECT b.number, b.kept_until, b.object_key IS NOT NULL AND b.disposal_id IS NULL AS "isKept",
      b.kept_until IS DISTINCT FROM b.archive_kept_until AS "toExtend",
      b.kept_until IS NOT NULL AND ${isHeld} AS "isHeld"
    FROM block b WHERE b.tenant_id = $1 AND b.records > 0)
  SELECT l.log_group AS "logGroup", min(l.first_received_us) AS "firstReceivedUs",
    min(l.first_received_us) FILTER (WHERE k."isKept") AS "oldestKeptUs",
    max(l.last_received_us) FILTER (WHERE NOT k."isKept") AS "newestRemovedUs",
    min(l.first_received_us) FILTER (WHERE k."isKept" AND l.first_received_us >= $3) AS "firstSinceUs",
    min(k.kept_until) FILTER (WHERE k."isKept" AND NOT k."isHeld") AS "nextDeletionAt",
    (count(*) FILTER (WHERE k."isKept" AND k."toExtend"))::int AS "toExtend"
  FROM block_log_group l JOIN kept k ON k.number = l.block_number
  WHERE l.tenant_id = $1 GROUP BY l.log_group`;

const selectStreams = `
  SELECT s.log_group AS "logGroup", s.name AS "logStream", min(s.first_seen_at) AS "sinceAt",
    max(s.last_received_at) AS "lastReceivedAt"
  FROM log_stream s WHERE s.tenant_id = $1 AND ($2::text IS NULL OR s.log_group = $2)
  GROUP BY s.log_group, s.name ORDER BY s.log_group, s.name`;

export function keepingFacts(run: RunSql, tenantId: string): KeepingFacts {
  return {
    logGroups: ({ sinceUs }) => run((client) => readGroups(client, tenantId, sinceUs)),
    logStreams: (logGroup) =>
      run(async (client) => (await client.query<LogStreamKept>(selectStreams, [tenantId, logGroup ?? null])).rows),
  };
}

async function readGroups(client: PoolClient, tenantId: string, sinceUs: number): Promise<LogGroupKept[]> {
  const { rows: groups } = await client.query<GroupRow>(selectGroups, [tenantId]);
  const holds = await holdsInForce(client, tenantId);
  const held = holds.map(({ logGroups, fromUs, toUs }) => ({
    all: logGroups.length === 0,
    names: groups.map(({ logGroup }) => logGroup).filter((name) => holdsLogGroup({ logGroups }, name)),
    fromUs,
    toUs,
  }));
  const { rows: blocks } = await client.query<BlockFacts & { logGroup: string }>(selectBlocks, [
    tenantId,
    JSON.stringify(held),
    sinceUs,
  ]);
  const byGroup = new Map(blocks.map(({ logGroup, ...facts }) => [logGroup, facts]));
  return groups.map(({ firstSeenAt, ...group }) => {
    const { firstReceivedUs, ...facts } = byGroup.get(group.logGroup) ?? noBlocks;
    const seenUs = group.lastReceivedAt === null ? null : firstSeenAt.getTime() * 1000;
    return {
      ...group,
      ...facts,
      sinceUs: firstReceivedUs ?? seenUs,
      holds: holds.filter((hold) => holdsLogGroup(hold, group.logGroup)).map(({ id, reason }) => ({ id, reason })),
    };
  });
}
