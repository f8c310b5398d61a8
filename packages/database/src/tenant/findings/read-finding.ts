import type { PoolClient } from 'pg';
import {
  findingColumns,
  findingTables,
  type PinnedLine,
  type StoredFinding,
  type StoredFindingNote,
  type WholeFinding,
} from './stored-finding.ts';

/** A finding with its lines (by time) and notes; null where there is none. */
export async function readFinding(
  client: PoolClient,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<WholeFinding | null> {
  const found = await client.query<StoredFinding>(
    `SELECT ${findingColumns} FROM ${findingTables} WHERE f.tenant_id = $1 AND f.id = $2`,
    [tenantId, id],
  );
  const finding = found.rows[0];
  if (finding === undefined) return null;
  const lines = await client.query<PinnedLine>(
    `SELECT event_id AS "eventId", record_sha256 AS "recordSha256", time, log_group AS "logGroup", log_stream AS "logStream"
     FROM finding_line WHERE tenant_id = $1 AND finding_id = $2 ORDER BY time, event_id`,
    [tenantId, id],
  );
  const notes = await client.query<StoredFindingNote>(
    `SELECT id, number, kind, by_id AS "byId", by_name AS "byName", at, text, changes
     FROM finding_note WHERE tenant_id = $1 AND finding_id = $2 ORDER BY number`,
    [tenantId, id],
  );
  return { finding, lines: lines.rows, notes: notes.rows };
}

/** Those of a day's review, by their numbers. */
export async function readFindings(
  client: PoolClient,
  { tenantId, day }: { tenantId: string; day: string },
): Promise<StoredFinding[]> {
  const { rows } = await client.query<StoredFinding>(
    `SELECT ${findingColumns} FROM ${findingTables} WHERE f.tenant_id = $1 AND f.review_day = $2 ORDER BY f.number`,
    [tenantId, day],
  );
  return rows;
}
