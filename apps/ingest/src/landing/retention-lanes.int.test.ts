import { randomUUID } from 'node:crypto';
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
    const send = async (group: string): Promise<void> => {
      const answer = await fetch(`${running.url}/v1/log-groups/${group}/log-streams/s/records`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'text/plain' },
        body: `${group} ${randomUUID()}`,
      });
      expect(answer.status).toBe(201);
    };
    const policies = async (): Promise<Set<string | undefined>> => {
      const listed = await listSegments(env.inboxDir);
      const rows = await Promise.all(listed.map(({ segmentId }) => own.segments.get(segmentId)));
      return new Set(rows.map((row) => row?.retentionPolicy));
    };
    for (const group of ['cardholder', 'web']) await send(group);
    await expect.poll(policies, { timeout: 20_000 }).toEqual(new Set(['7-years', 'default']));

    // A change is in force for what comes next, while intake runs.
    const ever = { onlineDays: 90, keptDays: null };
    await own.retentionPolicies.create({ name: 'ever', ...ever });
    const before = { id: 'default', title: null, onlineDays: 90, keptDays: 365 };
    const change = { kind: 'log-group', logGroup: 'web', before, after: { id: 'ever', title: null, ...ever } } as const;
    const actors = { by: randomUUID(), approvedBy: null };
    expect(await own.retentionChanges.apply(change, actors, () => Promise.resolve())).toBe('applied');
    const isSwitched = async (): Promise<boolean> => {
      await send('web');
      return (await policies()).has('ever');
    };
    await expect.poll(isSwitched, { timeout: 20_000, interval: 500 }).toBe(true);
    await running.close();
    await rm(home, { recursive: true });
  });
});
