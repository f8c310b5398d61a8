import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyring } from '@akashi/keyring';
import type { Message } from '@akashi/notify';
import {
  createTestDatabase,
  createTestTenant,
  findDatabaseServer,
  type TestDatabase,
  type TestTenant,
} from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remindOfAccessReview } from './access-review-reminder.ts';
import { disableDormantAccounts, type DormantAccountsParts } from './dormant-accounts.ts';
import { noticeExpiry } from './expiry-notices.ts';

const serverUrl = findDatabaseServer();
const dayMs = 86_400_000;

describe.skipIf(serverUrl === undefined)('duties for accounts', () => {
  let test: TestDatabase;
  let own: TestTenant;
  let outside: Client;
  let admin: string;
  const home = mkdtempSync(join(tmpdir(), 'akashi-accounts-'));
  const sent: { to: string; message: Message }[] = [];
  const mailer = {
    send: ({ address }: { address: string }, message: Message) =>
      Promise.resolve(void sent.push({ to: address, message })),
  };
  const addPerson = async (role: string): Promise<{ id: string; email: string }> => {
    const email = `${randomUUID()}@example.jp`;
    return {
      email,
      id: await own.database.users.put({ email, displayName: '佐藤', role, language: 'ja', passwordHash: 'x' }),
    };
  };
  const createdAt = async (): Promise<Date> => (await own.database.accessReviews.history()).tenantCreatedAt;

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    own = await createTestTenant({ database: test.database, keyring: openKeyring({ dir: home }) });
    outside = new Client({ connectionString: test.url });
    await outside.connect();
    admin = (await addPerson('tenant-admin')).email;
  });
  afterAll(async () => {
    await outside.end();
    await test.drop();
    rmSync(home, { recursive: true });
  });

  it('ends accounts that nobody used for ninety days, on record first (8.2.6)', async () => {
    const [used, unused] = [await addPerson('viewer'), await addPerson('viewer')];
    await outside.query(
      `UPDATE app_user SET active_since = now() - interval '200 days', last_sign_in_at = now() - interval '90 days'
       WHERE id = $1`,
      [unused.id],
    );
    await outside.query(`UPDATE app_user SET active_since = now() - interval '89 days' WHERE id = $1`, [used.id]);
    const recorded: string[] = [];
    const trail: DormantAccountsParts['trail'] = {
      record: ({ event }) => Promise.resolve(void recorded.push(`${event.action} ${event.target?.id}`)),
    };
    const parts = { database: test.database, trail, now: () => new Date() };
    const refused = { ...parts, trail: { record: () => Promise.reject(new Error('no receipt')) } };
    await expect(disableDormantAccounts(refused, own.tenant.id)).rejects.toThrow('no receipt');
    expect((await own.database.users.find(unused.id))?.disabledAt).toBeNull();
    expect(await disableDormantAccounts(parts, own.tenant.id)).toBe(1);
    expect(await disableDormantAccounts(parts, own.tenant.id)).toBe(0);
    expect(recorded).toEqual([`member.disable ${unused.id}`]);
    expect((await own.database.users.find(used.id))?.disabledAt).toBeNull();
  });

  it('reminds of an access review from thirty days before it is due until it is closed (7.2.4)', async () => {
    const began = await createdAt();
    const remind = (days: number): Promise<boolean> => {
      const now = (): Date => new Date(began.getTime() + days * dayMs);
      return remindOfAccessReview({ database: test.database, mailer, now }, own.tenant.id);
    };
    sent.length = 0;
    expect(await remind(100)).toBe(false);
    expect(await remind(170)).toBe(true);
    expect(sent.map(({ to }) => to)).toEqual([admin]);
    const id = await own.database.accessReviews.open({ dueAt: new Date(began.getTime() + 200 * dayMs), by: null });
    expect(await remind(100)).toBe(true);
    expect(sent.at(-1)?.message.text).toMatch(/未決定のアクセス権が \d+ 件/);
    expect(id).not.toBeNull();
  });

  it('tells once of a key and of an account two weeks and three days before they end', async () => {
    const now = new Date('2026-11-30T01:00:00Z');
    const end = new Date('2026-12-14T01:00:00Z');
    const sha256 = createHash('sha256').update('a key').digest();
    const key = { kind: 'ingest', name: 'agents', sha256, logGroups: ['*'] } as const;
    await own.database.accessKeys.put({ ...key, expiresAt: end, responsibleId: null });
    const auditor = await addPerson('auditor');
    await own.database.users.change(auditor.id, { accessUntil: end });
    sent.length = 0;
    const notice = (day: string, at = now): Promise<number> =>
      noticeExpiry({ database: test.database, mailer, now: () => at }, own.tenant.id, day);
    expect(await notice('2026-11-29')).toBe(0);
    expect(await notice('2026-11-30')).toBe(2);
    expect(sent.map(({ to }) => to)).toEqual([admin]);
    expect(sent[0]?.message.text).toContain('agents');
    expect(await notice('2026-12-01')).toBe(0);
    expect(await notice('2026-12-11')).toBe(2);
    // Caught up after an outage, when both had ended.
    expect(await notice('2026-12-11', new Date('2026-12-20T00:00:00Z'))).toBe(0);
  });
});
