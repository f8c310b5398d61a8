import type { Block, TenantDatabase, VerificationFinding } from '@akashi/database';
import { decodeLogEntry, parseReplacementKey, type BlockHeader } from '@akashi/integrity';

type Comparison = readonly [column: string, same: boolean];

/** What one row says that its sealed entry does not: the names of the differing columns. */
export function differingColumns(row: Block, bytes: Uint8Array): string[] {
  const entry = decodeLogEntry(bytes);
  if (!entry.ok) return ['header'];
  const comparisons: Comparison[] = [
    ['header', row.header === Buffer.from(bytes).toString('utf8')],
    ['object_key', originalKey(row.objectKey) === entry.objectKey],
    ['created_at', row.createdAt.getTime() === Math.floor(entry.createdUs / 1000)],
    ...(entry.kind === 'block' ? ofBlock(row, entry.header) : ofStatement(row)),
  ];
  return comparisons.flatMap(([column, same]) => (same ? [] : [column]));
}

/** What took a block's place is held against its tombstone where the block is checked. */
function originalKey(key: string | null): string | null {
  return key === null ? null : (parseReplacementKey(key)?.original ?? key);
}

function ofBlock(row: Block, header: BlockHeader): Comparison[] {
  return [
    // Since version 2 the segments stand in the body.
    ['segment_id', header.version === 2 || row.segmentId === header.segmentId],
    ['records', row.records === header.records],
    ['body_bytes', row.bodyBytes === header.bodyLength],
    ['root', row.root.equals(header.root)],
    ['body_sha256', row.bodySha256.equals(header.bodySha256)],
    ['first_received_us', row.firstReceivedUs === header.firstReceivedUs],
    ['last_received_us', row.lastReceivedUs === header.lastReceivedUs],
  ];
}

/** A statement has no body: its row says of it what a heartbeat's does. */
function ofStatement(row: Block): Comparison[] {
  return [
    ['segment_id', row.segmentId === null],
    ['records', row.records === 0],
    ['body_bytes', row.bodyBytes === 0],
    ['first_received_us', row.firstReceivedUs === null],
    ['last_received_us', row.lastReceivedUs === null],
  ];
}

/** What the ledger's row of one block says that its entry, already proven against the checkpoint, does not. */
export async function ledgerFindings(
  tenant: Pick<TenantDatabase, 'blocks'>,
  number: number,
  entry: Uint8Array,
): Promise<VerificationFinding[]> {
  const row = await tenant.blocks.get(number);
  if (row === null) return [{ code: 'ledger-block-missing', where: `block ${number}`, block: number }];
  return differingColumns(row, entry).map((column) => ({
    code: 'ledger-block-altered',
    where: `block ${number} ${column}`,
    block: number,
  }));
}

/** A row beyond the log's head was put there by hand. */
export async function unsealedRow(tenant: Pick<TenantDatabase, 'blocks' | 'log'>): Promise<VerificationFinding[]> {
  // The newest row first, then the head: both grow in one commit.
  const [newest] = await tenant.blocks.list({ limit: 1 });
  const head = await tenant.log.get();
  if (newest === undefined || newest.number < head.size) return [];
  return [{ code: 'ledger-block-unsealed', where: `block ${newest.number}`, block: newest.number }];
}
