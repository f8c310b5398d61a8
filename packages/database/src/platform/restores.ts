import { tenantId, type TenantId } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';

export interface RestoreName {
  readonly tenantId: TenantId;
  readonly id: string;
}

/** Which restored sets wait for a worker or are over, of all organisations: names alone. */
export interface PlatformRestores {
  /** The oldest of each organisation, then the second of each, and so on. */
  findTakeable(wanted: { readonly now: Date; readonly limit: number }): Promise<RestoreName[]>;
  /** Sets whose time is up. */
  findExpired(wanted: { readonly now: Date; readonly limit: number }): Promise<RestoreName[]>;
  /** Sets that ended before `endedBefore` and may still have documents. */
  findEnded(wanted: { readonly endedBefore: Date; readonly limit: number }): Promise<RestoreName[]>;
  /** Sets that stand: at most five of each organisation. */
  findDone(): Promise<RestoreName[]>;
  /** Whether a set is being made or stands, or is still to be removed. */
  hasDocuments(id: string): Promise<boolean>;
}

export function platformRestores(run: RunSql): PlatformRestores {
  const names = (statement: string, values: readonly unknown[]): Promise<RestoreName[]> =>
    run(async (client) => {
      const { rows } = await client.query<{ tenantId: string; id: string }>(statement, [...values]);
      return rows.map((row) => ({ ...row, tenantId: tenantId(row.tenantId) }));
    });
  return {
    findTakeable: ({ now, limit }) =>
      names(
        `SELECT tenant_id AS "tenantId", id FROM (
           SELECT tenant_id, id, created_at, row_number() OVER (PARTITION BY tenant_id ORDER BY created_at, id) AS place
           FROM restore WHERE state IN ('waiting', 'running') AND takeable_at <= $1
         ) AS waiting ORDER BY place, created_at, id LIMIT $2`,
        [now, limit],
      ),
    findExpired: ({ now, limit }) =>
      names(
        `SELECT tenant_id AS "tenantId", id FROM restore
         WHERE state = 'done' AND removed_at IS NULL AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2`,
        [now, limit],
      ),
    findEnded: ({ endedBefore, limit }) =>
      names(
        `SELECT tenant_id AS "tenantId", id FROM restore
         WHERE removed_at IS NULL AND ended_at <= $1 ORDER BY ended_at, id LIMIT $2`,
        [endedBefore, limit],
      ),
    findDone: () =>
      names(`SELECT tenant_id AS "tenantId", id FROM restore WHERE state = 'done' ORDER BY created_at, id`, []),
    hasDocuments: (id) =>
      run(async (client) => {
        const { rowCount } = await client.query('SELECT FROM restore WHERE id = $1 AND removed_at IS NULL', [id]);
        return rowCount === 1;
      }),
  };
}
