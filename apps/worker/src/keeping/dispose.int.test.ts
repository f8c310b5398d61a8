import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NewVerification } from '@akashi/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, type TestParts, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { rebuildIndex } from '../rebuild/rebuild-index.ts';
import { noProgress } from '../verification/no-progress.ts';
import { verifyShare, verifyTenant } from '../verification/verify-tenant.ts';
import { dispose, type DisposalOutcome } from './dispose.ts';

// Real: PostgreSQL, OpenSearch, disk, the offline verifier. Simulated: the year, by a moved clock; the crash, by an exception.
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;
const startMs = Date.now();
const most = { statement: 2, run: 100 };

let pipeline: TestPipeline;
const told: { action: string; count?: number | undefined }[] = [];

beforeAll(async () => {
  pipeline = await openTestPipeline();
});

afterAll(() => pipeline.close());

const own = () => pipeline.parts.database.forTenant(pipeline.tenantId);
const at = (ms: number): void => void (pipeline.clock.nowMs = () => startMs + ms);
const moved = (parts: TestParts = pipeline.parts): TestParts => ({
  ...parts,
  now: () => new Date(pipeline.clock.nowMs()),
});

/** Lands a line, seals it, and answers its block. */
async function seal(line: string, logGroup = 'test'): Promise<number> {
  const { parts, tenantId } = pipeline;
  const segmentId = await pipeline.land([line], { logGroup });
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
  const block = await own().blocks.findBySegment(segmentId);
  if (block === null) throw new Error('the segment is in no block');
  return block.number;
}

function run(parts: TestParts = pipeline.parts): Promise<DisposalOutcome> {
  const trail = {
    record: ({ event: { action, count } }: { event: { action: string; count?: number | undefined } }) => {
      told.push({ action, count });
      return Promise.resolve();
    },
  };
  const { signal } = new AbortController();
  const disposal = { ...moved(parts), trail: trail as never, onStep: pipeline.crash.pass };
  return dispose(disposal, pipeline.tenantId, { signal, most });
}

/** PostgreSQL's clock is not moved here, so that the log seems to have ended long ago. */
const codesOf = (result: NewVerification | null): string[] =>
  (result?.findings ?? []).map(({ code }) => code).filter((code) => code !== 'heartbeat-missing');
const verified = (): Promise<NewVerification | null> => verifyTenant(moved(), pipeline.tenantId);
const objectsOf = (): Promise<string[]> =>
  Array.fromAsync(pipeline.parts.archive.forTenant(pipeline.tenantId).list('blocks/'), ({ key }) => key);
const removedOf = async (numbers: readonly number[]): Promise<boolean[]> =>
  Promise.all(numbers.map(async (number) => (await own().blocks.get(number))?.removedAt != null));

