import { rm } from 'node:fs/promises';
import { openDatabase, type Database } from '@akashi/database';
import { listSegments } from '@akashi/inbox';
import { createLogger } from '@akashi/server-kit';
import { createTestDatabase, findDatabaseServer, type TestDatabase } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedgerHome } from '../ingest.fixtures.ts';
import { startIngest } from '../start-ingest.ts';

const serverUrl = findDatabaseServer();

describe.runIf(serverUrl !== undefined)('retention policies at intake', { timeout: 60_000 }, () => {
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    database = openDatabase({ url: test.url });
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  it('part what is kept for another time from the first write on, into the ledger', async () => {
    const { home, tenant, ingestKey, env } = await openLedgerHome(database, { url: test.url });
    const own = database.forTenant(tenant.id);
    expect(await own.retentionPolicies.list()).toMatchObject([{ name: 'default', onlineDays: 90, keptDays: 365 }]);
    expect(await own.retentionPolicies.create({ name: '7-years', onlineDays: 90, keptDays: 2555 })).toBe(true);
    expect(await own.retentionPolicies.create({ name: '7-years', onlineDays: 90, keptDays: null })).toBe(false);
    await own.retentionPolicies.assign('cardholder', '7-years');

    const running = await startIngest(env, createLogger({ name: 'test', level: 'silent' }));
    for (const group of ['cardholder', 'web']) {
      const answer = await fetch(`${running.url}/v1/log-groups/${group}/log-streams/s/records`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
        body: group,
      });
      expect(answer.status).toBe(201);
    }
    await running.close();

    const listed = await listSegments(env.inboxDir);
    const rows = await Promise.all(listed.map(({ segmentId }) => own.segments.get(segmentId)));
    expect(new Set(rows.map((row) => row?.retentionPolicy))).toEqual(new Set(['7-years', 'default']));
    await rm(home, { recursive: true });
  });
});
