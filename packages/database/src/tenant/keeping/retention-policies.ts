import type { RunSql } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';

export interface RetentionDays {
  onlineDays: number;
  /** Null: records never expire. */
  keptDays: number | null;
}

export interface PolicyRef extends RetentionDays {
  id: string;
  title: string | null;
}

export interface NewRetentionPolicy extends RetentionDays {
  /** Stable: blocks name it. */
  name: string;
  /** Null: told by its days. */
  title?: string | null;
}

export interface RetentionPolicy extends RetentionDays {
  name: string;
  title: string | null;
  createdAt: Date;
  /** The log groups that have it now. */
  logGroups: string[];
}

/** Floors and names are the caller's to check (`refuseRetention`, `isRetentionPolicyName`); days change by `RetentionChanges`. */
export interface RetentionPolicies {
  /** By name. */
  list(): Promise<RetentionPolicy[]>;
  get(name: string): Promise<RetentionPolicy | null>;
  /** What a log group has; null for one that nothing came into and nobody gave one. */
  of(logGroup: string): Promise<{ policy: PolicyRef; inScope: boolean } | null>;
  /** Answers false when the name is taken. */
  create(policy: NewRetentionPolicy, beforeCommit?: BeforeCommit): Promise<boolean>;
  /** Answers false without such a policy. */
  entitle(name: string, title: string | null, beforeCommit: BeforeCommit): Promise<boolean>;
  /** Gives a log group its policy, also one that nothing came into yet. Records that came before keep theirs. */
  assign(logGroup: string, policy: string): Promise<void>;
}

const select = `
  SELECT p.name, p.title, p.online_days AS "onlineDays", p.kept_days AS "keptDays", p.created_at AS "createdAt",
    array(SELECT g.name FROM log_group g WHERE g.tenant_id = p.tenant_id AND g.retention_policy = p.name ORDER BY g.name)
      AS "logGroups"
  FROM retention_policy p WHERE p.tenant_id = $1`;

export function retentionPolicies(run: RunSql, tenantId: string): RetentionPolicies {
  const read = (condition: string, values: readonly unknown[]): Promise<RetentionPolicy[]> =>
    run(async (client) => {
      const { rows } = await client.query<RetentionPolicy>(`${select} ${condition}`, [tenantId, ...values]);
      return rows;
    });
  return {
    list: () => read('ORDER BY p.name', []),
    get: async (name) => (await read('AND p.name = $2', [name]))[0] ?? null,
    of: (logGroup) =>
      run(async (client) => {
        const { rows } = await client.query<{ policy: PolicyRef; inScope: boolean }>(
          `SELECT jsonb_build_object('id', p.name, 'title', p.title, 'onlineDays', p.online_days, 'keptDays', p.kept_days)
             AS policy, g.in_scope AS "inScope"
           FROM log_group g JOIN retention_policy p ON p.tenant_id = g.tenant_id AND p.name = g.retention_policy
           WHERE g.tenant_id = $1 AND g.name = $2`,
          [tenantId, logGroup],
        );
        return rows[0] ?? null;
      }),
    create: ({ name, title = null, onlineDays, keptDays }, beforeCommit) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `INSERT INTO retention_policy (tenant_id, name, title, online_days, kept_days) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING`,
          [tenantId, name, title, onlineDays, keptDays],
        );
        if (rowCount !== 1) return false;
        await beforeCommit?.();
        return true;
      }),
    entitle: (name, title, beforeCommit) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'UPDATE retention_policy SET title = $3 WHERE tenant_id = $1 AND name = $2',
          [tenantId, name, title],
        );
        if (rowCount !== 1) return false;
        await beforeCommit();
        return true;
      }),
    assign: (logGroup, policy) =>
      run(async (client) => {
        await client.query(
          `INSERT INTO log_group (tenant_id, name, retention_policy) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id, name) DO UPDATE SET retention_policy = excluded.retention_policy`,
          [tenantId, logGroup, policy],
        );
      }),
  };
}
