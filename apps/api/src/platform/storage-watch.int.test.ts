import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { StorageWatch } from './storage-watch.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('the storage of an organisation', () => {
  let test: TestApi;
  let own: ApiTenant;
  let other: ApiTenant;
  let outside: Client;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    other = await test.createTenant();
    await own.seal('web', ['kept']);
    await other.seal('web', ['kept too']);
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
  });
  afterAll(async () => {
    await outside.end();
    await test.close();
  });

  /** Lets the quota be such that what is stored is this share of it. */
  const fillTo = async (percent: number): Promise<void> => {
    await outside.query(
      `UPDATE tenant SET quotas = jsonb_build_object('storageBytes', (
         SELECT ceil(stored_bytes * 100.0 / $2)::bigint FROM tenant_log WHERE tenant_id = $1)) WHERE id = $1`,
      [own.tenant.id, percent],
    );
  };

  it('is told in its trail at 80 % and when it is used up, once each, and to nobody else', async () => {
    const told: { tenantId: string; action: string; outcome: string }[] = [];
    const auditTrail = {
      record: ({ tenantId }: { tenantId: string }, { action, outcome }: { action: string; outcome: string }) => {
        told.push({ tenantId, action, outcome });
        return Promise.resolve();
      },
    };
    const watch = new StorageWatch({ database: test.database, auditTrail });
    const lookAt = async (percent: number): Promise<void> => {
      await fillTo(percent);
      await watch.look();
      await watch.look();
    };
    const warning = { tenantId: own.tenant.id, action: 'quota.warning', outcome: 'success' };
    const full = { tenantId: own.tenant.id, action: 'quota.full', outcome: 'failure' };
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
