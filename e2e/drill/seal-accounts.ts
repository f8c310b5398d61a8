import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** What the ledger says of one log group's evidence. */
export interface SealAccount {
  /** Segments of the organisation that no block holds, after all had time to be sealed. */
  readonly unsealed: number;
  /** Records of the log group in sealed blocks. */
  readonly sealed: number;
  /** Segments that are sealed and whose raw file was not destroyed. */
  readonly undestroyed: number;
}

export interface SealView {
  readonly databaseUrl: string;
  readonly tenantId: string;
  readonly logGroup: string;
}

const withinMs = 120_000;

async function readAccount(client: Client, { tenantId, logGroup }: SealView): Promise<SealAccount> {
  const { rows } = await client.query<{ unsealed: number; undestroyed: number; sealed: number }>(
    `SELECT (SELECT count(*)::int FROM landing_segment WHERE tenant_id = $1 AND sealed_at IS NULL) AS unsealed,
            (SELECT count(*)::int FROM landing_segment
             WHERE tenant_id = $1 AND sealed_at IS NOT NULL AND destroyed_at IS NULL) AS undestroyed,
            (SELECT coalesce(sum(records), 0)::int FROM block_log_group
             WHERE tenant_id = $1 AND log_group = $2) AS sealed`,
    [tenantId, logGroup],
  );
  return rows[0] ?? { unsealed: -1, undestroyed: -1, sealed: -1 };
}

/**
 * Waits until every segment that the ledger knows is sealed and every raw one is gone. The organisation's own trail goes on,
 * so that "all" is what was there when it began to wait.
 */
export async function settleSeals(view: SealView): Promise<SealAccount> {
  const client = new Client({ connectionString: view.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ last: string | null }>(
      'SELECT max(segment_id) AS last FROM landing_segment WHERE tenant_id = $1',
      [view.tenantId],
    );
    const last = rows[0]?.last ?? '';
    const deadline = Date.now() + withinMs;
    for (;;) {
      const waiting = await client.query(
        `SELECT FROM landing_segment
         WHERE tenant_id = $1 AND segment_id <= $2 AND (sealed_at IS NULL OR destroyed_at IS NULL) LIMIT 1`,
        [view.tenantId, last],
      );
      if (waiting.rowCount === 0) return { ...(await readAccount(client, view)), unsealed: 0, undestroyed: 0 };
      if (Date.now() > deadline) return await readAccount(client, view);
      await delay(500);
    }
  } finally {
    await client.end();
  }
}
