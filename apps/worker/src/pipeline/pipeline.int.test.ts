import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { segmentPath } from '@akashi/inbox';
import { createSearch } from '@akashi/search';
import { createTestTenant } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealHeartbeat } from '../sealing/heartbeat.ts';
import { VerificationUnfinished } from '../verification/verification-unfinished.ts';
import { verifyTenant } from '../verification/verify-tenant.ts';
import { openTestPipeline, type TestPipeline } from './pipeline.fixtures.ts';
import { processSegment } from './process-segment.ts';

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

async function documentsOf(segmentId: string): Promise<Readonly<Record<string, unknown>>[]> {
  const { search } = pipeline.parts;
  await search.forTenant(pipeline.tenantId).refresh();
  const pages = await Array.fromAsync(search.forTenant(pipeline.tenantId).readBack({ segmentIds: [segmentId] }));
  return pages.flat().map(({ source }) => JSON.parse(source.toString('utf8')) as Record<string, unknown>);
}

describe('the pipeline', () => {
  it('takes a landed segment to masked, sealed, searchable events and destroys the raw lines', async () => {
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
    const segment = await pipeline.parts.database.forTenant(pipeline.tenantId).segments.get(segmentId);
    expect(segment?.maskedAt).not.toBeNull();
    expect(segment?.archivedAt).not.toBeNull();
    expect(segment?.sealedAt).not.toBeNull();
    expect(segment?.normalizedAt).not.toBeNull();
    expect(segment?.indexedAt).not.toBeNull();
    const raw = segmentPath(pipeline.parts.inboxFolder, { tenantId: pipeline.tenantId, segmentId });
    expect(existsSync(raw)).toBe(false);
  });

  it('masks a line that landed in parts as the line that it was', async () => {
    const lead = '12 34 '.repeat(44_000).slice(0, 256 * 1024 - 12);
    const segmentId = await pipeline.land([`${lead} PAN=4980000123456789 ${'56 78 '.repeat(10_000)}`]);
    await run(segmentId);
    const parts = await documentsOf(segmentId);
    expect(parts).toHaveLength(2);
    expect(parts.map(({ record }) => String(record)).join('')).toContain(' PAN=498000******6789 56 78 ');
  });

  const steps = [
    'mask-before-read',
    'archive-before-write',
    'archive-after-write',
    'seal-before-checkpoint',
    'seal-before-ledger',
    'seal-before-destroy',
    'index-before-bulk',
    'index-after-bulk',
  ];
  it.each(steps)('after a crash at %s goes on without losing, doubling or overwriting anything', async (step) => {
    const lines = Array.from({ length: 20 }, (_, index) => `crash=${step} n=${index} card 4111111111111111`);
    const segmentId = await pipeline.land(lines);
    pipeline.crash.arm(step);
    await expect(run(segmentId)).rejects.toThrow(`crash at ${step}`);
    const other = await pipeline.land([`another segment is sealed between, after ${step}`]);
    const restarted = pipeline.restart();
    await run(other, restarted);
    await run(segmentId, restarted);
    await run(segmentId, restarted);
    const records = (await documentsOf(segmentId)).map(({ record }) => String(record));
    expect(records).toHaveLength(20);
    expect(new Set(records).size).toBe(20);
    expect(records.join()).not.toContain('4111111111111111');
  });

  it('makes no document twice when it was killed before the stream got a new index, and goes on after that', async () => {
    const segmentId = await pipeline.land(Array.from({ length: 30 }, (_, index) => `rollover n=${index}`));
    pipeline.crash.arm('index-after-bulk');
    await expect(run(segmentId)).rejects.toThrow('crash at index-after-bulk');
    const rolled = await fetch(`${process.env['OPENSEARCH_URL']}/test-worker-events-90/_rollover`, { method: 'POST' });
    expect(rolled.status).toBe(200);
    await run(segmentId, pipeline.restart());
    const records = (await documentsOf(segmentId)).map(({ record }) => String(record));
    expect(records).toHaveLength(30);
    expect(new Set(records).size).toBe(30);
  });

  it('seals a heartbeat in silence and not again right after', async () => {
    const { database, sealer } = pipeline.parts;
    const later = new Date(Date.now() + 10 * 60_000);
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
    // A crash after the pointer leaves one tile longer: it goes with its full tile.
    expect(widths.filter((width) => !kept.includes(width)).length).toBeLessThanOrEqual(5);
  });
});
