import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyring } from '@akashi/keyring';
import { createTestDatabase, createTestTenant, findDatabaseServer, type TestDatabase } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchStorage, type StorageWatchParts } from './storage-watch.ts';

const serverUrl = findDatabaseServer();

describe.skipIf(serverUrl === undefined)('the storage of an organisation', () => {
  let test: TestDatabase;
  let own: string;
  let outside: Client;
  const home = mkdtempSync(join(tmpdir(), 'akashi-storage-'));

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    const keyring = openKeyring({ dir: home });
    own = (await createTestTenant({ database: test.database, keyring })).tenant.id;
    await createTestTenant({ database: test.database, keyring });
    outside = new Client({ connectionString: test.url });
    await outside.connect();
    await outside.query('UPDATE tenant_log SET stored_bytes = 1000');
  });
  afterAll(async () => {
    await outside.end();
    await test.drop();
    rmSync(home, { recursive: true });
  });

  /** Lets the quota be such that what is stored is this share of it. */
  const fillTo = async (percent: number): Promise<void> => {
    const quotas = JSON.stringify({ storageBytes: Math.ceil(100_000 / percent) });
    await outside.query('UPDATE tenant SET quotas = $2 WHERE id = $1', [own, quotas]);
  };

  it('is told in its trail at 80 % and when it is used up, once each by all workers together, and to nobody else', async () => {
    const told: { tenantId: string; action: string; outcome: string }[] = [];
    const trail: StorageWatchParts['trail'] = {
      record: ({ tenantId, event: { action, outcome } }) =>
        Promise.resolve(void told.push({ tenantId, action, outcome })),
    };
    const lookAt = async (percent: number): Promise<void> => {
      await fillTo(percent);
      // A second one, and one after a restart, remember nothing of their own.
      await watchStorage({ database: test.database, trail });
      await watchStorage({ database: test.database, trail });
    };
    const warning = { tenantId: own, action: 'quota.warning', outcome: 'success' };
    const full = { tenantId: own, action: 'quota.full', outcome: 'failure' };
    await lookAt(50);
    expect(told).toEqual([]);
    await lookAt(85);
    expect(told).toEqual([warning]);
    await lookAt(100);
    expect(told).toEqual([warning, full]);
    await lookAt(50);
    await lookAt(85);
    expect(told).toEqual([warning, full, warning]);
  });
});
