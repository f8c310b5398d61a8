import type { RhythmBasis } from '@akashi/policy';
import type { RunSql } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

/** What somebody set in the place of what was learned. */
export interface StoredSilenceLimit {
  readonly logGroup: string;
  /** Null: of all streams of the group. */
  readonly logStream: string | null;
  readonly kind: 'minutes' | 'retired';
  readonly minutes: number | null;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Date;
}

/** One stream as its silence is watched. */
export interface WatchedStream {
  readonly logGroup: string;
  readonly logStream: string;
  readonly basis: RhythmBasis;
  readonly learnedAt: Date | null;
  readonly lastReceivedAt: Date | null;
  /** When it is silent if nothing comes; null where nothing is expected. */
  readonly silentAt: Date | null;
}

export interface SilenceLimits {
  list(): Promise<StoredSilenceLimit[]>;
  put(limit: StoredSilenceLimit, beforeCommit: BeforeCommit): Promise<void>;
  /** What was learned holds again. False where nothing was set. */
  remove(
    of: Pick<StoredSilenceLimit, 'logGroup' | 'logStream'> & { readonly at: Date },
    beforeCommit: BeforeCommit,
  ): Promise<boolean>;
  /** Silent ones first, then by name. More than the limit are cut. */
  streams(page: { limit: number }): Promise<WatchedStream[]>;
}

/** The worker goes by it with its next look. */
const learnNow = `
  UPDATE log_stream_rhythm SET learn_at = $4
  WHERE tenant_id = $1 AND log_group = $2 AND ($3 = '' OR log_stream = $3)`;

const streamsQuery = `
  SELECT r.log_group AS "logGroup", r.log_stream AS "logStream", r.basis, r.learned_at AS "learnedAt",
         r.silent_at AS "silentAt",
         (SELECT max(s.last_received_at) FROM log_stream s
          WHERE s.tenant_id = $1 AND s.log_group = r.log_group AND s.name = r.log_stream) AS "lastReceivedAt"
  FROM log_stream_rhythm r WHERE r.tenant_id = $1
  ORDER BY r.silent_at NULLS LAST, r.log_group, r.log_stream LIMIT $2`;

export function silenceLimits(run: RunSql, tenantId: string): SilenceLimits {
  return {
    list: () =>
      run(async (client) => {
        const { rows } = await client.query<StoredSilenceLimit>(
          `SELECT log_group AS "logGroup", nullif(log_stream, '') AS "logStream", kind, minutes, reason,
                  set_by AS "setBy", set_at AS "setAt"
           FROM silence_limit WHERE tenant_id = $1 ORDER BY log_group, log_stream`,
          [tenantId],
        );
        return rows;
      }),
    put: ({ logGroup, logStream, kind, minutes, reason, setBy, setAt }, beforeCommit) =>
      run(async (client) => {
        await client.query(
          `INSERT INTO silence_limit (tenant_id, log_group, log_stream, kind, minutes, reason, set_by, set_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (tenant_id, log_group, log_stream) DO UPDATE SET kind = excluded.kind, minutes = excluded.minutes,
             reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`,
          [tenantId, logGroup, logStream ?? '', kind, minutes, reason, setBy, setAt],
        );
        await client.query(learnNow, [tenantId, logGroup, logStream ?? '', setAt]);
        await beforeCommit();
      }),
    remove: ({ logGroup, logStream, at }, beforeCommit) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'DELETE FROM silence_limit WHERE tenant_id = $1 AND log_group = $2 AND log_stream = $3',
          [tenantId, logGroup, logStream ?? ''],
        );
        if (rowCount === 0) return false;
        await client.query(learnNow, [tenantId, logGroup, logStream ?? '', at]);
        await beforeCommit();
        return true;
      }),
    streams: ({ limit }) =>
      run(async (client) => {
        const { rows } = await client.query<WatchedStream>(streamsQuery, [tenantId, limit]);
        return rows;
      }),
  };
}