describe('disposal', () => {
  const blocks: number[] = [];
  let late = -1;
  let held = -1;

  it('removes nothing an hour before its time', async () => {
    at(0);
    for (let index = 0; index < 4; index += 1) blocks.push(await seal(`line ${index}`));
    held = await seal('held', 'court');
    at(2 * dayMs);
    late = await seal('later');
    at(yearMs - hourMs);
    expect(await run()).toEqual({ removed: 0, heldByStore: 0, isUnfinished: false });
    expect((await own().log.get()).size).toBe(6);
  });

  it('removes what is due and not held, after a statement that says so, and nothing else', async () => {
    const hold = { reason: 'case 7', logGroups: ['cou*'], personId: null, personName: null, from: null, to: null };
    await own().legalHolds.create({ ...hold, createdBy: randomUUID() }, () => Promise.resolve());
    at(yearMs + dayMs);
    expect(await run()).toEqual({ removed: 4, heldByStore: 0, isUnfinished: false });
    expect(await removedOf([...blocks, held, late])).toEqual([true, true, true, true, false, false]);
    expect(await objectsOf()).toHaveLength(2);
    // Two blocks a statement: two statements, each told of once its objects are gone.
    const listed = await own().disposals.list({ limit: 10 });
    expect(listed.map(({ entry, blocks: text }) => [entry, text])).toEqual([
      [7, '2-3'],
      [6, '0-1'],
    ]);
    expect(listed[0]).toMatchObject({ blockCount: 2, records: 2, logGroups: ['test'], policies: ['default'] });
    expect(listed.every(({ removedAt, bytes }) => removedAt !== null && bytes > 0)).toBe(true);
    expect(told).toEqual(Array(2).fill({ action: 'disposal.complete', count: 2 }));
    expect(await run()).toEqual({ removed: 0, heldByStore: 0, isUnfinished: false });
  });

  it('leaves a log that is proven, by the offline verifier and block by block', async () => {
    await own().verificationProgress.put('index', { ...noProgress, updatedAt: new Date() });
    const whole = await verified();
    expect([codesOf(whole), whole?.blocks, whole?.records]).toEqual([[], 2, 2]);
    const pace = { everyMs: hourMs, onlineMs: hourMs, archiveMs: 1 };
    at(yearMs + 2 * dayMs - hourMs);
    await pipeline.parts.sealer.sealStatement(pipeline.tenantId, () => Promise.resolve({ kind: 'test', content: {} }));
    const shared = await verifyShare(moved(), pipeline.tenantId, pace);
    expect([shared?.kind, codesOf(shared), shared?.records]).toEqual(['share', [], 2]);
  });

  it('leaves no document of what is gone, and an index that can be made again of what is there', async () => {
    const search = pipeline.parts.search.forTenant(pipeline.tenantId);
    await search.refresh();
    const before = (await Array.fromAsync(search.readBack({}))).flat().length;
    expect(before).toBe(2);
    expect(await rebuildIndex(moved(), pipeline.tenantId, true)).toMatchObject({ blocks: 2 });
  });

  it('goes when the hold is lifted, and is resumed wherever it was cut short, without a second statement', async () => {
    at(yearMs + 3 * dayMs);
    const steps = [
      'disposal-before-statement',
      'seal-before-checkpoint',
      'disposal-before-removal',
      'disposal-before-note',
      'disposal-before-end',
    ];
    const removed: number[] = [];
    for (const [index, step] of steps.entries()) {
      at(yearMs + (3 + 2 * index) * dayMs - yearMs);
      const block = await seal(`cut short ${index}`);
      at(2 * yearMs + (10 + index) * dayMs);
      pipeline.crash.arm(step);
      await expect(run()).rejects.toThrow(`crash at ${step}`);
      const outcome = await run(pipeline.restart());
      removed.push(outcome.removed);
      expect([step, ...(await removedOf([block]))]).toEqual([step, true]);
      expect(codesOf(await verified())).toEqual([]);
    }
    const listed = await own().disposals.list({ limit: 100 });
    const numbers = listed.flatMap(({ blocks: text }) => text.split(','));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(await removedOf([held])).toEqual([false]);
  });

  it('leaves what came to be held after its statement, which verification takes for pending', async () => {
    at(2 * dayMs);
    const block = await seal('held too late', 'late-case');
    at(3 * yearMs);
    pipeline.crash.arm('seal-before-checkpoint');
    await expect(run()).rejects.toThrow('crash at seal-before-checkpoint');
    const hold = { reason: 'case 8', logGroups: ['late-case'], personId: null, personName: null, from: null, to: null };
    await own().legalHolds.create({ ...hold, createdBy: randomUUID() }, () => Promise.resolve());
    // Whatever is sealed next brings the statement back that stands in the archive already.
    await pipeline.restart().sealer.sealStatement(pipeline.tenantId, () => Promise.resolve(null));
    await run(pipeline.restart());
    expect(await own().blocks.get(block)).toMatchObject({ disposalId: expect.any(String), removedAt: null });
    expect((await own().disposals.ofBlock(block))?.removedAt).toBeNull();
    expect(codesOf(await verified())).toEqual([]);
  });

  it('that is not lawful is found: an object that is gone without a statement', async () => {
    const block = await own().blocks.get(held);
    rmSync(join(pipeline.parts.archive.placeOf(pipeline.tenantId), block?.objectKey ?? ''));
    const result = await verified();
    expect(result?.outcome).toBe('altered');
    expect(codesOf(result)).toContain('block-missing');
  });
});
