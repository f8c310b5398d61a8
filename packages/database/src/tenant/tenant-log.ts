import type { PoolClient } from 'pg';
import type { RunSql } from '../scoped-transaction.ts';
import type { NewBlock } from './blocks.ts';
import { keyDestructionNoting, type KeyDestructionNoting } from './keeping/key-destruction.ts';
import { disposalNoting, type DisposalNoting } from './keeping/disposals.ts';
import { tombstoneNoting, type TombstoneNoting } from './keeping/tombstones.ts';
import { segmentSealing, type SegmentSealing } from './seal-segments.ts';

/** The head of the tenant's append-only log. */
export interface LogHead {
  /** The checkpoint's origin line. */
  origin: string;
  size: number;
  /** Null while the log is empty. */
  root: Buffer | null;
  /** The signed note of the newest checkpoint. */
  checkpoint: string | null;
}

/** What may be done while the log's one write lock is held; nothing of it counts until the lock is given back. */
export interface SealTransaction
  extends LogHead, SegmentSealing, DisposalNoting, KeyDestructionNoting, TombstoneNoting {
  /** Inserting the same block again is nothing; another block under a number or segment that is taken throws. */
  insertBlock(block: NewBlock): Promise<void>;
  advance(head: { size: number; root: Buffer; checkpoint: string }): Promise<void>;
  newestStatement(kind: string): Promise<SealedStatement | null>;
}

/** A statement as the ledger has it. */
export interface SealedStatement {
  readonly entry: number;
  readonly text: string;
  readonly createdAt: Date;
}

export interface TenantLog {
  get(): Promise<LogHead>;
  /** The newest statement of a kind; null when the log has none. */
  newestStatement(kind: string): Promise<SealedStatement | null>;
  /** Numbers of every statement of a kind, ascending. */
  statements(kind: string): Promise<number[]>;
  /**
   * Runs `seal` as the only writer of this tenant's log, across processes, and answers after the commit. The lock is a
   * row lock: it ends with the process that holds it.
   */
  withSealLock<T>(seal: (transaction: SealTransaction) => Promise<T>): Promise<T>;
}

/** The ledger says something else than what is to be written: nobody may go on by overwriting. */
export class LogConflictError extends Error {
  readonly code = 'log-conflict';
  constructor(what: string) {
    super(`the ledger already holds another ${what}`);
    this.name = 'LogConflictError';
  }
}

const headColumns = 'origin, size, root, checkpoint';

async function readHead(client: PoolClient, tenantId: string, lock: '' | 'FOR UPDATE'): Promise<LogHead> {
  const sql = `SELECT ${headColumns} FROM tenant_log WHERE tenant_id = $1 ${lock}`;
  const { rows } = await client.query<LogHead>(sql, [tenantId]);
  const head = rows[0];
  if (head === undefined) throw new LogConflictError('state: this tenant has no log');
  return head;
}

async function insertBlock(client: PoolClient, tenantId: string, block: NewBlock): Promise<void> {
  const { rowCount } = await client.query(
    `WITH added AS (
       INSERT INTO block (tenant_id, number, segment_id, object_key, header, records, body_bytes, root, body_sha256,
         first_received_us, last_received_us, created_at, kept_until, archive_kept_until)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, until, until
       FROM (SELECT CASE WHEN $4::text IS NOT NULL THEN header_keep_until($5) END AS until) header ON CONFLICT DO NOTHING RETURNING body_bytes)
     UPDATE tenant_log SET stored_bytes = stored_bytes + added.body_bytes FROM added WHERE tenant_id = $1`,
    [
      tenantId,
      block.number,
      block.segmentId,
      block.objectKey,
      block.header,
      block.records,
      block.bodyBytes,
      block.root,
      block.bodySha256,
      block.firstReceivedUs,
      block.lastReceivedUs,
      block.createdAt,
    ],
  );
  if (rowCount === 1) return;
  const { rows } = await client.query<{ header: string }>(
    'SELECT header FROM block WHERE tenant_id = $1 AND number = $2',
    [tenantId, block.number],
  );
  if (rows[0]?.header !== block.header) throw new LogConflictError('block under this number or segment');
}

/** Of the tenant ($1) and of a kind ($2). */
const isStatement = `tenant_id = $1 AND object_key IS NULL AND header LIKE E'akashi statement v1\\n%'
  AND split_part(header, chr(10), 4) = 'kind: ' || $2::text`;

async function newestStatement(client: PoolClient, tenantId: string, kind: string): Promise<SealedStatement | null> {
  const { rows } = await client.query<SealedStatement>(
    `SELECT number AS entry, header AS text, created_at AS "createdAt" FROM block
     WHERE ${isStatement}
     ORDER BY number DESC LIMIT 1`,
    [tenantId, kind],
  );
  return rows[0] ?? null;
}

export function tenantLog(run: RunSql, tenantId: string): TenantLog {
  return {
    get: () => run((client) => readHead(client, tenantId, '')),
    newestStatement: (kind) => run((client) => newestStatement(client, tenantId, kind)),
    statements: (kind) =>
      run(async (client) => {
        const { rows } = await client.query<{ entry: number }>(
          `SELECT number AS entry FROM block WHERE ${isStatement} ORDER BY number`,
          [tenantId, kind],
        );
        return rows.map(({ entry }) => entry);
      }),
    withSealLock: (seal) =>
      run(async (client) => {
        await client.query(`SET LOCAL lock_timeout = '60s'`);
        const head = await readHead(client, tenantId, 'FOR UPDATE');
        return seal({
          ...head,
          ...segmentSealing(client, tenantId),
          ...disposalNoting(client, tenantId),
          ...keyDestructionNoting(client, tenantId),
          ...tombstoneNoting(client, tenantId),
          insertBlock: (block) => insertBlock(client, tenantId, block),
          newestStatement: (kind) => newestStatement(client, tenantId, kind),
          advance: async (next) => {
            const { rowCount } = await client.query(
              `UPDATE tenant_log SET size = $2, root = $3, checkpoint = $4, updated_at = akashi_now()
               WHERE tenant_id = $1 AND size <= $2`,
              [tenantId, next.size, next.root, next.checkpoint],
            );
            if (rowCount !== 1) throw new LogConflictError('state: a log never shrinks');
          },
        });
      }),
  };
}
