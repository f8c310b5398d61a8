import type { RunSql } from '../scoped-transaction.ts';

export interface LogGroup {
  name: string;
  streams: number;
  records: number;
  unparsed: number;
  masked: number;
  firstSeenAt: Date;
  lastReceivedAt: Date | null;
  lastEventAt: Date | null;
  retentionPolicy: string;
}

export interface LogGroups {
  list(): Promise<LogGroup[]>;
}

export function logGroups(run: RunSql, tenantId: string): LogGroups {
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<LogGroup>(
          `SELECT g.name, g.records, g.unparsed, g.masked, g.first_seen_at AS "firstSeenAt",
                  g.last_received_at AS "lastReceivedAt", g.last_event_at AS "lastEventAt",
                  g.retention_policy AS "retentionPolicy",
                  (SELECT count(DISTINCT s.name) FROM log_stream s
                   WHERE s.tenant_id = g.tenant_id AND s.log_group = g.name) AS streams
           FROM log_group g WHERE g.tenant_id = $1 ORDER BY g.name`,
          [tenantId],
        );
        return rows;
      }),
  };
}
