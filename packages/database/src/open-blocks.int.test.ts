import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];

describe.skipIf(serverUrl === undefined)('open blocks', () => {
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
    await own.organisation.change({ sealIntervalSeconds: 300 });
  });
  afterAll(() => test.drop());

  let serial = 0;
  async function masked(
    tenant: TenantDatabase,
    { node = 'n1', policy = 'default', bytes = 100, damagedBytes = 0 } = {},
  ): Promise<string> {
    serial += 1;
    const segmentId = `0199d0c0-0000-7000-8000-${String(serial).padStart(12, '0')}`;
    const acceptedAt = new Date(Date.parse('2026-11-30T00:00:00Z') + serial * 1000);
    await tenant.segments.register({
      segmentId,
      ingestNode: node,
      retentionPolicy: policy,
      records: 2,
      bytes,
      acceptedAt,
    });
    await tenant.openSegments.markMasked(segmentId, { maskedBytes: bytes, maskingVersion: 'mask-1', damagedBytes });
    return segmentId;
  }

  const block = (number: number) => ({
    number,
    retentionPolicy: 'default',
    createdAt: new Date('2026-11-30T00:10:00Z'),
    lastReceivedUs: Date.parse('2026-11-30T00:09:00Z') * 1000,
  });
  const logGroup = { logGroup: 'web', records: 5, firstReceivedUs: 1_000_000, lastReceivedUs: 2_000_000 };

  it('are what is masked and not sealed, of one tenant, policy and node, until the commit that seals it', async () => {
    const first = await masked(own);
    const second = await masked(own);
    const elsewhere = await masked(own, { node: 'n2' });
    const long = await masked(own, { policy: '7-years' });
    const theirs = await masked(other);
    const unmasked = randomUUID();
    const row = { ingestNode: 'n1', retentionPolicy: 'default', records: 1, bytes: 1, acceptedAt: new Date() };
    await own.segments.register({ segmentId: unmasked, ...row });

    const open = await test.database.platform.findOpenBlocks('n1');
    expect(open).toHaveLength(3);
    expect(open).toContainEqual({
      tenantId: own.tenantId,
      retentionPolicy: 'default',
      sealIntervalSeconds: 300,
      segments: 2,
      bytes: 200,
      oldestAcceptedAt: (await own.segments.get(first))?.acceptedAt,
    });
    expect(open).toContainEqual(expect.objectContaining({ tenantId: other.tenantId, sealIntervalSeconds: 60 }));
    const listed = await own.openSegments.list({ node: 'n1', retentionPolicy: 'default' });
    expect(listed.map(({ segmentId }) => segmentId)).toEqual([first, second]);
    expect(listed[0]).toMatchObject({ maskedBytes: 100, maskingVersion: 'mask-1' });

    await own.openSegments.markArchived([first, second]);
    expect(await own.segments.get(first)).toMatchObject({ archivedAt: expect.any(Date), sealedAt: null });
    await own.log.withSealLock(async (log) => {
      expect(await log.unsealed([first, second, theirs])).toEqual([first, second]);
      const segments = [
        { segmentId: first, records: 2 },
        { segmentId: second, records: 3 },
      ];
      await log.noteContent(block(0), { segments, logGroups: [logGroup] });
      await log.noteContent(block(0), { segments, logGroups: [logGroup] });
      expect(await log.unsealed([first, second])).toEqual([]);
    });
    expect(await own.segments.get(second)).toMatchObject({ blockNumber: 0, firstLeaf: 2, sealedAt: expect.any(Date) });
    expect(await own.openSegments.list({ node: 'n1', retentionPolicy: 'default' })).toEqual([]);
    expect(await test.database.platform.findOpenBlocks('n2')).toMatchObject([{ segments: 1 }]);
    const groups = await test.outside.query('SELECT log_group, records FROM block_log_group');
    expect(groups.rows).toEqual([{ log_group: 'web', records: 5 }]);
    expect(await own.openSegments.list({ node: 'n1', retentionPolicy: '7-years' })).toMatchObject([
      { segmentId: long },
    ]);
    expect(await own.segments.get(elsewhere)).toMatchObject({ sealedAt: null });
  });

  it('leave raw segments behind that a crash kept from being destroyed; damaged ones are kept', async () => {
    const [whole, broken] = [await masked(other), await masked(other, { damagedBytes: 7 })];
    const segments = [whole, broken].map((segmentId) => ({ segmentId, records: 2 }));
    await other.log.withSealLock((log) => log.noteContent(block(0), { segments, logGroups: [] }));
    const left = (await test.database.platform.findUndestroyed('n1', 10)).filter(
      ({ tenantId }) => tenantId === other.tenantId,
    );
    expect(left).toEqual([{ tenantId: other.tenantId, segmentId: whole }]);
    await other.openSegments.markDestroyed([whole]);
    expect((await test.database.platform.findUndestroyed('n1', 10)).map(({ segmentId }) => segmentId)).not.toContain(
      whole,
    );
  });

  it('come back from the archive alone with their places, to be indexed again', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const segments = [
      { segmentId: one, records: 4 },
      { segmentId: two, records: 1 },
    ];
    await own.log.withSealLock((log) => log.noteContent(block(7), { segments, logGroups: [logGroup] }));
    expect(await own.segments.get(two)).toMatchObject({
      blockNumber: 7,
      firstLeaf: 4,
      records: 1,
      ingestNode: '',
      sealedAt: expect.any(Date),
      indexedAt: null,
    });
    const outdated = await test.database.platform.findOutdatedSegments({ generation: 2, limit: 100 });
    const ids = outdated.segments.map(({ segmentId }) => segmentId);
    expect(ids).toEqual(expect.arrayContaining([one, two]));
  });

  it('are found by one query over an index that holds nothing of what is sealed', async () => {
    const { rows } = await test.outside.query<{ indexdef: string }>(
      `SELECT indexdef FROM pg_indexes WHERE indexname = 'landing_segment_open_idx'`,
    );
    expect(rows[0]?.indexdef).toContain('WHERE ((masked_at IS NOT NULL) AND (sealed_at IS NULL))');
  });
});
