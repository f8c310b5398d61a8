import { appendFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { segmentPath } from '@akashi/inbox';
import { derivationOf, type OwnFormat } from '@akashi/log-event';
import { createSearch } from '@akashi/search';
import { createTestTenant } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealHeartbeat } from '../sealing/heartbeat.ts';
import { VerificationUnfinished } from '../verification/verification-unfinished.ts';
import { verifyTenant } from '../verification/verify-tenant.ts';
import { openTestPipeline, type TestPipeline } from './pipeline.fixtures.ts';
import { processSegment } from './process-segment.ts';
import { readSealedSegment } from './read-sealed.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads, the offline verifier. Simulated: the crash, by an exception.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});

afterAll(() => pipeline.close());

async function run(segmentId: string, parts = pipeline.parts): Promise<void> {
  await processSegment(parts, {
    tenantId: pipeline.tenantId,
    segmentId,
    lane: 'ordinary',
    signal: AbortSignal.timeout(30_000),
  });
}

const openBlock = { retentionPolicy: 'default' };

/** Seals what is open, whether it is due or not. */
function seal(parts = pipeline.parts): Promise<void> {
  return parts.openBlocks.seal({ ...openBlock, tenantId: pipeline.tenantId });
}

function rawOf(segmentId: string): string {
  return segmentPath(pipeline.parts.inboxFolder, { tenantId: pipeline.tenantId, segmentId });
}

async function documentsOf(segmentId: string): Promise<Readonly<Record<string, unknown>>[]> {
  const { search } = pipeline.parts;
  await search.forTenant(pipeline.tenantId).refresh();
  const pages = await Array.fromAsync(search.forTenant(pipeline.tenantId).readBack({ segmentIds: [segmentId] }));
  return pages.flat().map(({ source }) => JSON.parse(source.toString('utf8')) as Record<string, unknown>);
}

