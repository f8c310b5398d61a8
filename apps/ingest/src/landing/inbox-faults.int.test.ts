import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { openDatabase, type Database } from '@akashi/database';
import { createLogger } from '@akashi/server-kit';
import { createTestDatabase, findDatabaseServer, type TestDatabase } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openLedgerHome, readLanded } from '../ingest.fixtures.ts';
import { startIngest } from '../start-ingest.ts';

interface AuditLine {
  event: { action: string; outcome: string; reason: string };
  akashi: { audit: { count: number; details: Record<string, string> } };
}

const serverUrl = findDatabaseServer();

describe.runIf(serverUrl !== undefined)('an inbox that took nothing for a time (10.7.2)', { timeout: 60_000 }, () => {
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

  it('stands in the platform’s trail, which came in by it', async () => {
    const {
      home,
      keyring,
      ingestKey: key,
      env,
      database: platform,
    } = await openLedgerHome(database, { url: test.url, kind: 'platform' });
    const running = await startIngest(env, createLogger({ name: 'test', level: 'silent' }));
    const handle = await open(tmpdir(), 'r');
    await handle.close();
    const failing = vi
      .spyOn(Object.getPrototypeOf(handle) as FileHandle, 'datasync')
      .mockRejectedValue(Object.assign(new Error(), { code: 'EIO' }));
    try {
      for (const body of ['lost', 'lost again']) {
        const answer = await fetch(`${running.url}/v1/log-groups/app/log-streams/s/records`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain' },
          body,
        });
        expect(answer.status).toBe(503);
      }
    } finally {
      failing.mockRestore();
    }
    await running.close();

    const told = (await readLanded(env.inboxDir, keyring)).map(({ text }) => JSON.parse(text) as AuditLine);
    expect(told).toMatchObject([
      {
        event: { action: 'inbox.failed', outcome: 'failure', reason: 'inbox-not-writable' },
        akashi: { audit: { count: 2, details: { error: 'EIO' } } },
      },
    ]);
    expect(await platform.incidents.list({ limit: 9 })).toMatchObject([
      { kind: 'inbox-failing', state: 'closed', count: 2, cause: 'inbox-not-writable', details: { error: 'EIO' } },
    ]);
    await rm(home, { recursive: true });
  });
});
