import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { noteDocuments, type NotedDocuments } from './derivations.ts';
import { learnAgain, type NewFact } from './learned-facts.ts';
import { noteTimeFacts, type NewTimeFact } from './host-times.ts';
import { noteMatches, type SegmentMatching } from './rules/note-matches.ts';

/** What one landing segment added to one log stream of one source. */
export interface StreamCounts {
  logGroup: string;
  logStream: string;
  sourceId: string;
  kind: string;
  records: number;
  unparsed: number;
  masked: number;
  firstEventUs: number;
  lastEventUs: number;
  lastReceivedUs: number;
  /** How far the receive time ran behind the event time, in milliseconds: the median of the segment. */
  lagMs: number;
  /** Lines that say that lines are missing. */
  lost: number;
  /** Rules of masking that found something. */
  rules: readonly string[];
}

export interface QuarantinedRecord {
  position: number;
  step: string;
  reason: string;
}

export interface FinishedSegment {
  segmentId: string;
  /** The shape of the documents that were written. */
  generation: number;
  /** The class of streams that they were written to. */
  onlineDays: number;
  streams: readonly StreamCounts[];
  quarantined: readonly QuarantinedRecord[];
  /** What its events say of leases and sessions; in the place of what was learned of it before. */
  learned: readonly NewFact[];
  /** What its events matched of the organisation's rules; noted the first time only. Left out: nothing was looked for. */
  matching?: SegmentMatching | undefined;
  /** What its lines say of clocks; noted the first time only. Left out: nothing was looked for. */
  timeFacts?: readonly NewTimeFact[] | undefined;
  /** Null when attempts with different derivations may have written some of the documents each. */
  documents: NotedDocuments | null;
}

const at = (column: string): string => `to_timestamp(max(${column}) / 1000000.0)`;

const given = `
  json_to_recordset($2) AS s("logGroup" text, "logStream" text, "sourceId" text, kind text, records bigint,
    unparsed bigint, masked bigint, "lastEventUs" bigint, "lastReceivedUs" bigint, "lagMs" bigint,
    lost bigint, rules text[])`;

const counts = 'sum(records)::bigint, sum(unparsed)::bigint, sum(masked)::bigint';

const addCounts = (table: string): string =>
  ['records', 'unparsed', 'masked'].map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');

const newest = (table: string): string =>
  `last_received_at = greatest(${table}.last_received_at, excluded.last_received_at),
   last_event_at = greatest(${table}.last_event_at, excluded.last_event_at)`;

// Each statement takes its rows in key order, so that two segments of one tenant never wait for each other crosswise.
const upserts = [
  `INSERT INTO log_group (tenant_id, name, last_received_at, last_event_at, records, unparsed, masked)
   SELECT $1, "logGroup", ${at('"lastReceivedUs"')}, ${at('"lastEventUs"')}, ${counts} FROM ${given}
   GROUP BY "logGroup" ORDER BY "logGroup"
   ON CONFLICT (tenant_id, name) DO UPDATE SET ${addCounts('log_group')}, ${newest('log_group')}`,
  `INSERT INTO log_stream (tenant_id, log_group, name, source_id, kind, last_received_at, last_event_at, lag_ms,
     records, unparsed, masked)
   SELECT $1, "logGroup", "logStream", "sourceId", max(kind), ${at('"lastReceivedUs"')}, ${at('"lastEventUs"')},
     max("lagMs"), ${counts} FROM ${given}
   GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
   ON CONFLICT (tenant_id, log_group, name, source_id)
   DO UPDATE SET ${addCounts('log_stream')}, ${newest('log_stream')}, kind = excluded.kind, lag_ms = excluded.lag_ms`,
  `INSERT INTO log_stream_minute (tenant_id, log_group, log_stream, source_id, minute, records, unparsed, masked)
   SELECT $1, "logGroup", "logStream", "sourceId",
     date_trunc('minute', to_timestamp("lastReceivedUs" / 1000000.0), 'UTC'), ${counts} FROM ${given}
   GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5
   ON CONFLICT (tenant_id, log_group, log_stream, source_id, minute) DO UPDATE SET ${addCounts('log_stream_minute')}`,
  `INSERT INTO log_stream_hour AS h (tenant_id, log_group, log_stream, hour, marks, records, unparsed, masked, lost, rules,
     lag_low_ms, lag_high_ms)
   SELECT $1, s."logGroup", s."logStream", date_trunc('hour', r.at, 'UTC'),
     bit_or(1 << (extract(minute FROM r.at AT TIME ZONE 'UTC')::int / 2)), ${counts}, sum(lost)::bigint,
     string_to_array(string_agg(nullif(array_to_string(rules, ','), ''), ','), ','),
     min("lagMs"), max("lagMs")
   FROM ${given} CROSS JOIN LATERAL (SELECT to_timestamp("lastReceivedUs" / 1000000.0) AS at) r
   GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
   ON CONFLICT (tenant_id, log_group, log_stream, hour) DO UPDATE SET marks = h.marks | excluded.marks,
     records = h.records + excluded.records, unparsed = h.unparsed + excluded.unparsed,
     masked = h.masked + excluded.masked, lost = h.lost + excluded.lost,
     rules = CASE WHEN excluded.rules IS NULL OR h.rules @> excluded.rules THEN h.rules
       ELSE ARRAY(SELECT DISTINCT unnest(h.rules || excluded.rules) ORDER BY 1) END,
     lag_low_ms = least(h.lag_low_ms, excluded.lag_low_ms), lag_high_ms = greatest(h.lag_high_ms, excluded.lag_high_ms)`,
];

