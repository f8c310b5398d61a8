import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';

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
   * Notes with what the segment's documents are being derived, and answers with what: another attempt before this one may
   * have begun to write, and its documents stay.
   */
  begin(segmentId: string, derivation: NotedDerivation): Promise<NotedDerivation>;
}

const columns = 'id, catalogue_version AS "catalogueVersion", settings';

/** Documents past their days online are not made again: they are about to go. */
const online = `
  landing_segment AS s
  LEFT JOIN retention_policy AS p ON p.tenant_id = s.tenant_id AND p.name = s.retention_policy`;
const isOnline = (now: string): string =>
  `s.accepted_at >= ${now}::timestamptz - coalesce(p.online_days, 90) * interval '1 day'`;

/** Generation 0: documents that may still be there are to be taken out before new ones are written. */
const mark = `
  UPDATE landing_segment
  SET indexed_generation = 0, derivation_id = NULL, documents_sha256 = NULL, document_marks = NULL`;

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
        const { rows } = await client.query<{ id: string }>(
          `UPDATE landing_segment SET derivation_id = coalesce(derivation_id, $3)
           WHERE tenant_id = $1 AND segment_id = $2 RETURNING derivation_id AS id`,
          [tenantId, segmentId, derivation.id],
        );
        const begun = rows[0]?.id ?? derivation.id;
        if (begun === derivation.id) return derivation;
        return (await find(client, tenantId, begun)) ?? derivation;
      }),
  };
}

/** In the transaction that marks the segment indexed: from here on its documents are what verification expects. */
export async function noteDocuments(
  client: PoolClient,
  tenantId: string,
  noted: { segmentId: string; generation: number; documents: NotedDocuments | null },
): Promise<void> {
  const { segmentId, generation, documents } = noted;
  await client.query(
    `UPDATE landing_segment SET derivation_id = coalesce($3, derivation_id), documents_sha256 = $4, document_marks = $5,
       indexed_generation = $6
     WHERE tenant_id = $1 AND segment_id = $2`,
    [
      tenantId,
      segmentId,
      documents?.derivationId ?? null,
      documents?.sha256 ?? null,
      documents?.marks ?? null,
      generation,
    ],
  );
}
