import { Client } from 'pg';

/** Blocks of an organisation are sealed as often as they may be, so that a drill meets many seals, and a journey waits for none long. */
export async function sealOften(databaseUrl: string, tenantId: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('UPDATE tenant SET seal_interval_seconds = 10 WHERE id = $1', [tenantId]);
  } finally {
    await client.end();
  }
}