/** Minutes are shown for the last hour only. A few at a time, and none that another segment is at. */
const forgetOldMinutes = `
  DELETE FROM log_stream_minute WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM log_stream_minute WHERE tenant_id = $1 AND minute < akashi_now() - interval '2 hours'
    LIMIT 1000 FOR UPDATE SKIP LOCKED))`;

/** The segment's `indexed_at` is the gate: the transaction that sets it is the only one that counts. */
export function finishIndexed(run: RunSql, tenantId: string, finished: FinishedSegment): Promise<{ counted: boolean }> {
  return run(async (client) => {
    const { segmentId, generation, onlineDays } = finished;
    const gate = await client.query(
      `UPDATE landing_segment
       SET indexed_at = akashi_now(), normalized_at = coalesce(normalized_at, akashi_now()), last_error_code = NULL
       WHERE tenant_id = $1 AND segment_id = $2 AND indexed_at IS NULL`,
      [tenantId, segmentId],
    );
    const counted = gate.rowCount === 1;
    if (counted) await addToCatalogue(client, tenantId, finished);
    if (counted && finished.matching !== undefined)
      await noteMatches(client, tenantId, { segmentId, ...finished.matching });
    if (counted) await noteTimeFacts(client, tenantId, { segmentId, facts: finished.timeFacts ?? [] });
    await learnAgain(client, tenantId, { segmentId, learned: finished.learned, isFirst: counted });
    await noteStrays(client, tenantId, finished);
    await noteDocuments(client, tenantId, { segmentId, generation, onlineDays, documents: finished.documents });
    return { counted };
  });
}

/** Records whose events lie within this time of their receipt are found by it. */
const strayUs = 86_400_000_000;

/** Notes when the events of a segment happened, where that is far from when they came. */
async function noteStrays(
  client: PoolClient,
  tenantId: string,
  { segmentId, streams }: FinishedSegment,
): Promise<void> {
  const areStrays = streams.some(
    ({ firstEventUs, lastEventUs, lastReceivedUs }) =>
      firstEventUs < lastReceivedUs - strayUs || lastEventUs > lastReceivedUs + strayUs,
  );
  const first = streams.reduce((least, { firstEventUs }) => Math.min(least, firstEventUs), Number.MAX_SAFE_INTEGER);
  const last = streams.reduce((most, { lastEventUs }) => Math.max(most, lastEventUs), Number.MIN_SAFE_INTEGER);
  await client.query(
    `UPDATE landing_segment SET stray_first_us = $3, stray_last_us = $4
     WHERE tenant_id = $1 AND segment_id = $2 AND (stray_first_us, stray_last_us) IS DISTINCT FROM ($3::bigint, $4::bigint)`,
    [tenantId, segmentId, areStrays ? first : null, areStrays ? last : null],
  );
}

async function addToCatalogue(client: PoolClient, tenantId: string, finished: FinishedSegment): Promise<void> {
  if (finished.streams.length > 0) {
    const streams = JSON.stringify(finished.streams);
    for (const upsert of upserts) await client.query(upsert, [tenantId, streams]);
    await client.query(forgetOldMinutes, [tenantId]);
  }
  if (finished.quarantined.length > 0) {
    await client.query(
      `INSERT INTO quarantined_record (tenant_id, segment_id, position, step, reason)
       SELECT $1, $3, position, step, reason FROM json_to_recordset($2) AS q(position int, step text, reason text)
       ON CONFLICT DO NOTHING`,
      [tenantId, JSON.stringify(finished.quarantined), finished.segmentId],
    );
  }
}
