import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tombstone } from '@akashi/database';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, type TestParts, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { readPayload } from '../pipeline/read-sealed.ts';
import { rebuildIndex } from '../rebuild/rebuild-index.ts';
import { verifyTenant } from '../verification/verify-tenant.ts';
import { dispose } from './dispose.ts';
import { removeRecords } from './remove-records.ts';

// Real: PostgreSQL, OpenSearch, disk, the offline verifier, the checker in Python. Simulated: the crash, by an exception.
let pipeline: TestPipeline;
let outside: Client;
const told: string[] = [];

beforeAll(async () => {
  pipeline = await openTestPipeline();
  outside = new Client({ connectionString: pipeline.databaseUrl });
  await outside.connect();
});

afterAll(async () => {
  await outside.end();
  await pipeline.close();
});

const own = () => pipeline.parts.database.forTenant(pipeline.tenantId);
const now = (): Date => new Date(pipeline.clock.nowMs());
const planted = (): string => `planted-${randomUUID()}`;

async function seal(...lines: string[]): Promise<number> {
  const { parts, tenantId } = pipeline;
  const segmentId = await pipeline.land(lines);
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
  return (await own().blocks.findBySegment(segmentId))?.number ?? -1;
}

/** As it stands when two people agreed. */
async function agree(block: number, positions: string): Promise<string> {
  const id = randomUUID();
  await outside.query(
    `INSERT INTO tombstone (id, tenant_id, block_number, positions, records, reason, rule, rule_version, requirement, asked_id,
       asked_name, approved_id, approved_name, approved_at)
     VALUES ($1, $2, $3, $4, 1, 'a card number', 'person', 'v1', 'pci:4.0.1:3.5.1', 'a', 'Sato', 'b', 'Suzuki', now())`,
    [id, pipeline.tenantId, block, positions],
  );
  return id;
}

async function run(parts: TestParts = pipeline.parts): Promise<void> {
  const trail = {
    record: ({ event }: { event: { action: string } }) => {
      told.push(event.action);
      return Promise.resolve();
    },
  };
  const removal = { ...parts, paired: parts.archive, trail: trail as never, now, onStep: pipeline.crash.pass };
  await removeRecords(removal, new AbortController().signal);
}

const find = async (id: string): Promise<Tombstone | null> => own().tombstones.get(id);
const verified = async () => {
  const result = await verifyTenant({ ...pipeline.parts, now }, pipeline.tenantId);
  return { outcome: result?.outcome, codes: (result?.findings ?? []).map(({ code }) => code) };
};
const proven = { outcome: 'proven', codes: [] };

async function documents(): Promise<string> {
  const search = pipeline.parts.search.forTenant(pipeline.tenantId);
  await search.refresh();
  const pages = await Array.fromAsync(search.readBack({}));
  return pages
    .flat()
    .map(({ source }) => source.toString('utf8'))
    .join('\n');
}

/** What opens of every object of the organisation's blocks that lies on the disk. */
async function opened(): Promise<string> {
  const place = join(pipeline.parts.archive.placeOf(pipeline.tenantId), 'blocks');
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.akb'));
  const texts: string[] = [];
  for (const name of files) {
    const key = `blocks/${name}`;
    const number = Number(/(\d{12})(?:\.r\d{12})?\.akb$/.exec(name)?.[1]);
    const block = await own().blocks.get(number);
    if (block === null) throw new Error(`${name} is no block`);
    texts.push((await readPayload(pipeline.parts, pipeline.tenantId, { ...block, objectKey: key })).toString('latin1'));
  }
  return texts.join('\n');
}

function otherChecker(): string {
  const script = join(import.meta.dirname, '../../../../e2e/verify/check_archive.py');
  const place = pipeline.parts.archive.placeOf(pipeline.tenantId);
  const key = readFileSync(join(place, 'verifier-key.txt'), 'utf8').trim();
  return execFileSync('python3', [script, place, '--key', key], { encoding: 'utf8' });
}