describe('the pipeline', () => {
  it('takes a landed segment to masked, searchable events at once, and to a block that is sealed later', async () => {
    const segmentId = await pipeline.land([
      'Feb 26 13:49:00 db01 sshd[7533]: Failed password for root from 203.0.113.9 port 4022 ssh2',
      'ID=00001,PAN=4980000123456789,結果=失敗',
      Buffer.from([0xff, 0xfe, 0x00, 0x41]),
    ]);
    await run(segmentId);
    const documents = await documentsOf(segmentId);
    expect(documents).toHaveLength(3);
    expect(documents[0]).toMatchObject({ 'user.name': 'root', 'source.ip': '203.0.113.9', 'event.outcome': 'failure' });
    expect(documents[1]?.['record']).toMatch(/^ID=00001,PAN=[0-9*]+,結果=失敗$/);
    expect(JSON.stringify(documents)).not.toContain('4980000123456789');
    const { segments } = pipeline.parts.database.forTenant(pipeline.tenantId);
    const open = { maskedAt: expect.any(Date), indexedAt: expect.any(Date), sealedAt: null, blockNumber: null };
    expect(await segments.get(segmentId)).toMatchObject(open);
    expect(existsSync(rawOf(segmentId))).toBe(true);
    await seal();
    expect(await segments.get(segmentId)).toMatchObject({ sealedAt: expect.any(Date), archivedAt: expect.any(Date) });
    expect(existsSync(rawOf(segmentId))).toBe(false);
  });

  it('reads events of several lines by an own format, wherever its work is divided', async () => {
    const format: OwnFormat = {
      name: 'jobs',
      reads: 'record',
      begins: '^# ',
      reading: { kind: 'expression', expressions: [String.raw`^# (?<job>\S+)\n by (?<who>\S+)\n done$`] },
      fields: { who: 'user.name' },
    };
    const ownFormats = [{ format, logGroups: ['test'] }];
    const parts = {
      ...pipeline.parts,
      derivationOf: () => Promise.resolve(derivationOf({ timeZone: 'UTC', ownFormats })),
    };
    // A part of a segment has 1,500 records: one event lies across its end.
    const jobs = Array.from({ length: 700 }, (_, job) => [`# job-${job}`, ` by user-${job}`, ' done']);
    const segmentId = await pipeline.land(['first', ...jobs.flat()]);
    await run(segmentId, parts);
    const documents = await documentsOf(segmentId);
    expect(documents).toHaveLength(2_101);
    const heads = documents.filter((document) => document['akashi.parts'] !== undefined);
    expect(heads.map((document) => document['user.name'])).toEqual(jobs.map((_, job) => `user-${job}`));
    expect(heads.map((document) => document['akashi.parts'])).toEqual(jobs.map((_, job) => [job * 3 + 2, job * 3 + 3]));
    expect(documents.filter((document) => document['akashi.part_of'] !== undefined)).toHaveLength(1_400);
    await seal();
    expect((await verifyTenant(pipeline.parts, pipeline.tenantId))?.findings).toEqual([]);
  });

  it('masks a line that landed in parts as the line that it was', async () => {
    const lead = '12 34 '.repeat(44_000).slice(0, 256 * 1024 - 12);
    const segmentId = await pipeline.land([`${lead} PAN=4980000123456789 ${'56 78 '.repeat(10_000)}`]);
    await run(segmentId);
    const parts = await documentsOf(segmentId);
    expect(parts).toHaveLength(2);
    expect(parts.map(({ record }) => String(record)).join('')).toContain(' PAN=498000******6789 56 78 ');
  });

  const indexingSteps = ['mask-before-read', 'mask-after-ledger', 'index-before-bulk', 'index-after-bulk'];
  const sealingSteps = [
    'seal-before-mask',
    'archive-before-write',
    'archive-after-write',
    'seal-before-checkpoint',
    'seal-before-ledger',
    'seal-before-destroy',
  ];

  async function expectWhole(segmentIds: readonly string[], lines: number): Promise<void> {
    const { segments } = pipeline.parts.database.forTenant(pipeline.tenantId);
    for (const segmentId of segmentIds) {
      const records = (await documentsOf(segmentId)).map(({ record }) => String(record));
      expect(records).toHaveLength(lines);
      expect(new Set(records).size).toBe(lines);
      expect(records.join()).not.toContain('4111111111111111');
      const row = await segments.get(segmentId);
      expect(row).toMatchObject({ sealedAt: expect.any(Date), indexedAt: expect.any(Date) });
      expect(existsSync(rawOf(segmentId))).toBe(false);
      expect((await readSealedSegment(pipeline.parts, pipeline.tenantId, segmentId)).includes(records[0] ?? '')).toBe(
        true,
      );
    }
  }
  const linesOf = (step: string, lines = 20): string[] =>
    Array.from({ length: lines }, (_, index) => `crash=${step} n=${index} card 4111111111111111`);

  it.each(indexingSteps)('after a crash at %s goes on without losing or doubling anything', async (step) => {
    const segmentId = await pipeline.land(linesOf(step));
    pipeline.crash.arm(step);
    await expect(run(segmentId)).rejects.toThrow(`crash at ${step}`);
    const other = await pipeline.land(linesOf(`${step}, another`));
    const restarted = pipeline.restart();
    await run(other, restarted);
    // A block is sealed between: the first segment is in it, or comes after it.
    await seal(restarted);
    await run(segmentId, restarted);
    await run(segmentId, restarted);
    await seal(restarted);
    await expectWhole([segmentId, other], 20);
  });

  it.each(sealingSteps)(
    'after a crash at %s an open block goes on without losing, doubling or overwriting',
    async (step) => {
      const segmentIds = [await pipeline.land(linesOf(step)), await pipeline.land(linesOf(`${step}, second`))];
      for (const segmentId of segmentIds) await run(segmentId);
      pipeline.crash.arm(step);
      await expect(seal()).rejects.toThrow(`crash at ${step}`);
      const restarted = pipeline.restart();
      const later = await pipeline.land(linesOf(`${step}, later`));
      await run(later, restarted);
      await seal(restarted);
      await seal(restarted);
      // A raw segment that a crash left behind its seal goes with the next look.
      await restarted.openBlocks.tick();
      await expectWhole([...segmentIds, later], 20);
      const { segments } = restarted.database.forTenant(pipeline.tenantId);
      const places = await segments.places(segmentIds);
      const byId = new Map(places.map((place) => [place.segmentId, place]));
      const [first, second] = segmentIds.map((segmentId) => byId.get(segmentId));
      expect([first?.firstLeaf, second?.firstLeaf]).toEqual([0, 20]);
      expect(first?.block).toBe(second?.block);
    },
  );

  it('seals a block when its time has come, by one look at all of them, and not before', async () => {
    const { openBlocks, database } = pipeline.parts;
    const { segments } = database.forTenant(pipeline.tenantId);
    const [one, two] = [await pipeline.land(['waits']), await pipeline.land(['waits too'])];
    for (const segmentId of [one, two]) await run(segmentId);
    const landed = Date.now();
    pipeline.clock.nowMs = () => landed;
    await openBlocks.tick();
    expect(await segments.get(one)).toMatchObject({ sealedAt: null });
    pipeline.clock.nowMs = () => landed + 61_000;
    await openBlocks.tick();
    pipeline.clock.nowMs = () => Date.now();
    const [first, second] = [await segments.get(one), await segments.get(two)];
    expect(first).toMatchObject({ sealedAt: expect.any(Date), destroyedAt: expect.any(Date), firstLeaf: 0 });
    expect(second).toMatchObject({ blockNumber: first?.blockNumber, firstLeaf: 1 });
  });

  it('seals a full block at once', async () => {
    const line = 'x'.repeat(1_000);
    const segmentId = await pipeline.land(Array.from({ length: 8_600 }, () => line));
    await run(segmentId);
    await pipeline.parts.openBlocks.close();
    const row = await pipeline.parts.database.forTenant(pipeline.tenantId).segments.get(segmentId);
    expect(row).toMatchObject({ sealedAt: expect.any(Date), indexedAt: expect.any(Date) });
  });

  it('keeps policies apart, and says until when each block must stay', async () => {
    const { database, archive } = pipeline.parts;
    const own = database.forTenant(pipeline.tenantId);
    await own.retentionPolicies.create({ name: '7-years', onlineDays: 90, keptDays: 2_555 });
    const usual = await pipeline.land(['usual']);
    const long = await pipeline.land(['kept long'], { retentionPolicy: '7-years' });
    for (const segmentId of [usual, long]) await run(segmentId);
    await seal();
    expect(await own.segments.get(long)).toMatchObject({ sealedAt: null });
    await pipeline.parts.openBlocks.seal({ tenantId: pipeline.tenantId, retentionPolicy: '7-years' });
    const blocks = await Promise.all([usual, long].map((segmentId) => own.blocks.findBySegment(segmentId)));
    const day = 86_400_000;
    for (const [index, days] of [365, 2_555].entries()) {
      const block = blocks[index];
      expect(block?.header).toContain(`policy: ${index === 0 ? 'default' : '7-years'}\n`);
      const until = (block?.lastReceivedUs ?? 0) / 1000 + days * day;
      const facts = await archive.forTenant(pipeline.tenantId).facts(block?.objectKey ?? '');
      expect(Math.abs((facts?.keepUntil?.getTime() ?? 0) - until)).toBeLessThanOrEqual(1_000);
    }
    expect(blocks[0]?.number).not.toBe(blocks[1]?.number);
  });

  it('seals although the index is away, and indexes although the archive is', async () => {
    const { database } = pipeline.parts;
    const { segments } = database.forTenant(pipeline.tenantId);
    const away = createSearch({ url: 'http://127.0.0.1:9', streamPrefix: 'test-worker-events' });
    const unindexed = await pipeline.land(['the index is away']);
    await expect(run(unindexed, { ...pipeline.parts, search: away })).rejects.toThrow();
    await seal();
    expect(await segments.get(unindexed)).toMatchObject({ sealedAt: expect.any(Date), indexedAt: null });
    expect(existsSync(rawOf(unindexed))).toBe(false);
    await run(unindexed);
    expect(await documentsOf(unindexed)).toHaveLength(1);
    await away.close();

    const unsealed = await pipeline.land(['the archive is away']);
    pipeline.crash.arm('archive-before-write');
    await run(unsealed);
    await expect(seal()).rejects.toThrow();
    expect(await documentsOf(unsealed)).toHaveLength(1);
    await seal();
    expect(await segments.get(unsealed)).toMatchObject({ sealedAt: expect.any(Date) });
  });

  it('seals a block once when two workers find it due at the same moment', async () => {
    const { log, segments } = pipeline.parts.database.forTenant(pipeline.tenantId);
    const segmentId = await pipeline.land(['once']);
    await run(segmentId);
    const { size } = await log.get();
    const workers = [pipeline.parts, pipeline.restart(), pipeline.restart()];
    await Promise.all(workers.map((parts) => seal(parts)));
    expect((await log.get()).size).toBe(size + 1);
    expect(await segments.get(segmentId)).toMatchObject({ blockNumber: size });
  });

  it('seals the readable part of a damaged segment and keeps its file; one that is gone holds up no other', async () => {
    const { segments } = pipeline.parts.database.forTenant(pipeline.tenantId);
    const damaged = await pipeline.land(['one', 'two']);
    appendFileSync(rawOf(damaged), 'not a frame');
    const gone = await pipeline.land(['gone']);
    const sound = await pipeline.land(['sound']);
    for (const segmentId of [damaged, gone, sound]) await run(segmentId);
    rmSync(rawOf(gone));
    const restarted = pipeline.restart();
    await seal(restarted);
    expect(restarted.faults).toMatchObject([{ segmentId: gone }]);
    expect(await segments.get(sound)).toMatchObject({ sealedAt: expect.any(Date) });
    expect(await segments.get(gone)).toMatchObject({ sealedAt: null });
    expect(await segments.get(damaged)).toMatchObject({ sealedAt: expect.any(Date), destroyedAt: null });
    expect(existsSync(rawOf(damaged))).toBe(true);
    // The process that masked it still has its records.
    await seal();
    expect(await segments.get(gone)).toMatchObject({ sealedAt: expect.any(Date) });
  });

  it('brings segments and log groups back when the ledger forgot a block that the archive has', async () => {
    const { database } = pipeline.parts;
    const segmentId = await pipeline.land(['forgotten', 'forgotten too']);
    await run(segmentId);
    pipeline.crash.arm('seal-before-ledger');
    await expect(seal()).rejects.toThrow('crash');
    const client = new Client({ connectionString: pipeline.databaseUrl });
    await client.connect();
    await client.query('DELETE FROM landing_segment WHERE segment_id = $1', [segmentId]);
    const other = await pipeline.land(['comes after']);
    await run(other);
    await seal();
    await seal();
    const row = await database.forTenant(pipeline.tenantId).segments.get(segmentId);
    expect(row).toMatchObject({ records: 2, firstLeaf: 0, sealedAt: expect.any(Date), indexedAt: null });
    const groups = await client.query('SELECT log_group, records FROM block_log_group WHERE block_number = $1', [
      row?.blockNumber,
    ]);
    expect(groups.rows).toEqual([{ log_group: 'test', records: 2 }]);
    await client.end();
    await run(segmentId);
    expect(await documentsOf(segmentId)).toHaveLength(2);
  });

  it('makes no document twice when it was killed before the stream got a new index, and goes on after that', async () => {
    const segmentId = await pipeline.land(Array.from({ length: 30 }, (_, index) => `rollover n=${index}`));
    pipeline.crash.arm('index-after-bulk');
    await expect(run(segmentId)).rejects.toThrow('crash at index-after-bulk');
    const listed = await fetch(`${process.env['OPENSEARCH_URL']}/_data_stream/test-worker-events-90-from-*`);
    const { data_streams: streams } = (await listed.json()) as { data_streams: { name: string }[] };
    const newest = streams
      .map(({ name }) => name)
      .toSorted()
      .at(-1);
    const rolled = await fetch(`${process.env['OPENSEARCH_URL']}/${newest}/_rollover`, { method: 'POST' });
    expect(rolled.status).toBe(200);
    await run(segmentId, pipeline.restart());
    const records = (await documentsOf(segmentId)).map(({ record }) => String(record));
    expect(records).toHaveLength(30);
    expect(new Set(records).size).toBe(30);
  });

  it('seals a heartbeat in silence and not again right after', async () => {
    const { database, sealer } = pipeline.parts;
    const later = new Date(Date.now() + 60 * 60_000);
    const parts = { database, sealer, now: () => later, maskingVersion: 'test-1' };
    expect(await sealHeartbeat(parts, pipeline.tenantId)).toBe(true);
    expect(await sealHeartbeat({ ...parts, now: () => new Date() }, pipeline.tenantId)).toBe(false);
  });

  it('seals one heartbeat when two duties, or two workers, begin a log at the same moment', async () => {
    const { database, keyring } = pipeline.parts;
    const { tenant } = await createTestTenant({ database, keyring });
    const { sealer } = pipeline.parts;
    const beating = [sealer, sealer, pipeline.restart().sealer].map((each) =>
      sealHeartbeat({ database, sealer: each, now: () => new Date(), maskingVersion: 'test-1' }, tenant.id),
    );
    expect((await Promise.all(beating)).filter((sealed) => sealed)).toHaveLength(1);
    expect((await database.forTenant(tenant.id).log.get()).size).toBe(1);
  });

  it('proves everything that the crashes left, to the offline verifier too', async () => {
    const result = await verifyTenant(pipeline.parts, pipeline.tenantId);
    expect(result?.findings).toEqual([]);
    expect(result?.outcome).toBe('proven');
    expect(result?.records).toBeGreaterThan(160);
  });

  it('says nothing of the evidence when the index is away', async () => {
    const away = createSearch({ url: 'http://127.0.0.1:9', streamPrefix: 'test-worker-events' });
    const verifying = verifyTenant({ ...pipeline.parts, search: away }, pipeline.tenantId);
    await expect(verifying).rejects.toBeInstanceOf(VerificationUnfinished);
    await away.close();
  });

  it('keeps the checkpoint of the hour, and the tiles of the newest sizes', () => {
    const folder = join(pipeline.parts.archive.placeOf(pipeline.tenantId), 'log');
    const numbers = (names: string[]): number[] => names.map(Number).sort((a, b) => a - b);
    const kept = numbers(readdirSync(join(folder, 'checkpoints')));
    expect(kept[0]).toBe(1);
    // The run may have crossed an hour.
    expect(kept.length).toBeLessThanOrEqual(2);
    const widths = numbers(readdirSync(join(folder, 'tile', '0', '000.p')));
    // Each crash after the pointer leaves one tile longer: it goes with its full tile.
    expect(widths.filter((width) => !kept.includes(width)).length).toBeLessThanOrEqual(4 + 1 + 2);
  });

  // Last: from then on the log's newest block is of a time that is still to come.
  it.each(sealingSteps)('goes on after a crash at %s before the clock was set back', async (step) => {
    const ahead = (): number => Date.now() + 400 * 86_400_000;
    pipeline.clock.nowMs = ahead;
    const segmentId = await pipeline.land(linesOf(`${step}, ahead`));
    await run(segmentId);
    pipeline.crash.arm(step);
    await expect(seal()).rejects.toThrow(`crash at ${step}`);
    pipeline.clock.nowMs = () => Date.now();
    const restarted = pipeline.restart();
    const later = await pipeline.land(linesOf(`${step}, back`));
    await run(later, restarted);
    await seal(restarted);
    await seal(restarted);
    await restarted.openBlocks.tick();
    await expectWhole([segmentId, later], 20);
    const result = await verifyTenant(pipeline.parts, pipeline.tenantId);
    expect(result?.findings).toEqual([]);
  });
});
