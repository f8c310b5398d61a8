import type { PoolClient } from 'pg';
import type { RuleAct } from './stored-rule.ts';

/**
 * One writer of an organisation's rules at a time, whoever decides included: revisions are seen in their order, and what is in
 * force changes only between two blocks.
 */
export async function lockRules(client: PoolClient, tenantId: string): Promise<void> {
  await client.query('INSERT INTO rule_cursor (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING', [tenantId]);
  await client.query('SELECT FROM rule_cursor WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
}

export async function beginPeriod(
  client: PoolClient,
  tenantId: string,
  { ruleId, version, act }: { ruleId: string; version: number; act: RuleAct },
): Promise<void> {
  await client.query(
    `INSERT INTO rule_period (tenant_id, revision, rule_id, version, begun_by, begun_at, begin_reason)
     SELECT $1, coalesce(max(revision), 0) + 1, $2, $3, $4, $5, $6 FROM rule_period WHERE tenant_id = $1`,
    [tenantId, ruleId, version, act.by, act.at, act.reason],
  );
}

/** The period goes on in the log until the next block that is decided without it. */
export async function endPeriod(
  client: PoolClient,
  tenantId: string,
  { ruleId, act, code }: { ruleId: string; act: RuleAct; code?: string | undefined },
): Promise<void> {
  await client.query(
    `UPDATE rule_period SET ended_by = $3, ended_at = $4, end_reason = $5, end_code = $6
     WHERE tenant_id = $1 AND rule_id = $2 AND ended_at IS NULL`,
    [tenantId, ruleId, act.by, act.at, act.reason, code ?? null],
  );
}
