import { randomUUID } from 'node:crypto';
import { momentOf } from '../moment-of.ts';
import type { RunPrisma, RunSql } from '../scoped-transaction.ts';

/** One log stream of one source, or a source that has sent nothing yet (its stream is null). */
export interface SourceActivity {
  /** The id that records carry: a source's, an ingest key's, or `system`. */
  sourceId: string;
  name: string;
  kind: string;
  logGroup: string | null;
  logStream: string | null;
  firstSeenAt: Date | null;
  lastReceivedAt: Date | null;
  lastEventAt: Date | null;
  lagMs: number | null;
  records: number;
  unparsed: number;
  masked: number;
  /** Records in each of the last 60 whole or running minutes, oldest first. */
  recordsPerMinute: number[];
}

export interface NewSource {
  kind: 'syslog' | 'http' | 'agent';
  name: string;
  addressRange?: string | null;
  certificateFingerprint?: string | null;
  logGroup: string;
  timeZone?: string | null;
  format?: string | null;
  encoding?: string | null;
}

export interface Sources {
  /** What sends and what should: most recently seen first, never seen first of all. */
  list(page?: { limit: number }): Promise<SourceActivity[]>;
  /** Makes the source, or changes the one of this name, confirmed by who provisions the installation. Answers its id. */
  put(source: NewSource): Promise<string>;
}

const listQuery = `
  WITH known AS (
    SELECT id::text AS source_id, name, kind, log_group FROM source WHERE tenant_id = $1 AND disabled_at IS NULL
    UNION ALL
    SELECT id::text, name, 'http', NULL FROM access_key
    WHERE tenant_id = $1 AND kind = 'ingest' AND revoked_at IS NULL
  ), listed AS (
    SELECT coalesce(s.source_id, k.source_id) AS source_id, coalesce(k.name, s.source_id) AS name,
           coalesce(s.kind, k.kind) AS kind, coalesce(s.log_group, k.log_group) AS log_group, s.name AS log_stream,
           s.first_seen_at, s.last_received_at, s.last_event_at, s.lag_ms, coalesce(s.records, 0) AS records,
           coalesce(s.unparsed, 0) AS unparsed, coalesce(s.masked, 0) AS masked
    FROM (SELECT * FROM log_stream WHERE tenant_id = $1) s FULL JOIN known k ON k.source_id = s.source_id
    ORDER BY s.last_received_at DESC NULLS FIRST, name, log_group, log_stream
    LIMIT $2
  )
  SELECT l.source_id AS "sourceId", l.name, l.kind, l.log_group AS "logGroup", l.log_stream AS "logStream",
         l.first_seen_at AS "firstSeenAt", l.last_received_at AS "lastReceivedAt", l.last_event_at AS "lastEventAt",
         l.lag_ms AS "lagMs", l.records, l.unparsed, l.masked,
         coalesce(m.minutes, '[]'::json) AS minutes
  FROM listed l LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(
             (extract(epoch FROM date_trunc('minute', akashi_now(), 'UTC') - minute) / 60)::int, records)) AS minutes
    FROM log_stream_minute
    WHERE tenant_id = $1 AND log_group = l.log_group AND log_stream = l.log_stream AND source_id = l.source_id
      AND minute > akashi_now() - interval '60 minutes'
  ) m ON true
  ORDER BY l.last_received_at DESC NULLS FIRST, l.name, l.log_group, l.log_stream`;

const minutesShown = 60;

function spreadMinutes(counted: readonly [minutesAgo: number, records: number][]): number[] {
  const minutes = Array.from({ length: minutesShown }, () => 0);
  for (const [minutesAgo, records] of counted) {
    const place = minutesShown - 1 - minutesAgo;
    if (place >= 0 && place < minutesShown) minutes[place] = records;
  }
  return minutes;
}

export function sources(run: RunSql, runPrisma: RunPrisma, tenantId: string): Sources {
  return {
    list: (page) =>
      run(async (client) => {
        const { rows } = await client.query<SourceActivity & { minutes: [number, number][] }>(listQuery, [
          tenantId,
          page?.limit ?? 1000,
        ]);
        return rows.map(({ minutes, ...row }) => ({ ...row, recordsPerMinute: spreadMinutes(minutes) }));
      }),
    put: (source) =>
      runPrisma(async (client) => {
        const confirmed = { confirmedAt: await momentOf(client), confirmedBy: 'provisioning' };
        const row = await client.source.upsert({
          where: { tenantId_name: { tenantId, name: source.name } },
          create: { ...source, ...confirmed, id: randomUUID(), tenantId },
          update: { ...source, ...confirmed, disabledAt: null },
        });
        return row.id;
      }),
  };
}