describe('a removal of records', { timeout: 400_000 }, () => {
  it('takes them out of archive and index, and leaves everything else proven', async () => {
    const secret = planted();
    const block = await seal('before', secret, 'behind');
    const id = await agree(block, '1');
    await run();
    expect(await find(id)).toMatchObject({ entry: block + 1, lockedUntil: null, waitsFor: null });
    expect((await find(id))?.completedAt).not.toBeNull();
    expect((await own().blocks.get(block))?.objectKey).toMatch(/\.r\d{12}\.akb$/);
    const [archive, index] = [await opened(), await documents()];
    for (const store of [archive, index]) {
      expect(store).not.toContain(secret);
      expect(store).toContain('before');
      expect(store).toContain('behind');
    }
    expect(index).toContain('this record was removed by a tombstone');
    expect(await verified()).toEqual(proven);
    expect(otherChecker()).toContain('1 records removed by tombstones, explained');
    expect(told).toEqual(['tombstone.complete']);
    await run();
    expect(told).toHaveLength(1);
  });

  it('leaves an index that can be made again, and is made again without them', async () => {
    const { tenantId, parts } = pipeline;
    await rebuildIndex({ ...parts, now }, tenantId, true);
    expect(await documents()).toContain('this record was removed by a tombstone');
    expect(await verified()).toEqual(proven);
  });

  it('goes on wherever it was cut short, with one statement each', async () => {
    const steps = [
      'tombstone-before-statement',
      'seal-before-checkpoint',
      'seal-before-ledger',
      'tombstone-before-replacement',
      'tombstone-before-ledger',
      'tombstone-before-index',
      'index-after-bulk',
      'tombstone-before-expunge',
      'tombstone-before-removal',
      'tombstone-before-note',
    ];
    for (const step of steps) {
      const secret = planted();
      const block = await seal('one', 'two', secret);
      const id = await agree(block, '2');
      pipeline.crash.arm(step);
      await expect(run(pipeline.restart())).rejects.toThrow(`crash at ${step}`);
      await run(pipeline.restart());
      const done = await find(id);
      expect([step, done?.completedAt == null, done?.entry]).toEqual([step, false, block + 1]);
      expect([step, (await opened()).includes(secret), (await documents()).includes(secret)]).toEqual([
        step,
        false,
        false,
      ]);
    }
    const list = await own().tombstones.list({ limit: 100 });
    expect(list).toHaveLength(steps.length + 1);
    expect(await verified()).toEqual(proven);
    expect(otherChecker()).toContain('explained');
  });

  it('of one block may follow another, and each keeps what the one before removed', async () => {
    const [first, second] = [planted(), planted()];
    const block = await seal(first, 'stays', second);
    const ids = [await agree(block, '0')];
    await run();
    ids.push(await agree(block, '2'));
    await run();
    expect((await own().tombstones.ofBlock(block)).map(({ positions }) => positions)).toEqual(['0', '2']);
    const text = await opened();
    expect([text.includes(first), text.includes(second)]).toEqual([false, false]);
    const place = pipeline.parts.archive.placeOf(pipeline.tenantId);
    const stem = String(block).padStart(12, '0');
    const left = readdirSync(join(place, 'blocks'), { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.includes(stem) && name.endsWith('.akb'))).toHaveLength(1);
    expect(await verified()).toEqual(proven);
    expect(otherChecker()).toContain('explained');
  });

  it('waits for a legal hold to be lifted, and says so', async () => {
    const secret = planted();
    const block = await seal(secret);
    const hold = { reason: 'case 7', logGroups: ['test'], personId: null, personName: null, from: null, to: null };
    await own().legalHolds.create({ ...hold, createdBy: randomUUID() }, () => Promise.resolve());
    const id = await agree(block, '0');
    await run();
    expect(await find(id)).toMatchObject({ waitsFor: 'legal-hold', entry: null, completedAt: null });
    expect(await opened()).toContain(secret);
    // Two people lift a hold, which is not what this is about.
    await outside.query(`SET session_replication_role = replica`);
    await outside.query(`UPDATE legal_hold SET lifted_at = now()`);
    await run();
    expect(await find(id)).toMatchObject({ waitsFor: null, entry: expect.any(Number) });
    expect(await opened()).not.toContain(secret);
  });

  it('does not keep a block from being disposed of in its time, with all that it has', async () => {
    const start = pipeline.clock.nowMs();
    pipeline.clock.nowMs = () => start + 366 * 86_400_000;
    const parts = {
      ...pipeline.parts,
      now,
      trail: { record: () => Promise.resolve() } as never,
      onStep: () => undefined,
    };
    const { removed, heldByStore } = await dispose(parts, pipeline.tenantId, { signal: new AbortController().signal });
    expect([removed > 10, heldByStore]).toEqual([true, 0]);
    const place = pipeline.parts.archive.placeOf(pipeline.tenantId);
    const left = readdirSync(join(place, 'blocks'), { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.endsWith('.akb'))).toEqual([]);
    expect(otherChecker()).toContain('pruned by policy');
  });
});
