import { tenantId } from '@akashi/policy';
import type { RunSql } from '../../scoped-transaction.ts';
import type { StreamName } from './rhythms.ts';

interface Counted {
  readonly records: number;
  readonly unparsed: number;
}

/** How a stream was parsed lately, within a quarter of an hour, and in the days before. */
export interface ParsingLook extends StreamName {
  readonly lately: Counted;
  readonly before: Counted;
}

/** How far the receive times of a stream are from its event times: positive where events come late. Milliseconds. */
export interface LagLook extends StreamName {
  /** Of the newest segment. */
  readonly lagMs: number;
  /** Of this hour's and the last one's segments. */
  readonly lowMs: number;
  readonly highMs: number;
  /** In how many of these two hours segments came. */
  readonly hours: number;
  /** Of the days before; null where nothing is known. */
  readonly formerLowMs: number | null;
  readonly formerHighMs: number | null;
}

/** Lines that nobody was told of yet. */
export interface UntoldCount extends StreamName {
  readonly hour: Date;
  readonly masked: number;
  readonly lost: number;
  readonly rules: readonly string[];
  /** As they are now, to be told as told. */
  readonly maskedNow: number;
  readonly lostNow: number;
}

export interface StreamLooks {
  /** Streams of which at least so many lines of the last two hours were not parsed, and at least this share. */
  parsing(wanted: { now: Date; leastUnparsed: number; leastShare: number }): Promise<ParsingLook[]>;
  /** Streams whose newest segment was off by more than this. */
  lags(wanted: { now: Date; beyondMs: number }): Promise<LagLook[]>;
  untold(wanted: { now: Date; limit: number }): Promise<UntoldCount[]>;
  markTold(told: readonly UntoldCount[]): Promise<void>;
  /** Removes hours that no rhythm is learned of any more; answers how many. */
  forgetBefore(before: Date, limit: number): Promise<number>;
}

const stream = (of: string): string =>
  `${of}.tenant_id AS "tenantId", ${of}.log_group AS "logGroup", ${of}.log_stream AS "logStream"`;
const isOf = (one: string, other: string): string =>
  `${one}.tenant_id = ${other}.tenant_id AND ${one}.log_group = ${other}.log_group AND ${one}.log_stream = ${other}.log_stream`;
const lateHours = `hour >= date_trunc('hour', $1::timestamptz, 'UTC') - interval '1 hour'`;
const formerHours = `h.hour < date_trunc('hour', $1::timestamptz, 'UTC') - interval '1 hour' AND h.hour >= $1::timestamptz - interval '7 days'`;

const parsingStatement = `
  WITH candidate AS (
    SELECT tenant_id, log_group, log_stream FROM log_stream_hour
    WHERE ${lateHours} AND log_group NOT LIKE 'akashi/%' AND unparsed > 0
    GROUP BY 1, 2, 3 HAVING sum(unparsed) >= $2 AND sum(unparsed) >= $3 * sum(records)
  )
  SELECT ${stream('c')}, m.records AS "lateRecords", m.unparsed AS "lateUnparsed", f.records, f.unparsed
  FROM candidate c
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(records), 0)::float8 AS records, coalesce(sum(unparsed), 0)::float8 AS unparsed
    FROM log_stream_minute m WHERE ${isOf('m', 'c')} AND m.minute > $1::timestamptz - interval '15 minutes') m
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(records), 0)::float8 AS records, coalesce(sum(unparsed), 0)::float8 AS unparsed
    FROM log_stream_hour h WHERE ${isOf('h', 'c')} AND ${formerHours}) f`;

const lagStatement = `
  WITH late AS (
    SELECT tenant_id, log_group, log_stream, min(lag_low_ms) AS low, max(lag_high_ms) AS high,
      count(DISTINCT hour)::int AS hours
    FROM log_stream_hour WHERE ${lateHours} AND log_group NOT LIKE 'akashi/%'
    GROUP BY 1, 2, 3 HAVING max(lag_high_ms) > $2 OR min(lag_low_ms) < -$2
  )
  SELECT ${stream('c')}, s.lag_ms::float8 AS "lagMs", c.low::float8 AS "lowMs", c.high::float8 AS "highMs",
         c.hours, f.low AS "formerLowMs", f.high AS "formerHighMs"
  FROM late c
  CROSS JOIN LATERAL (
    SELECT lag_ms FROM log_stream s
    WHERE s.tenant_id = c.tenant_id AND s.log_group = c.log_group AND s.name = c.log_stream
    ORDER BY last_received_at DESC LIMIT 1) s
  CROSS JOIN LATERAL (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY h.lag_low_ms) AS low,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY h.lag_high_ms) AS high
    FROM log_stream_hour h WHERE ${isOf('h', 'c')} AND ${formerHours}) f
  WHERE abs(s.lag_ms) > $2`;

/** What came before the watch was there, such as in a past that was made, is nobody's news. */
const untoldStatement = `
  SELECT ${stream('h')}, h.hour, (h.masked - h.told_masked)::float8 AS masked, (h.lost - h.told_lost)::float8 AS lost,
         coalesce(h.rules, '{}') AS rules, h.masked::float8 AS "maskedNow", h.lost::float8 AS "lostNow"
  FROM log_stream_hour h
  WHERE (h.masked > h.told_masked OR h.lost > h.told_lost) AND h.hour > $1::timestamptz - interval '1 day'
  ORDER BY h.hour LIMIT $2`;

const toldStatement = `
  UPDATE log_stream_hour h SET told_masked = greatest(h.told_masked, g."maskedNow"), told_lost = greatest(h.told_lost, g."lostNow")
  FROM json_to_recordset($1) AS g("tenantId" uuid, "logGroup" text, "logStream" text, hour timestamptz, "maskedNow" bigint, "lostNow" bigint)
  WHERE (h.tenant_id, h.log_group, h.log_stream, h.hour) = (g."tenantId", g."logGroup", g."logStream", g.hour)`;

export function streamLooks(run: RunSql): StreamLooks {
  return {
    parsing: ({ now, leastUnparsed, leastShare }) =>
      run(async (client) => {
        const { rows } = await client.query<StreamName & Counted & { lateRecords: number; lateUnparsed: number }>(
          parsingStatement,
          [now, leastUnparsed, leastShare],
        );
        return rows.map(({ lateRecords, lateUnparsed, records, unparsed, ...name }) => ({
          ...named(name),
          lately: { records: lateRecords, unparsed: lateUnparsed },
          before: { records, unparsed },
        }));
      }),
    lags: ({ now, beyondMs }) =>
      run(async (client) => {
        const { rows } = await client.query<LagLook>(lagStatement, [now, beyondMs]);
        return rows.map((row) => ({ ...row, ...named(row) }));
      }),
    untold: ({ now, limit }) =>
      run(async (client) => {
        const { rows } = await client.query<UntoldCount>(untoldStatement, [now, limit]);
        return rows.map((row) => ({ ...row, ...named(row) }));
      }),
    markTold: (told) =>
      run(async (client) => {
        if (told.length > 0) await client.query(toldStatement, [JSON.stringify(told)]);
      }),
    forgetBefore: (before, limit) =>
      run(async (client) => {
        const { rowCount } = await client.query(
          'DELETE FROM log_stream_hour WHERE ctid = ANY (ARRAY(SELECT ctid FROM log_stream_hour WHERE hour < $1 LIMIT $2))',
          [before, limit],
        );
        return rowCount ?? 0;
      }),
  };
}

function named({ tenantId: id, logGroup, logStream }: StreamName): StreamName {
  return { tenantId: tenantId(id), logGroup, logStream };
}
