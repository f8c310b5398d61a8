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
  countRecords(): Promise<{ id: string | null; records: number }[]>;
  /**
   * Notes with what the segment's documents are being derived, and answers with what: another attempt before this one may
   * have begun to write, and its documents stay.
   */
  begin(segmentId: string, derivation: NotedDerivation): Promise<NotedDerivation>;
}

const columns = 'id, catalogue_version AS "catalogueVersion", settings';

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
    countRecords: () =>
      run(async (client) => {
        const { rows } = await client.query<{ id: string | null; records: number }>(
          `SELECT CASE WHEN documents_sha256 IS NOT NULL THEN derivation_id END AS id, sum(records)::bigint AS records
           FROM landing_segment WHERE tenant_id = $1 AND indexed_at IS NOT NULL GROUP BY 1`,
          [tenantId],
        );
        return rows;
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
