import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { RunSql } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';
import { keepByPolicies, lockKeeping } from './keep-blocks.ts';
import type { PolicyRef, RetentionDays } from './retention-policies.ts';

/** What is changed, from what to what: applied only where it is still so. */
export type RetentionChange =
  | { kind: 'policy'; policyId: string; before: RetentionDays; after: RetentionDays }
  | { kind: 'log-group'; logGroup: string; before: PolicyRef; after: PolicyRef }
  | { kind: 'scope'; logGroup: string; before: boolean; after: boolean; reason: string };

export interface RetentionActors {
  by: string;
  /** The second person; null where none is needed. */
  approvedBy: string | null;
}

export interface RetentionChangeDone {
  change: RetentionChange;
  /** Names of people. */
  by: string;
  approvedBy: string | null;
  at: Date;
}

/** Changes of days, of policies of log groups, and of the scope. What was changed is noted for good. */
export interface RetentionChanges {
  /** `gone`: it is not any more what it was, or the floors refuse it. */
  apply(change: RetentionChange, actors: RetentionActors, beforeCommit: BeforeCommit): Promise<'applied' | 'gone'>;
  /** Of a log group and of the policy that it has, newest first, at most 100. */
  list(of: { logGroup: string; policy: string }): Promise<RetentionChangeDone[]>;
}

class Gone extends Error {}

const floorsRefuse = '23514';

export function retentionChanges(run: RunSql, tenantId: string): RetentionChanges {
  return {
    apply: (change, actors, beforeCommit) =>
      run(async (client) => {
        if (!(await applyRetentionChange(client, tenantId, { change, ...actors }))) throw new Gone();
        await beforeCommit();
        return 'applied' as const;
      }).catch((error: unknown) => {
        if (isRefused(error)) return 'gone' as const;
        throw error;
      }),
    list: ({ logGroup, policy }) =>
      run(async (client) => {
        const { rows } = await client.query<RetentionChangeDone>(
          `SELECT c.change, ${nameOf('u')} AS by, ${nameOf('a')} AS "approvedBy", c.changed_at AS at
           FROM retention_change c JOIN app_user u ON u.id = c.changed_by LEFT JOIN app_user a ON a.id = c.approved_by
           WHERE c.tenant_id = $1 AND (c.log_group = $2 OR c.policy = $3)
           ORDER BY c.changed_at DESC, c.id LIMIT 100`,
          [tenantId, logGroup, policy],
        );
        return rows;
      }),
  };
}

export function nameOf(alias: string): string {
  return `coalesce(nullif(${alias}.display_name, ''), ${alias}.email)`;
}

function isRefused(error: unknown): boolean {
  return error instanceof Gone || (error as { code?: unknown } | null)?.code === floorsRefuse;
}

/** Does it in the caller's transaction; answers false, and changes nothing, where it is not any more what it was. */
export async function applyRetentionChange(
  client: PoolClient,
  tenantId: string,
  { change, by, approvedBy }: RetentionActors & { change: RetentionChange },
): Promise<boolean> {
  await lockKeeping(client, tenantId, 'alone');
  const isChanged = await changeRow(client, tenantId, { change, by });
  if (!isChanged) return false;
  await client.query(
    `INSERT INTO retention_change (id, tenant_id, kind, policy, log_group, change, changed_by, approved_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      randomUUID(),
      tenantId,
      change.kind,
      change.kind === 'policy' ? change.policyId : null,
      change.kind === 'policy' ? null : change.logGroup,
      JSON.stringify(change),
      by,
      approvedBy,
    ],
  );
  if (change.kind === 'log-group') await keepByPolicies(client, tenantId, { logGroups: [change.logGroup] });
  if (change.kind === 'policy') {
    const { rows } = await client.query<{ name: string }>(
      'SELECT name FROM log_group WHERE tenant_id = $1 AND retention_policy = $2',
      [tenantId, change.policyId],
    );
    await keepByPolicies(client, tenantId, { logGroups: rows.map(({ name }) => name) });
  }
  return true;
}

async function changeRow(
  client: PoolClient,
  tenantId: string,
  { change, by }: { change: RetentionChange; by: string },
): Promise<boolean> {
  const update = async (statement: string, values: readonly unknown[]): Promise<boolean> =>
    (await client.query(statement, [tenantId, ...values])).rowCount === 1;
  if (change.kind === 'policy') {
    const { policyId, before, after } = change;
    return update(
      `UPDATE retention_policy SET online_days = $5, kept_days = $6, changed_at = akashi_now()
       WHERE tenant_id = $1 AND name = $2 AND online_days = $3 AND kept_days IS NOT DISTINCT FROM $4::int`,
      [policyId, before.onlineDays, before.keptDays, after.onlineDays, after.keptDays],
    );
  }
  if (change.kind === 'scope') {
    return update(
      `UPDATE log_group SET in_scope = $4, scope_reason = CASE WHEN $4 THEN NULL ELSE $5 END, scope_changed_by = $6,
         scope_changed_at = akashi_now()
       WHERE tenant_id = $1 AND name = $2 AND in_scope = $3`,
      [change.logGroup, change.before, change.after, change.reason, by],
    );
  }
  const { logGroup, before, after } = change;
  // One that nothing came into yet has no row, and the default policy.
  await client.query('INSERT INTO log_group (tenant_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    tenantId,
    logGroup,
  ]);
  return update(
    `UPDATE log_group g SET retention_policy = p.name FROM retention_policy p
     WHERE g.tenant_id = $1 AND g.name = $2 AND g.retention_policy = $3 AND p.tenant_id = $1 AND p.name = $4
       AND p.online_days = $5 AND p.kept_days IS NOT DISTINCT FROM $6::int`,
    [logGroup, before.id, after.id, after.onlineDays, after.keptDays],
  );
}
