import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';

/** What one event says of a lease or a session. Times are UTC milliseconds. */
export interface NewFact {
  readonly position: number;
  readonly kind: string;
  readonly timeMs: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly sourceId: string;
  /** By which facts of one machine are looked up, whatever its logs call it. */
  readonly machine: string;
  readonly host: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  readonly tty: string | null;
  readonly session: string | null;
  readonly loginId: string | null;
  readonly account: string | null;
  readonly origin: string | null;
  readonly mac: string | null;
  readonly address: string | null;
  readonly untilMs: number | null;
}

export interface StoredFact extends NewFact {
  readonly segmentId: string;
}

export interface FactsWanted {
  /** Both ends belong to it. */
  readonly from: Date;
  readonly to: Date;
  /** Sessions of these machines, and of streams of these names; all when left out. */
  readonly machines?: { readonly names: readonly string[]; readonly streams: readonly string[] };
  /** Leases of these addresses, and of the devices that had them; all when left out. */
  readonly addresses?: readonly string[];
  /** Without those that only later entries of the log teach, or none yet; all when left out. */
  readonly throughEntry?: number | undefined;
  readonly limit: number;
}

/** Facts come and go with the documents of their segments (`finishIndexed`); they are derived, and no evidence. */
export interface LearnedFacts {
  /** Sessions' facts, in no order. More than the limit are cut to one above it. */
  sessions(wanted: Omit<FactsWanted, 'addresses'>): Promise<StoredFact[]>;
  /** The same of leases. */
  leases(wanted: Omit<FactsWanted, 'machines'>): Promise<StoredFact[]>;
  /** Removes what is about a time before; answers how many. At most `limit`. */
  removeBefore(wanted: { readonly before: Date; readonly limit: number }): Promise<number>;
}

const shown = `
  segment_id AS "segmentId", position, kind, (extract(epoch FROM event_time) * 1000)::float8 AS "timeMs",
  log_group AS "logGroup", log_stream AS "logStream", source_id AS "sourceId", machine, host, program, pid, tty, session,
  login_id AS "loginId", account, origin, mac, address, (extract(epoch FROM until) * 1000)::float8 AS "untilMs"`;

const leaseKinds = `('lease', 'lease-end')`;

export function learnedFacts(run: RunSql, tenantId: string): LearnedFacts {
  const list = (conditions: string, values: readonly unknown[]): Promise<StoredFact[]> =>
    run(async (client) => {
      const { rows } = await client.query<StoredFact>(
        `SELECT ${shown} FROM learned_fact f
         WHERE tenant_id = $1 AND event_time BETWEEN $2 AND $3 AND ($5::bigint IS NULL OR NOT EXISTS (
           SELECT FROM landing_segment s WHERE s.tenant_id = f.tenant_id AND s.segment_id = f.segment_id::text
             AND (s.block_number IS NULL OR s.block_number > $5))) AND ${conditions} LIMIT $4`,
        [tenantId, ...values],
      );
      return rows;
    });
  return {
    sessions: ({ from, to, machines, throughEntry = null, limit }) => {
      const values = [from, to, limit + 1, throughEntry];
      if (machines === undefined) return list(`kind NOT IN ${leaseKinds}`, values);
      return list(`kind NOT IN ${leaseKinds} AND (machine = ANY ($6) OR log_stream = ANY ($7))`, [
        ...values,
        machines.names,
        machines.streams,
      ]);
    },
    leases: ({ from, to, addresses, throughEntry = null, limit }) => {
      const values = [from, to, limit + 1, throughEntry];
      if (addresses === undefined) return list(`kind IN ${leaseKinds}`, values);
      return list(
        `kind IN ${leaseKinds} AND (address = ANY ($6) OR mac IN (
           SELECT mac FROM learned_fact
           WHERE tenant_id = $1 AND event_time BETWEEN $2 AND $3 AND kind = 'lease' AND address = ANY ($6)))`,
        [...values, addresses],
      );
    },
    removeBefore: ({ before, limit }) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          `DELETE FROM learned_fact WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM learned_fact WHERE tenant_id = $1 AND event_time < $2 LIMIT $3))`,
          [tenantId, before, limit],
        );
        return rowCount ?? 0;
      }),
  };
}

export interface SegmentLearned {
  readonly segmentId: string;
  readonly learned: readonly NewFact[];
  /** Nothing has been learned of the segment before. */
  readonly isFirst: boolean;
}

/** Puts what a segment teaches in the place of what was learned of it before. */
export async function learnAgain(client: PoolClient, tenantId: string, segment: SegmentLearned): Promise<void> {
  const { segmentId, learned, isFirst } = segment;
  if (!isFirst)
    await client.query('DELETE FROM learned_fact WHERE tenant_id = $1 AND segment_id = $2', [tenantId, segmentId]);
  if (learned.length === 0) return;
  await client.query(
    `INSERT INTO learned_fact (tenant_id, segment_id, position, kind, event_time, log_group, log_stream, source_id, machine,
       host, program, pid, tty, session, login_id, account, origin, mac, address, until)
     SELECT $1, $2, position, kind, to_timestamp("timeMs" / 1000.0), "logGroup", "logStream", "sourceId", machine, host,
       program, pid, tty, session, "loginId", account, origin, mac, address, to_timestamp("untilMs" / 1000.0)
     FROM json_to_recordset($3) AS f(position int, kind text, "timeMs" float8, "logGroup" text, "logStream" text,
       "sourceId" text, machine text, host text, program text, pid int, tty text, session text, "loginId" text, account text,
       origin text, mac text, address text, "untilMs" float8)
     ON CONFLICT DO NOTHING`,
    [tenantId, segmentId, JSON.stringify(learned)],
  );
}
