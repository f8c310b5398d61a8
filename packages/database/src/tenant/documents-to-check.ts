import type { RunSql } from '../scoped-transaction.ts';

/** A landing segment as verification holds its documents against it. */
export interface DocumentsToCheck {
  segmentId: string;
  records: number;
  /** Null before its records are in a block. */
  block: number | null;
  firstLeaf: number;
  /** Null while its documents are on their way to the index; their shape comes with it. */
  indexedAt: Date | null;
  indexedGeneration: number | null;
  /** What was noted of the documents as they were written; null for those of an earlier version. */
  documents: { sha256: Buffer; marks: Buffer; derivationId: string | null } | null;
  /** Past the days that its documents stay online: they may have gone. */
  mayBeGone: boolean;
  /** A disposal lists its block: its documents and its records are on their way out. */
  isDisposed: boolean;
}

export interface DocumentsRange {
  /** Segments behind this id; from the first on when it is left out. */
  after?: string | undefined;
  limit: number;
  now: Date;
}

/** Segments of blocks that are gone are nobody's: a document that names one does not belong there. */
export interface DocumentsToCheckStore {
  /** In the order of their ids. */
  list(range: DocumentsRange): Promise<DocumentsToCheck[]>;
  find(segmentIds: readonly string[], now: Date): Promise<DocumentsToCheck[]>;
  /** Ids of the segments of blocks from `from` up to `to`, which is not among them. */
  ofBlocks(blocks: { from: number; to: number }): Promise<string[]>;
  /** The first block from `from` on with documents that are not all in the index, in today's shape. */
  firstWaitingBlock(wanted: { from: number; generation: number }): Promise<number | null>;
  /** Indexed records, for the measure of a pass. */
  countIndexed(): Promise<number>;
}

const columns = `
  s.segment_id AS "segmentId", s.records, s.block_number AS block, s.first_leaf AS "firstLeaf",
  s.indexed_at AS "indexedAt", s.indexed_generation AS "indexedGeneration", s.documents_sha256 AS sha256, s.document_marks AS marks,
  s.derivation_id AS "derivationId",
  coalesce(s.accepted_at < $2::timestamptz - s.online_days * interval '1 day', false) AS "mayBeGone",
  b.disposal_id IS NOT NULL AS "isDisposed"`;
const source = `
  landing_segment AS s LEFT JOIN block AS b ON b.tenant_id = s.tenant_id AND b.number = s.block_number`;

type Row = Omit<DocumentsToCheck, 'documents'> & {
  sha256: Buffer | null;
  marks: Buffer | null;
  derivationId: string | null;
};

function readRow({ sha256, marks, derivationId, ...rest }: Row): DocumentsToCheck {
  return { ...rest, documents: sha256 === null || marks === null ? null : { sha256, marks, derivationId } };
}

export function documentsToCheck(run: RunSql, tenantId: string): DocumentsToCheckStore {
  const select = (condition: string, values: unknown[]): Promise<DocumentsToCheck[]> =>
    run(async (client) => {
      const sql = `SELECT ${columns} FROM ${source} WHERE s.tenant_id = $1 AND b.removed_at IS NULL AND ${condition}`;
      return (await client.query<Row>(sql, [tenantId, ...values])).rows.map(readRow);
    });
  return {
    list: ({ after, limit, now }) =>
      select('s.segment_id > $3 ORDER BY s.segment_id LIMIT $4', [now, after ?? '', limit]),
    find: (segmentIds, now) => select('s.segment_id = ANY ($3) ORDER BY s.segment_id', [now, segmentIds]),
    ofBlocks: ({ from, to }) =>
      run(async (client) => {
        const { rows } = await client.query<{ segmentId: string }>(
          `SELECT segment_id AS "segmentId" FROM landing_segment
           WHERE tenant_id = $1 AND block_number >= $2 AND block_number < $3`,
          [tenantId, from, to],
        );
        return rows.map(({ segmentId }) => segmentId);
      }),
    firstWaitingBlock: ({ from, generation }) =>
      run(async (client) => {
        const { rows } = await client.query<{ block: number | null }>(
          `SELECT min(block_number) AS block FROM landing_segment
           WHERE tenant_id = $1 AND block_number >= $3 AND (indexed_at IS NULL OR indexed_generation <> $2)`,
          [tenantId, generation, from],
        );
        return rows[0]?.block ?? null;
      }),
    countIndexed: () =>
      run(async (client) => {
        const { rows } = await client.query<{ records: number }>(
          `SELECT coalesce(sum(records), 0)::bigint AS records FROM landing_segment
           WHERE tenant_id = $1 AND indexed_at IS NOT NULL`,
          [tenantId],
        );
        return rows[0]?.records ?? 0;
      }),
  };
}
