import { blockKey, encodeBlockHeader, encodeStatement, type BlockHeaderV1 } from '@akashi/integrity';
import type { Block } from '@akashi/database';
import { describe, expect, it } from 'vitest';
import { differingColumns } from './compare-ledger.ts';

const header: BlockHeaderV1 = {
  version: 1,
  tenantId: '018f3c1e-0000-7000-8000-000000000001',
  block: 7,
  segmentId: '018f3c1e-0000-7000-8000-0000000000aa',
  records: 3,
  firstReceivedUs: 1_790_000_000_000_001,
  lastReceivedUs: 1_790_000_000_500_000,
  createdUs: 1_790_000_001_000_000,
  root: Buffer.alloc(32, 1),
  bodySha256: Buffer.alloc(32, 2),
  bodyLength: 512,
  dataKeyId: 'data-0001',
  maskingVersion: 'mask-1',
};
const entry = encodeBlockHeader(header);

const row: Block = {
  number: 7,
  segmentId: header.segmentId,
  objectKey: blockKey(7, header.createdUs),
  header: entry.toString('utf8'),
  records: 3,
  bodyBytes: 512,
  root: Buffer.alloc(32, 1),
  bodySha256: Buffer.alloc(32, 2),
  firstReceivedUs: header.firstReceivedUs,
  lastReceivedUs: header.lastReceivedUs,
  createdAt: new Date(1_790_000_001_000),
  sealedAt: new Date(),
  removedAt: null,
  disposalId: null,
};

const statement = encodeStatement({
  tenantId: header.tenantId,
  entry: 7,
  kind: 'disposal',
  createdUs: header.createdUs,
  content: { count: 1 },
});
const statementRow: Block = {
  ...row,
  segmentId: null,
  objectKey: null,
  header: statement.toString('utf8'),
  records: 0,
  bodyBytes: 0,
  firstReceivedUs: null,
  lastReceivedUs: null,
};

describe('differingColumns', () => {
  it('finds nothing in the row that sealing wrote', () => {
    expect(differingColumns(row, entry)).toEqual([]);
  });

  const alterations: [column: string, altered: Partial<Block>][] = [
    ['header', { header: `${row.header} ` }],
    ['segment_id', { segmentId: null }],
    ['object_key', { objectKey: 'blocks/2026/01/01/000000000007.akb' }],
    ['records', { records: 2 }],
    ['body_bytes', { bodyBytes: 511 }],
    ['root', { root: Buffer.alloc(32, 9) }],
    ['body_sha256', { bodySha256: Buffer.alloc(32, 9) }],
    ['first_received_us', { firstReceivedUs: null }],
    ['last_received_us', { lastReceivedUs: 1 }],
    ['created_at', { createdAt: new Date(0) }],
  ];
  it.each(alterations)('names %s when it was altered', (column, altered) => {
    expect(differingColumns({ ...row, ...altered }, entry)).toEqual([column]);
  });

  it('finds nothing in the row of a statement, and names what makes it a block', () => {
    expect(differingColumns(statementRow, statement)).toEqual([]);
    expect(differingColumns({ ...row, header: statementRow.header }, statement)).toEqual([
      'object_key',
      'segment_id',
      'records',
      'body_bytes',
      'first_received_us',
      'last_received_us',
    ]);
  });
});
