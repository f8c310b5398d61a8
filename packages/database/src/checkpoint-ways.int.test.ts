import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { NewCheckpointSending, TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 30, 1, minutes));
const nothing = (): Promise<void> => Promise.resolve();

describe.skipIf(serverUrl === undefined)('the ways of checkpoints', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
    const [one, two] = [
      await test.database.platform.createTenant({ slug: 'one', ...details }),
      await test.database.platform.createTenant({ slug: 'two', ...details }),
    ];
    own = test.database.forTenant(one.id);
    other = test.database.forTenant(two.id);
  });
  afterAll(() => test.drop());

  const sending = (values: Partial<NewCheckpointSending>): NewCheckpointSending => ({
    wayId: own.tenantId,
    kind: 'contacts',
    name: 'contacts',
    target: '',
    size: 7,
    note: 'note',
    provenAt: at(0),
    period: '2026-11-30',
    askedBy: null,
    createdAt: at(0),
    ...values,
  });

  it('are the contacts each day, unless somebody says otherwise, and what they add', async () => {
    expect(await own.checkpointWays.list()).toMatchObject([{ id: own.tenantId, kind: 'contacts', cadence: 'daily' }]);
    expect(await own.checkpointWays.change({ id: own.tenantId, cadence: 'weekly' }, at(1), nothing)).toBe(true);
    expect(await own.checkpointWays.change({ id: own.tenantId, cadence: 'by-hand' }, at(2), nothing)).toBe(true);
    const seal = (id: string): Buffer => Buffer.from(id);
    const values = { kind: 'webhook', name: 'SIEM', target: 'https://siem.example', details: {} } as const;
    const made = { ...values, cadence: 'daily', createdBy: '佐藤', createdAt: at(3), seal } as const;
    const webhook = await own.checkpointWays.create(made, nothing);
    expect(webhook.sealedSecret?.toString()).toBe(webhook.id);
    expect((await own.checkpointWays.list()).map(({ kind, cadence }) => [kind, cadence])).toEqual([
      ['contacts', 'by-hand'],
      ['webhook', 'daily'],
    ]);
    expect(await other.checkpointWays.change({ id: webhook.id, name: 'x' }, at(4), nothing)).toBe(false);
    expect(await other.checkpointWays.remove(webhook.id, at(4), nothing)).toBe(false);
    expect(await own.checkpointWays.remove(own.tenantId, at(4), nothing)).toBe(false);
    expect(await own.checkpointWays.remove(webhook.id, at(4), nothing)).toBe(true);
    expect(await own.checkpointWays.list()).toHaveLength(1);
  });

  it('carry one checkpoint of a day each, tried until it was taken, and say where it went', async () => {
    const { checkpointSendings } = own;
    const [id = ''] = await checkpointSendings.plan([sending({})]);
    expect(await checkpointSendings.plan([sending({ size: 8 })])).toEqual([]);
    const claim = { now: at(1), until: at(6), limit: 10 };
    expect(await test.database.platform.claimCheckpoints(claim)).toEqual([{ tenantId: own.tenantId, id }]);
    expect(await test.database.platform.claimCheckpoints(claim)).toEqual([]);
    expect(await other.checkpointSendings.load([id])).toEqual([]);
    expect(await checkpointSendings.load([id])).toMatchObject([{ id, size: 7, attempts: 1, period: '2026-11-30' }]);
    await checkpointSendings.settle(id, { outcome: 'waits', until: at(10), error: 'http-500' });
    expect(await test.database.platform.claimCheckpoints({ ...claim, now: at(9) })).toEqual([]);
    expect(await test.database.platform.claimCheckpoints({ ...claim, now: at(11) })).toHaveLength(1);
    const stamp = { at: at(11), authority: 'CN=x' };
    await checkpointSendings.settle(id, { outcome: 'sent', at: at(12), receivers: ['a@example.jp'], stamp });
    const [shown] = await checkpointSendings.list(10);
    expect(shown).toMatchObject({ outcome: 'sent', error: null, receivers: ['a@example.jp'], authority: 'CN=x' });
    expect(await other.checkpointSendings.list(10)).toEqual([]);
  });

  it('keep what left as it left', async () => {
    for (const change of [`note = 'x'`, 'size = 3', `target = 'x'`]) {
      const sql = `SET ROLE akashi_app; SET app.tenant_id = '${own.tenantId}'; UPDATE checkpoint_sending SET ${change}`;
      await expect(test.outside.query(sql)).rejects.toThrow('permission denied');
      await test.outside.query('RESET ROLE');
    }
  });
});
