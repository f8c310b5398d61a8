import type { RunSql } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface SourceValues {
  name: string;
  addressRange: string | null;
  certificateFingerprint: string | null;
  logGroup: string;
  timeZone: string | null;
  format: string | null;
  encoding: string | null;
}

/** A sender without a key, as it is set up. */
export interface SourceSettings extends SourceValues {
  id: string;
  kind: string;
  createdAt: Date;
  /** That address and certificate are the organisation's; nothing comes in before. */
  confirmedAt: Date | null;
  disabledAt: Date | null;
}

/** What has come from one source or key. */
export interface Arrival {
  firstSeenAt: Date | null;
  lastReceivedAt: Date | null;
  records: number;
  streams: { logGroup: string; logStream: string }[];
}

export interface SourceSettingsStore {
  list(): Promise<SourceSettings[]>;
  find(id: string): Promise<SourceSettings | null>;
  /** `beforeCommit` runs while no other source of any tenant can be made or changed. */
  create(
    source: SourceValues & { id: string; kind: string },
    beforeCommit: BeforeCommit,
  ): Promise<'created' | 'name-taken'>;
  change(id: string, values: SourceValues, beforeCommit: BeforeCommit): Promise<'changed' | 'not-found' | 'name-taken'>;
  setDisabled(id: string, disabled: boolean, beforeCommit: BeforeCommit): Promise<boolean>;
  arrival(sourceId: string): Promise<Arrival>;
}

const select = `
  SELECT id, kind, name, address_range AS "addressRange", certificate_fingerprint AS "certificateFingerprint",
         log_group AS "logGroup", time_zone AS "timeZone", format, encoding, created_at AS "createdAt", confirmed_at AS "confirmedAt", disabled_at AS "disabledAt"
  FROM source WHERE tenant_id = $1`;

/** Of the whole installation: two tenants must not have the same sender at the same moment. */
export const lockSenders = `SELECT pg_advisory_xact_lock(hashtext('akashi source bindings'))`;

/** What was confirmed is a sender, not a name: another one is confirmed anew. */
const sameSender = 'address_range IS NOT DISTINCT FROM $4 AND certificate_fingerprint IS NOT DISTINCT FROM $5';

const taken = 'SELECT FROM source WHERE tenant_id = $1 AND name = $2 AND id <> $3';

export function sourceSettings(run: RunSql, tenantId: string): SourceSettingsStore {
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<SourceSettings>(`${select} ORDER BY disabled_at IS NOT NULL, name`, [
          tenantId,
        ]);
        return rows;
      }),
    find: (id) =>
      run(async (client) => {
        const { rows } = await client.query<SourceSettings>(`${select} AND id = $2`, [tenantId, id]);
        return rows[0] ?? null;
      }),
    create: (source, beforeCommit) =>
      run(async (client) => {
        await client.query(lockSenders);
        if ((await client.query(taken, [tenantId, source.name, source.id])).rowCount !== 0) return 'name-taken';
        await beforeCommit();
        const { id, kind, name, addressRange, certificateFingerprint, logGroup, timeZone, format, encoding } = source;
        await client.query(
          `INSERT INTO source (tenant_id, id, kind, name, address_range, certificate_fingerprint, log_group, time_zone, format, encoding)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [tenantId, id, kind, name, addressRange, certificateFingerprint, logGroup, timeZone, format, encoding],
        );
        return 'created';
      }),
    change: (id, values, beforeCommit) =>
      run(async (client) => {
        await client.query(lockSenders);
        if ((await client.query(taken, [tenantId, values.name, id])).rowCount !== 0) return 'name-taken';
        const { name, addressRange, certificateFingerprint, logGroup, timeZone, format, encoding } = values;
        const { rowCount } = await client.query(
          `UPDATE source SET name = $3, address_range = $4, certificate_fingerprint = $5, log_group = $6, time_zone = $7,
             format = $8, encoding = $9, confirmed_at = CASE WHEN ${sameSender} THEN confirmed_at END,
             confirmed_by = CASE WHEN ${sameSender} THEN confirmed_by END
           WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, name, addressRange, certificateFingerprint, logGroup, timeZone, format, encoding],
        );
        if (rowCount === 0) return 'not-found';
        await beforeCommit();
        return 'changed';
      }),
    setDisabled: (id, disabled, beforeCommit) =>
      run(async (client) => {
        await client.query(lockSenders);
        const { rowCount } = await client.query(
          `UPDATE source SET disabled_at = CASE WHEN $3 THEN coalesce(disabled_at, akashi_now()) END WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, disabled],
        );
        if (rowCount === 0) return false;
        await beforeCommit();
        return true;
      }),
    arrival: (sourceId) =>
      run(async (client) => {
        const { rows } = await client.query<Arrival>(
          `SELECT min(first_seen_at) AS "firstSeenAt", max(last_received_at) AS "lastReceivedAt",
                  coalesce(sum(records), 0)::float8 AS records,
                  coalesce((array_agg(json_build_object('logGroup', log_group, 'logStream', name)
                             ORDER BY last_received_at DESC))[1:20], '{}') AS streams
           FROM log_stream WHERE tenant_id = $1 AND source_id = $2`,
          [tenantId, sourceId],
        );
        return rows[0] ?? { firstSeenAt: null, lastReceivedAt: null, records: 0, streams: [] };
      }),
  };
}
