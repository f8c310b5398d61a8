import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessRowsSql, createMigratedDatabase, platformOnly, type TestDatabase } from './database.fixtures.ts';
import { isDatabaseUnavailable, LogConflictError, openDatabase, type NewBlock, type TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('skipped: DATABASE_URL names no PostgreSQL server\n');

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

function block(number: number, segmentId: string | null): NewBlock {
  return {
    number,
    segmentId,
    objectKey: `blocks/2026/11/22/${String(number).padStart(12, '0')}.akb`,
    header: `akashi block v1\nblock: ${number}\nsegment: ${segmentId ?? '-'}\n`,
    records: segmentId === null ? 0 : 3,
    bodyBytes: 120,
    root: sha256(`root ${number}`),
    bodySha256: sha256(`body ${number}`),
    firstReceivedUs: 1_795_000_000_000_001,
    lastReceivedUs: 1_795_000_000_999_999,
    createdAt: new Date('2026-11-22T00:00:00Z'),
  };
}

describe.skipIf(serverUrl === undefined)('the ledger', () => {
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

  const register = async (tenant: TenantDatabase): Promise<string> => {
    const segmentId = randomUUID();
    const row = {
      segmentId,
      ingestNode: 'n1',
      retentionPolicy: 'default',
      records: 3,
      bytes: 300,
      acceptedAt: new Date(),
    };
    expect(await tenant.segments.register(row)).toEqual({ created: true });
    expect(await tenant.segments.register(row)).toEqual({ created: false });
    return segmentId;
  };

  const seal = (tenant: TenantDatabase, segmentId: string | null): Promise<number> =>
    tenant.log.withSealLock(async (log) => {
      const row = block(log.size, segmentId);
      await log.insertBlock(row);
      const segments = segmentId === null ? [] : [{ segmentId, records: 3 }];
      const logGroups = [{ logGroup: 'syslog', records: 3, firstReceivedUs: 1, lastReceivedUs: 2 }];
      await log.noteContent({ ...row, retentionPolicy: 'default' }, { segments, logGroups });
      await log.advance({ size: log.size + 1, root: sha256(`tree ${log.size}`), checkpoint: `note ${log.size}` });
      return log.size;
    });

  it('shows a tenant nothing of another, in any table', async () => {
    const segmentId = await register(own);
    const number = await seal(own, segmentId);
    const key = { kind: 'api', name: 'k', sha256: sha256('a secret'), logGroups: ['*'] } as const;
    await own.accessKeys.put({ ...key, responsibleId: null });
    await own.users.put({
      email: 'A@Example.jp',
      passwordHash: '$argon2id$x',
      displayName: '山田',
      role: 'viewer',
      language: 'ja',
    });
    const sourceId = await own.sources.put({
      kind: 'syslog',
      name: 'loopback',
      addressRange: '127.0.0.0/8',
      logGroup: 'syslog',
    });
    const stream = {
      logGroup: 'syslog',
      logStream: 'host-a',
      sourceId,
      kind: 'syslog-udp',
      records: 3,
      unparsed: 1,
      masked: 0,
      firstEventUs: Date.now() * 1000,
      lastEventUs: Date.now() * 1000,
      lastReceivedUs: Date.now() * 1000,
      lagMs: 5,
      lost: 0,
      rules: ['pan'],
    };
    const derivation = { id: 'd1', catalogueVersion: 1, settings: { timeZone: 'UTC' } };
    const finished = {
      segmentId,
      generation: 2,
      onlineDays: 90,
      streams: [stream],
      quarantined: [{ position: 2, step: 'normalized', reason: 'too-deep' }],
      learned: [],
      documents: { derivationId: derivation.id, sha256: sha256('documents'), marks: sha256('marks') },
    };
    expect(await own.derivations.begin(segmentId, derivation)).toEqual({ derivation, onlineDays: 90 });
    expect(await own.segments.finishIndexed(finished)).toEqual({ counted: true });
    expect(await own.segments.finishIndexed(finished)).toEqual({ counted: false });
    await own.heldCheckpoints.raise({ size: 1, note: 'x', provenAt: new Date(), node: 'n1' });
    await own.verifications.insert({
      kind: 'archive',
      outcome: 'proven',
      startedAt: new Date(),
      finishedAt: new Date(),
      treeSize: 1,
      blocks: 1,
      records: 3,
      findings: [],
    });
    const found = [{ code: 'index-document-altered', where: 'event x', segmentId, position: 1 }];
    await own.verificationFindings.settle({ part: 'index', found, covers: () => false, at: new Date() });
    await own.verificationProgress.put('index', {
      checkedBlocks: 1,
      passStartedAt: null,
      passCursor: null,
      passDone: 0,
      passTotal: 0,
      wholePassStartedAt: null,
      wholePassFinishedAt: null,
      passDueAt: null,
      updatedAt: new Date(),
    });

    expect((await own.logGroups.list())[0]).toMatchObject({ name: 'syslog', records: 3, unparsed: 1, streams: 1 });
    const [seen] = await own.sources.list();
    expect(seen).toMatchObject({ sourceId, name: 'loopback', logStream: 'host-a', records: 3, lagMs: 5 });
    expect(seen?.recordsPerMinute.reduce((sum, each) => sum + each, 0)).toBe(3);
    expect(await own.segments.get(segmentId)).toMatchObject({
      blockNumber: number,
      indexedAt: expect.any(Date),
      indexedGeneration: 2,
    });
    expect(await own.segments.blockOf(number, 2)).toEqual({ segmentId, position: 2 });
    expect(await own.segments.places([segmentId, 'unknown'])).toEqual([
      { segmentId, block: number, firstLeaf: 0, archivedAt: expect.any(Date), sealedAt: expect.any(Date) },
    ]);
    expect(await other.segments.blockOf(number, 2)).toBeNull();
    expect(await other.segments.places([segmentId])).toEqual([]);

    expect(await other.segments.get(segmentId)).toBeNull();
    expect(await other.blocks.get(number)).toBeNull();
    expect(await other.logGroups.list()).toEqual([]);
    expect(await other.sources.list()).toEqual([]);
    expect(await other.accessKeys.list()).toEqual([]);
    expect(await other.users.list()).toEqual([]);
    expect(await other.verifications.list()).toEqual([]);
    expect(await other.verificationFindings.listOpen()).toEqual([]);
    expect(await other.verificationProgress.get('index')).toBeNull();
    expect(await other.derivations.get(derivation.id)).toBeNull();

    const tables = await test.outside.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND relname NOT IN ('_prisma_migrations', 'tenant') AND relname <> ALL ($1)`,
      [[...platformOnly]],
    );
    await test.outside.query(accessRowsSql(own.tenantId));
    await test.outside.query('SET ROLE akashi_app');
    try {
      for (const { name } of tables.rows) {
        const count = `SELECT count(*)::int AS count FROM ${name} WHERE tenant_id = '${own.tenantId}'`;
        await test.outside.query(`SELECT set_config('app.tenant_id', $1, false)`, [own.tenantId]);
        if (name !== 'session') expect((await test.outside.query(count)).rows[0], name).not.toEqual({ count: 0 });
        await test.outside.query(`SELECT set_config('app.tenant_id', $1, false)`, [other.tenantId]);
        expect((await test.outside.query(count)).rows[0], name).toEqual({ count: 0 });
        await test.outside.query(`SELECT set_config('app.tenant_id', '', false)`);
        expect((await test.outside.query(count)).rows[0], name).toEqual({ count: 0 });
      }
      await test.outside.query(`SELECT set_config('app.tenant_id', $1, false)`, [other.tenantId]);
      await expect(
        test.outside.query(`INSERT INTO log_group (tenant_id, name) VALUES ($1, 'stolen')`, [own.tenantId]),
      ).rejects.toMatchObject({ code: '42501' });
      await test.outside.query(`SELECT set_config('app.tenant_id', $1, false)`, [own.tenantId]);
      await expect(test.outside.query('DELETE FROM block')).rejects.toMatchObject({ code: '42501' });
      await expect(test.outside.query(`UPDATE block SET header = ''`)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await test.outside.query('RESET ROLE');
    }
  });

  it('lets one writer at a time advance a log, and never overwrites a block', async () => {
    const before = (await own.log.get()).size;
    const numbers = await Promise.all(Array.from({ length: 6 }, () => seal(own, null)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 6 }, (_, i) => before + i));
    expect(await own.log.get()).toMatchObject({ size: before + 6, checkpoint: `note ${before + 5}` });
    await own.log.withSealLock((log) => log.insertBlock(block(before, null)));
    await expect(
      own.log.withSealLock((log) => log.insertBlock({ ...block(before, null), header: 'another' })),
    ).rejects.toThrow(LogConflictError);
    await expect(
      own.log.withSealLock((log) => log.advance({ size: 0, root: sha256(''), checkpoint: '' })),
    ).rejects.toThrow(LogConflictError);
    expect(await own.blocks.list({ limit: 2 })).toMatchObject([{ number: before + 5 }, { number: before + 4 }]);
    expect(await own.blocks.list({ before: 1, limit: 5 })).toMatchObject([{ number: 0 }]);
    expect(await own.blocks.lastSealedAt()).toBeInstanceOf(Date);
  });

  it('rolls the lock back when sealing throws', async () => {
    const before = await own.log.get();
    await expect(
      own.log.withSealLock(async (log) => {
        await log.advance({ size: log.size + 1, root: sha256(''), checkpoint: 'lost' });
        throw new Error('the archive is full');
      }),
    ).rejects.toThrow('the archive is full');
    expect(await own.log.get()).toEqual(before);
  });

  it('adds blocks up, also when two count at once, and forgets minutes that nobody shows', async () => {
    const segments = [await register(other), await register(other)];
    const nowUs = Date.now() * 1000;
    const stream = { logGroup: 'g', logStream: 's', sourceId: 'x', kind: 'http', records: 2, unparsed: 0, masked: 1 };
    const at = (us: number) => ({
      ...stream,
      firstEventUs: us,
      lastEventUs: us,
      lastReceivedUs: us,
      lagMs: 0,
      lost: 0,
      rules: [],
    });
    await Promise.all(
      segments.map((segmentId, age) =>
        other.segments.finishIndexed({
          segmentId,
          generation: 2,
          onlineDays: 90,
          streams: [at(nowUs), { ...at(nowUs - age * 3 * 3600e6), logStream: 't' }],
          quarantined: [],
          learned: [],
          documents: null,
        }),
      ),
    );
    expect(await other.logGroups.list()).toMatchObject([{ name: 'g', records: 8, masked: 4, streams: 2 }]);
    const minutes = await test.outside.query(
      `SELECT log_stream, sum(records)::int AS records FROM log_stream_minute WHERE tenant_id = $1
       GROUP BY 1 ORDER BY 1`,
      [other.tenantId],
    );
    expect(minutes.rows).toEqual([
      { log_stream: 's', records: 4 },
      { log_stream: 't', records: 2 },
    ]);
  });

  it('keeps every mark at its first time and finds what is unfinished across tenants', async () => {
    const [first, second] = [await register(own), await register(other)];
    const note = { maskedBytes: 9, maskingVersion: 'mask-1', damagedBytes: 0 };
    await own.openSegments.markMasked(first, note);
    const masked = (await own.segments.get(first))?.maskedAt;
    await own.openSegments.markMasked(first, note);
    await own.segments.markNormalized(first);
    expect(await own.segments.get(first)).toMatchObject({ maskedAt: masked, blockNumber: null, indexedAt: null });
    const blockNumber = await seal(own, first);
    expect(await own.segments.get(first)).toMatchObject({ maskedAt: masked, blockNumber, indexedAt: null });
    expect(await own.segments.countAttempt(first)).toBe(1);
    expect(await own.segments.countAttempt(first)).toBe(2);
    await own.segments.fail(first, 'search-unavailable');
    const found = await test.database.platform.findUnfinishedSegments({ node: 'n1', olderThanMs: 0, limit: 100 });
    expect(found).toContainEqual(
      expect.objectContaining({
        segmentId: first,
        tenantId: own.tenantId,
        attempts: 2,
        lastErrorCode: 'search-unavailable',
      }),
    );
    expect(found).toContainEqual(expect.objectContaining({ segmentId: second, tenantId: other.tenantId }));
    expect(
      await test.database.platform.findUnfinishedSegments({ node: 'n1', olderThanMs: 60_000, limit: 100 }),
    ).toEqual([]);
    await own.segments.markIndexed(first);
    await other.segments.markIndexed(second);
    expect(await test.database.platform.findUnfinishedSegments({ node: 'n1', olderThanMs: 0, limit: 100 })).toEqual([]);
  });

  it('leaves a node its own segments, tells of those that wait, and follows an inbox to another name', async () => {
    const { platform } = test.database;
    const segmentId = await register(own);
    expect(await platform.findUnfinishedSegments({ node: 'n2', olderThanMs: 0, limit: 100 })).toEqual([]);
    expect(await platform.findLateNodes(new Date(Date.now() - 60_000))).toEqual([]);
    const later = new Date(Date.now() + 60_000);
    expect(await platform.findLateNodes(later)).toMatchObject([{ node: 'n1', segments: 1 }]);
    const row = { segmentId, ingestNode: 'n2', retentionPolicy: 'other', records: 9, bytes: 9, acceptedAt: later };
    expect(await own.segments.register(row)).toEqual({ created: false });
    expect(await own.segments.get(segmentId)).toMatchObject({
      ingestNode: 'n2',
      retentionPolicy: 'default',
      records: 3,
    });
    expect(await platform.findUnfinishedSegments({ node: 'n2', olderThanMs: 0, limit: 100 })).toHaveLength(1);
    expect(await platform.findLateNodes(later)).toMatchObject([{ node: 'n2', segments: 1 }]);
    await own.segments.markIndexed(segmentId);
    expect(await platform.findLateNodes(later)).toEqual([]);
  });

  it('finds unfinished segments of everybody, however many one organisation has', async () => {
    const stuck: string[] = [];
    for (let number = 0; number < 5; number += 1) stuck.push(await register(own));
    const late = await register(other);
    const found = await test.database.platform.findUnfinishedSegments({ node: 'n1', olderThanMs: 0, limit: 3 });
    expect(found.map(({ segmentId }) => segmentId)).toEqual([stuck[0], late, stuck[1]]);
    for (const segmentId of stuck) await own.segments.markIndexed(segmentId);
    await other.segments.markIndexed(late);
  });

  it('loads senders, and finds keys, people and sessions by hash or address only', async () => {
    const { platform } = test.database;
    const key = { kind: 'ingest', name: 'agents', sha256: sha256('agent key'), logGroups: ['db/*'] } as const;
    await own.accessKeys.put({ ...key, responsibleId: null });
    const senders = await platform.loadSenders();
    expect(senders.keys).toMatchObject([{ tenantId: own.tenantId, sha256: sha256('agent key'), logGroups: ['db/*'] }]);
    expect(senders.sources).toMatchObject([{ kind: 'syslog', name: 'loopback', logGroup: 'syslog' }]);
    expect(await platform.findApiKey(sha256('a secret'))).toMatchObject({ tenantId: own.tenantId, logGroups: ['*'] });
    expect(await platform.findApiKey(sha256('agent key'))).toBeNull();
    const listed = await own.accessKeys.list();
    expect(listed.find((key) => key.kind === 'api')?.lastUsedAt).toBeInstanceOf(Date);
    for (const key of listed) await own.accessKeys.revoke(key.id);
    expect(await platform.findApiKey(sha256('a secret'))).toBeNull();
    expect((await platform.loadSenders()).keys).toEqual([]);

    const user = await platform.findUserByEmail(' a@example.JP ');
    expect(user).toMatchObject({ tenantId: own.tenantId, tenantSlug: 'one', groups: ['DB'] });
    const session = {
      tenantId: own.tenantId,
      userId: user?.id ?? '',
      tokenSha256: sha256('token'),
      expiresAt: new Date(Date.now() + 60_000),
      stage: 'full' as const,
      methods: ['password', 'totp'],
    };
    await platform.sessions.create(session);
    const lookup = { tokenSha256: session.tokenSha256, idleMs: 900_000, active: true };
    expect(await platform.sessions.find(lookup)).toMatchObject({ email: 'a@example.jp', timeZone: 'Asia/Tokyo' });
    await test.outside.query(`UPDATE session SET last_active_at = now() - interval '16 minutes'`);
    expect(await platform.sessions.find(lookup)).toBeNull();
    await test.outside.query('UPDATE session SET last_active_at = now()');
    await platform.sessions.revoke(session.tokenSha256);
    expect(await platform.sessions.find(lookup)).toBeNull();
  });

  it('says which failures may pass', async () => {
    const nowhere = openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' });
    const failure = await nowhere.platform.ping().catch((error: unknown) => error);
    const prismaFailure = await nowhere.platform.listTenants().catch((error: unknown) => error);
    await nowhere.close();
    expect([isDatabaseUnavailable(failure), isDatabaseUnavailable(prismaFailure)]).toEqual([true, true]);
    expect(isDatabaseUnavailable(new LogConflictError('block'))).toBe(false);
  });
});
