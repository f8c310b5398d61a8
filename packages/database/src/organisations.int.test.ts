import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { Tenant, TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };

describe.skipIf(serverUrl === undefined)('organisations on one installation', () => {
  let test: TestDatabase;
  let one: Tenant;
  let two: Tenant;
  let own: TenantDatabase;
  let other: TenantDatabase;
  let adminId: string;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    one = await test.database.platform.createTenant({ slug: 'one', ...details });
    two = await test.database.platform.createTenant({ slug: 'two', ...details });
    own = test.database.forTenant(one.id);
    other = test.database.forTenant(two.id);
    adminId = await own.users.put({
      email: 'a@one.example',
      passwordHash: 'x',
      displayName: '佐藤',
      role: 'tenant-admin',
      language: 'ja',
    });
  });
  afterAll(() => test.drop());

  it('has one home for the installation’s own people', async () => {
    const { platform } = test.database;
    const made = await platform.createTenant({ slug: 'platform', kind: 'platform', ...details });
    expect(await platform.createTenant({ slug: 'platform', kind: 'platform', ...details })).toMatchObject({
      id: made.id,
      kind: 'platform',
    });
    await expect(platform.createTenant({ slug: 'second', kind: 'platform', ...details })).rejects.toThrow();
  });

  it('lets an organisation change its own settings and nobody else’s, and not its quotas', async () => {
    await own.organisation.change({ nameEn: 'One', security: { idleMinutes: 10 }, contacts: [{ name: 'x' }] });
    expect(await own.organisation.get()).toMatchObject({
      nameEn: 'One',
      nameJa: '証',
      security: { idleMinutes: 10 },
      contacts: [{ name: 'x' }],
      storedBytes: 0,
    });
    expect(await other.organisation.get()).toMatchObject({ nameEn: 'Akashi', security: {} });
    await expect(own.organisation.change({ quotas: { storageBytes: null } } as object)).rejects.toThrow();
    await expect(own.organisation.change({ status: 'active' } as object)).rejects.toThrow();
  });

  it('adds up what is stored, in the commit that seals it', async () => {
    const segmentId = randomUUID();
    const row = {
      segmentId,
      ingestNode: 'n',
      retentionPolicy: 'default',
      records: 5,
      bytes: 700,
      acceptedAt: new Date(),
    };
    await own.segments.register(row);
    expect([await own.segments.waitingBytes(), await other.segments.waitingBytes()]).toEqual([700, 0]);
    const block = {
      number: 0,
      segmentId,
      objectKey: 'blocks/0',
      header: 'header',
      records: 5,
      bodyBytes: 300,
      root: sha256('r'),
      bodySha256: sha256('b'),
      firstReceivedUs: 1,
      lastReceivedUs: 2,
      createdAt: new Date(),
    };
    for (let round = 0; round < 2; round += 1) await own.log.withSealLock((log) => log.insertBlock(block));
    expect((await own.organisation.get()).storedBytes).toBe(300);
    const [seen] = await test.database.platform.tenantOverviews(one.id);
    expect(seen).toMatchObject({ slug: 'one', people: 1, storedBytes: 300, dayRecords: 5, dayBytes: 700 });
    expect(JSON.stringify(seen)).not.toContain('blocks/0');
    const backlog = await test.database.platform.tenantBacklogs();
    expect(backlog.find(({ id }) => id === one.id)).toMatchObject({ waitingSegments: 1, verification: null });
  });

  it('shows the platform how a verification ended and not what it found', async () => {
    const now = new Date();
    const findings = [{ code: 'altered', where: 'block 0' }];
    const run = { startedAt: now, finishedAt: now, treeSize: 1, blocks: 1, records: 1, findings };
    await own.verifications.insert({ kind: 'archive', outcome: 'altered', ...run });
    const backlogs = await test.database.platform.tenantBacklogs();
    const seen = backlogs.find(({ id }) => id === one.id);
    expect(seen?.verification).toBe('altered');
    expect(JSON.stringify(backlogs)).not.toContain('block 0');
  });

  it('stops and closes: what comes in, who comes in, and never back', async () => {
    const { platform } = test.database;
    const key = { kind: 'ingest', name: 'k', sha256: sha256('two'), logGroups: ['*'] } as const;
    await other.accessKeys.put({ ...key, responsibleId: null });
    const statusOf = async () => (await platform.loadSenders()).tenants.find(({ id }) => id === two.id)?.status;
    const hasKey = async () => (await platform.loadSenders()).keys.some(({ tenantId }) => tenantId === two.id);
    expect([await statusOf(), await hasKey()]).toEqual(['active', true]);
    expect(await platform.setTenantStatus(two.id, 'suspended')).toBe('active');
    expect([await statusOf(), await hasKey()]).toEqual(['suspended', true]);
    expect(await platform.setTenantStatus(two.id, 'active')).toBe('suspended');
    expect(await platform.setTenantStatus(two.id, 'closed')).toBe('active');
    expect([await statusOf(), await hasKey()]).toEqual([undefined, false]);
    expect(await platform.setTenantStatus(two.id, 'active')).toBeNull();
  });

  it('grants a look for a time, to one address, and takes it back', async () => {
    const { platform } = test.database;
    const inAnHour = new Date(Date.now() + 3_600_000);
    const wanted = { operator: 'Op@Platform.example', purpose: '障害調査', logGroups: ['db/*'], grantedBy: adminId };
    const past = await own.supportAccess.grant({ ...wanted, endsAt: new Date(Date.now() - 1) });
    const granted = await own.supportAccess.grant({ ...wanted, endsAt: inAnHour });
    expect((await own.supportAccess.current()).map(({ id }) => id)).toEqual([granted.id]);
    expect(await other.supportAccess.list()).toEqual([]);
    const lookUp = (current: boolean) => platform.listOperatorAccess({ email: 'op@platform.example', current });
    expect(await lookUp(true)).toMatchObject([{ id: granted.id, tenantId: one.id, logGroups: ['db/*'] }]);
    expect(await lookUp(false)).toHaveLength(2);
    expect(await other.supportAccess.revoke(granted.id, adminId)).toBeNull();
    expect(await own.supportAccess.revoke(past.id, adminId)).toBeNull();
    expect(await own.supportAccess.revoke(granted.id, adminId)).toMatchObject({ id: granted.id });
    expect(await lookUp(true)).toEqual([]);
  });
});
