import type { HostGroup, TimeServer, TimeSettings } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface StoredTimeSettings extends TimeSettings {
  /** Null until somebody sets them. */
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
}

export interface TimeSettingsStore {
  /** No servers and no groups until somebody sets them. */
  get(): Promise<StoredTimeSettings>;
  put(
    settings: TimeSettings & { readonly changedBy: string; readonly at: Date },
    beforeCommit: BeforeCommit,
  ): Promise<void>;
}

export function timeSettings(run: RunSql, tenantId: string): TimeSettingsStore {
  return {
    get: () =>
      run(async (client) => {
        const { rows } = await client.query<{
          servers: TimeServer[];
          groups: HostGroup[];
          changedBy: string;
          changedAt: Date;
        }>(
          `SELECT servers, groups, changed_by AS "changedBy", changed_at AS "changedAt" FROM time_settings WHERE tenant_id = $1`,
          [tenantId],
        );
        return rows[0] ?? { servers: [], groups: [], changedBy: null, changedAt: null };
      }),
    put: ({ servers, groups, changedBy, at }, beforeCommit) =>
      run(async (client) => {
        await client.query(
          `INSERT INTO time_settings (tenant_id, servers, groups, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (tenant_id) DO UPDATE SET servers = excluded.servers, groups = excluded.groups,
             changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
          [tenantId, JSON.stringify(servers), JSON.stringify(groups), changedBy, at],
        );
        await beforeCommit();
      }),
  };
}
