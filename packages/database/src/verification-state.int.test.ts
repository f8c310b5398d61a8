import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 30, hour));

describe.skipIf(serverUrl === undefined)('the state of verification', () => {
  let test: TestDatabase;
  let own: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
    own = test.database.forTenant((await test.database.platform.createTenant({ slug: 'one', ...details })).id);
  });
  afterAll(() => test.drop());

  it('keeps a finding until a check of its place finds it gone', async () => {
    const { verificationFindings: findings } = own;
    const altered = { code: 'index-document-altered', where: 'event a.1', segmentId: 'a', position: 1, fields: ['x'] };
    const missing = { code: 'index-document-missing', where: 'event b.2', segmentId: 'b', position: 2 };
    await findings.settle({ part: 'index', found: [altered, missing], covers: () => true, at: at(1) });
    await findings.settle({ part: 'archive', found: [], covers: () => true, at: at(2) });
    await findings.settle({ part: 'index', found: [], covers: ({ segmentId }) => segmentId === 'c', at: at(2) });
    expect(await findings.listOpen()).toMatchObject([
      { ...altered, foundAt: at(1), seenAt: at(1) },
      { ...missing, foundAt: at(1) },
    ]);
    await findings.settle({ part: 'index', found: [altered, altered], covers: () => true, at: at(3) });
    expect(await findings.listOpen()).toMatchObject([{ ...altered, foundAt: at(1), seenAt: at(3) }]);
    await findings.settle({ part: 'index', found: [], covers: ({ segmentId }) => segmentId === 'a', at: at(4) });
    expect(await findings.listOpen()).toEqual([]);
    await findings.settle({ part: 'index', found: [altered], covers: () => true, at: at(5) });
    expect(await findings.listOpen()).toMatchObject([{ foundAt: at(5) }]);
  });

  it('lets nobody rewrite what was found, nor when', async () => {
    const rewrite = (assignment: string): Promise<unknown> =>
      test.outside.query(
        `BEGIN; SET LOCAL ROLE akashi_app; SELECT set_config('app.tenant_id', '${own.tenantId}', true);
         UPDATE verification_finding SET ${assignment}`,
      );
    for (const assignment of [`code = 'none'`, 'found_at = now()', `place = 'elsewhere'`]) {
      await expect(rewrite(assignment), assignment).rejects.toThrow(/permission denied/);
      await test.outside.query('ROLLBACK');
    }
  });

  it('goes on where the last step was kept', async () => {
    expect(await own.verificationProgress.get('archive')).toBeNull();
    const progress = {
      checkedBlocks: 7,
      passStartedAt: at(1),
      passCursor: '256',
      passDone: 256,
      passTotal: 1_000,
      wholePassStartedAt: null,
      wholePassFinishedAt: null,
      passDueAt: at(9),
      updatedAt: at(2),
    };
    await own.verificationProgress.put('archive', progress);
    await own.verificationProgress.put('archive', { ...progress, passCursor: '512', wholePassFinishedAt: at(3) });
    expect(await own.verificationProgress.get('archive')).toEqual({
      ...progress,
      passCursor: '512',
      wholePassFinishedAt: at(3),
    });
    expect(await own.verificationProgress.get('index')).toBeNull();
  });

  it('finishes documents as they were begun, and counts them by their derivation', async () => {
    const segmentId = '0199d0c0-0000-7000-8000-00000000000a';
    await own.segments.register({
      segmentId,
      retentionPolicy: 'default',
      ingestNode: 'n',
      records: 5,
      bytes: 9,
      acceptedAt: at(1),
    });
    const tokyo = { id: 'tokyo', catalogueVersion: 1, settings: { timeZone: 'Asia/Tokyo' } };
    const utc = { id: 'utc', catalogueVersion: 1, settings: { timeZone: 'UTC' } };
    expect(await own.derivations.begin(segmentId, tokyo)).toEqual({ derivation: tokyo, onlineDays: 90 });
    expect(await own.derivations.begin(segmentId, utc)).toEqual({ derivation: tokyo, onlineDays: 90 });
    expect(await own.derivations.countRecords(at(2))).toEqual([]);
    await own.segments.finishIndexed({
      segmentId,
      generation: 2,
      onlineDays: 90,
      streams: [],
      quarantined: [],
      learned: [],
      documents: null,
    });
    expect(await own.derivations.countRecords(at(2))).toEqual([{ id: null, records: 5 }]);
    const documents = { derivationId: utc.id, sha256: Buffer.alloc(32), marks: Buffer.alloc(20) };
    await own.segments.finishIndexed({
      segmentId,
      generation: 2,
      onlineDays: 90,
      streams: [],
      quarantined: [],
      learned: [],
      documents,
    });
    expect(await own.derivations.countRecords(at(2))).toEqual([{ id: 'utc', records: 5 }]);
    expect(await own.derivations.markForRemaking({ otherThan: 'utc', limit: 9, now: at(2) })).toBe(0);
    // What is in no block yet is left alone: its records are not in the archive.
    expect(await own.derivations.markForRemaking({ otherThan: 'tokyo', limit: 9, now: at(2) })).toBe(0);
    const block = { number: 1, retentionPolicy: 'default', createdAt: at(1), lastReceivedUs: null };
    const content = { segments: [{ segmentId, records: 5 }], logGroups: [] };
    await own.log.withSealLock((log) => log.noteContent(block, content));
    expect(await own.derivations.markForRemaking({ otherThan: 'tokyo', limit: 9, now: at(24 * 91) })).toBe(0);
    expect(await own.derivations.markForRemaking({ otherThan: 'tokyo', limit: 9, now: at(2) })).toBe(1);
    expect(await own.derivations.countRecords(at(2))).toEqual([{ id: null, records: 5 }]);
    expect(await own.derivations.begin(segmentId, tokyo)).toEqual({ derivation: tokyo, onlineDays: 90 });
  });
});
