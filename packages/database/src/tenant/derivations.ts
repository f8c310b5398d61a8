import { retentionFloors } from '@akashi/policy';
import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import { daysOfGroups } from './days-of-groups.ts';

/** One distinct way in which documents were derived, under the digest of its canonical text. */
export interface NotedDerivation {
  id: string;
  catalogueVersion: number;
  settings: Readonly<Record<string, unknown>>;
}

/** What is kept of a segment's documents exactly as they were written to the index. */
export interface NotedDocuments {
  derivationId: string;
  sha256: Buffer;
  marks: Buffer;
}

/** With what the documents of a segment are made, and for how many days they stay online. */
export interface BegunDocuments {
  derivation: NotedDerivation;
  onlineDays: number;
}

export interface Derivations {
  get(id: string): Promise<NotedDerivation | null>;
  /** What the documents of a segment were derived with; null when nothing was noted of them. */
  ofSegment(segmentId: string): Promise<NotedDerivation | null>;
  /** Indexed records by how their documents were derived; null stands for documents of which nothing was noted. */
  countRecords(now: Date): Promise<{ id: string | null; records: number }[]>;
  /**
   * Marks documents that are to be made again, newest segments first: those of another derivation than the one named, or all
   * of them. Nothing is expected of them until they are. Answers how many segments there were.
   */
  markForRemaking(wanted: { otherThan: string; limit: number; now: Date } | 'all'): Promise<number>;
  /**
   * Notes with what the segment's documents are being derived and how long they stay online, and answers with what: another
   * attempt before this one may have begun to write, and its documents stay.
   */
  begin(segmentId: string, derivation: NotedDerivation): Promise<BegunDocuments>;
}

const columns = 'id, catalogue_version AS "catalogueVersion", settings';

/** Documents past their days online are not made again: they are about to go. */
const online = 'landing_segment AS s';
const isOnline = (now: string): string => `s.accepted_at >= ${now}::timestamptz - s.online_days * interval '1 day'`;

/**
 * Generation 0: documents that may still be there are to be taken out before new ones are written. What is not indexed yet
 * has none.
 */
export const forgetDocuments =
  'indexed_generation = 0, derivation_id = NULL, documents_sha256 = NULL, document_marks = NULL';
const mark = `UPDATE landing_segment SET ${forgetDocuments}`;

/** As the policy has it that the segment came under. */
const daysOfPolicy = `
  SELECT p.online_days FROM retention_policy AS p WHERE p.tenant_id = s.tenant_id AND p.name = s.retention_policy`;
/** Of a policy that the ledger has lost: PCI DSS 10.5.1. */
const floorDays = retentionFloors.onlineDays;

async function find(client: PoolClient, tenantId: string, id: string): Promise<NotedDerivation | null> {
  const { rows } = await client.query<NotedDerivation>(
    `SELECT ${columns} FROM derivation WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}

async function note(client: PoolClient, tenantId: string, derivation: NotedDerivation): Promise<void> {
  const { id, catalogueVersion, settings } = derivation;
  await client.query(
    `INSERT INTO derivation (tenant_id, id, catalogue_version, settings) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [tenantId, id, catalogueVersion, JSON.stringify(settings)],
  );
}

export function derivations(run: RunSql, tenantId: string): Derivations {
  return {
    get: (id) => run((client) => find(client, tenantId, id)),
    ofSegment: (segmentId) =>
      run(async (client) => {
        const { rows } = await client.query<NotedDerivation>(
          `SELECT d.id, d.catalogue_version AS "catalogueVersion", d.settings
           FROM landing_segment AS s JOIN derivation AS d ON d.tenant_id = s.tenant_id AND d.id = s.derivation_id
           WHERE s.tenant_id = $1 AND s.segment_id = $2 AND s.documents_sha256 IS NOT NULL`,
          [tenantId, segmentId],
        );
        return rows[0] ?? null;
      }),
    countRecords: (now) =>
      run(async (client) => {
        const { rows } = await client.query<{ id: string | null; records: number }>(
          `SELECT CASE WHEN s.documents_sha256 IS NOT NULL THEN s.derivation_id END AS id,
                  sum(s.records)::bigint AS records
           FROM ${online} WHERE s.tenant_id = $1 AND s.indexed_at IS NOT NULL AND ${isOnline('$2')} GROUP BY 1`,
          [tenantId, now],
        );
        return rows;
      }),
    markForRemaking: (wanted) =>
      run(async (client) => {
        const { rowCount } =
          wanted === 'all'
            ? await client.query(`${mark} WHERE tenant_id = $1 AND sealed_at IS NOT NULL AND indexed_at IS NOT NULL`, [
                tenantId,
              ])
            : await client.query(
                `${mark} WHERE tenant_id = $1 AND segment_id = ANY (ARRAY(
                   SELECT s.segment_id FROM ${online}
                   WHERE s.tenant_id = $1 AND s.sealed_at IS NOT NULL AND s.indexed_at IS NOT NULL
                     AND s.indexed_generation > 0 AND ${isOnline('$4')}
                     AND (s.derivation_id IS DISTINCT FROM $2 OR s.documents_sha256 IS NULL)
                   ORDER BY s.segment_id DESC LIMIT $3))`,
                [tenantId, wanted.otherThan, wanted.limit, wanted.now],
              );
        return rowCount ?? 0;
      }),
    begin: (segmentId, derivation) =>
      run(async (client) => {
        await note(client, tenantId, derivation);
        const { rows } = await client.query<{ id: string; onlineDays: number | null }>(
          `UPDATE landing_segment AS s SET derivation_id = coalesce(s.derivation_id, $3),
             online_days = coalesce(s.online_days, greatest((${daysOfPolicy}), (${daysOfGroups})))
           WHERE s.tenant_id = $1 AND s.segment_id = $2
           RETURNING s.derivation_id AS id, s.online_days AS "onlineDays"`,
          [tenantId, segmentId, derivation.id],
        );
        const [begun] = rows;
        const onlineDays = begun?.onlineDays ?? floorDays;
        if (begun === undefined || begun.id === derivation.id) return { derivation, onlineDays };
        return { derivation: (await find(client, tenantId, begun.id)) ?? derivation, onlineDays };
      }),
  };
}

/** In the transaction that marks the segment indexed: from here on its documents are what verification expects. */
export async function noteDocuments(
  client: PoolClient,
  tenantId: string,
  noted: { segmentId: string; generation: number; onlineDays: number; documents: NotedDocuments | null },
): Promise<void> {
  const { segmentId, generation, onlineDays, documents } = noted;
  await client.query(
    `UPDATE landing_segment AS s
     SET derivation_id = coalesce($3, s.derivation_id), documents_sha256 = $4, document_marks = $5,
       online_days = w.days,
       -- Raised meanwhile: they are in the streams of fewer days, and made again.
       indexed_generation = CASE WHEN w.days = $7::int THEN $6::int ELSE 0 END
     FROM (SELECT greatest(coalesce(s.online_days, $7::int), (${daysOfGroups})) AS days FROM landing_segment AS s
           WHERE s.tenant_id = $1 AND s.segment_id = $2) AS w
     WHERE s.tenant_id = $1 AND s.segment_id = $2`,
    [
      tenantId,
      segmentId,
      documents?.derivationId ?? null,
      documents?.sha256 ?? null,
      documents?.marks ?? null,
      generation,
      onlineDays,
    ],
  );
}
