import { randomUUID } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openArchive, pairArchives, type Archive, type S3Credentials } from '@akashi/archive';
import { startObjectStore } from '@akashi/s3-testserver';
import { createClock, Registry } from '@akashi/server-kit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkByPython } from '../keeping/outside-checkers.fixtures.ts';
import { dispose } from '../keeping/dispose.ts';
import { removeRecords } from '../keeping/remove-records.ts';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { copyArchive } from './copy-archive.ts';
import { copyTenant } from './copy-tenant.ts';
import { verifyCopy } from './verify-copy.ts';
import { watchCopy } from './watch-copy.ts';

// Real: PostgreSQL, OpenSearch, disk, versitygw, the offline verifier, the Python checker. Simulated: crashes, by an exception.
const dayMs = 86_400_000;
const dir = mkdtempSync(join(tmpdir(), 'akashi-copy-'));
const started = await startObjectStore({ dir: join(dir, 's3') });
if ('missing' in started) process.stderr.write(`tests skipped: ${started.missing}\n`);
const kinds = ['folder', ...('missing' in started ? [] : ['bucket'])];

afterAll(async () => {
  if (!('missing' in started)) await started.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe.each(kinds)('the second archive, in a %s', (kind) => {
  const startMs = Date.now();
  let pipeline: TestPipeline;
  let copyUrl = join(dir, 'copy');
  let credentials: S3Credentials | undefined;
  let copy: Archive;
  let outside: Client;

  beforeAll(async () => {
    if (kind === 'bucket' && !('missing' in started)) {
      await started.makeBucket('copy');
      copyUrl = started.archiveUrl('copy', 'akashi');
      // Its own: the environment holds none.
      const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = started.env;
      credentials = { accessKeyId, secretAccessKey };
    }
    pipeline = await openTestPipeline();
    copy = openArchive(copyUrl, { credentials, clock: createClock() });
    outside = new Client({ connectionString: pipeline.databaseUrl });
    await outside.connect();
  });
  afterAll(async () => {
    await outside.end();
    await copy.close();
    await pipeline.close();
  });

  const { signal } = new AbortController();
  const own = () => pipeline.parts.database.forTenant(pipeline.tenantId);
  const archived = () => pipeline.parts.archive.forTenant(pipeline.tenantId);
  const copied = () => copy.forTenant(pipeline.tenantId);
  const now = (): Date => new Date(pipeline.clock.nowMs());
  const archivePath = (key: string): string => join(pipeline.home, 'archive', pipeline.tenantId, key);
  const state = async () => {
    const logs = await pipeline.parts.database.platform.listCopiedLogs();
    const found = logs.find(({ tenantId }) => tenantId === pipeline.tenantId);
    if (found === undefined) throw new Error('the log is not listed');
    return found;
  };

  async function seal(line: string): Promise<number> {
    const { parts, tenantId } = pipeline;
    const segmentId = await pipeline.land([line]);
    await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
    await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
    const block = await own().blocks.findBySegment(segmentId);
    if (block === null) throw new Error('the segment is in no block');
    return block.number;
  }

  const keyOf = async (number: number): Promise<string> => {
    const key = (await own().blocks.get(number))?.objectKey;
    if (key === null || key === undefined) throw new Error('the block has no object');
    return key;
  };
  const parts = () => ({ ...pipeline.parts, copy, now, onStep: pipeline.crash.pass });
  const run = async () => copyTenant(parts(), pipeline.tenantId, { from: (await state()).copiedSize, signal });
  const verify = async () =>
    verifyCopy({ ...pipeline.parts, copyUrl, credentials, now, clockOffsetSeconds: 0 }, await state());
  const findings = async () =>
    (await own().verificationFindings.listOpen()).map(({ part, code, where }) => ({ part, code, where }));

  /** Everything of one store, by key. */
  async function contents(store: ReturnType<Archive['forTenant']>): Promise<Map<string, string>> {
    const all = new Map<string, string>();
    for await (const { key } of store.list('')) all.set(key, (await store.get(key))?.toString('base64') ?? 'gone');
    return all;
  }

  /** The copy as a folder, for a checker that shares no code. */
  async function checkOutside(): Promise<{ code: number; output: string }> {
    const folder = mkdtempSync(join(dir, 'outside-'));
    for await (const { key } of copied().list('')) {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), (await copied().get(key)) ?? '');
    }
    const [verifierKey = ''] = pipeline.parts.keyring.forTenant(pipeline.tenantId).verifierKeys();
    return checkByPython(folder, verifierKey);
  }

  const steps = ['before-block', 'after-block', 'before-tiles', 'before-checkpoint', 'before-note'];

  it.each(steps)('is the archive byte for byte after a worker was killed at %s', async (step) => {
    await seal(`before ${step}`);
    await seal(`also before ${step}`);
    pipeline.crash.arm(`copy-${step}`);
    await expect(run()).rejects.toThrow(`crash at copy-${step}`);
    await run();
    expect(await contents(copied())).toEqual(await contents(archived()));
  });

  it('is proven by itself, by the checks of the product and by a checker that shares no code with it', async () => {
    expect(await state()).toMatchObject({ copiedSize: 10, size: 10, fault: null });
    expect(await checkOutside()).toMatchObject({ code: 0 });
    await verify();
    expect(await findings()).toEqual([]);
  });

  it('is held for as long as the archive holds its blocks, and longer with it', async () => {
    const key = await keyOf(0);
    const untilOf = async () => [(await archived().facts(key))?.keepUntil, (await copied().facts(key))?.keepUntil];
    const [inArchive, inCopy] = await untilOf();
    expect(inCopy).toEqual(inArchive);
    const later = new Date((inArchive?.getTime() ?? 0) + dayMs);
    await pairArchives(pipeline.parts.archive, copy).forTenant(pipeline.tenantId).keepLonger(key, later);
    expect(await untilOf()).toEqual([later, later]);
  });

  it('names each object that is missing or altered in it, until it is there again', async () => {
    const [missing, altered] = [await keyOf(2), await keyOf(5)];
    const before = [missing, altered].map((key) => ({ key, bytes: readFileSync(placeOf(key)) }));
    rmSync(placeOf(missing));
    chmodSync(placeOf(altered), 0o600);
    const bytes = Buffer.from(before[1]?.bytes ?? '');
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(placeOf(altered), bytes);
    await verify();
    expect(await findings()).toEqual(
      expect.arrayContaining([
        { part: 'copy', code: 'block-missing', where: `copy: ${missing} block 2` },
        { part: 'copy', code: 'block-body-altered', where: `copy: ${altered} block 5` },
      ]),
    );
    // Nothing is repaired without somebody's word.
    await run();
    await verify();
    expect((await findings()).length).toBeGreaterThan(1);
    for (const { key, bytes: whole } of before) writeFileSync(placeOf(key), whole);
    await verify();
    expect(await findings()).toEqual([]);
  });

  const placeOf = (key: string): string =>
    kind === 'bucket' && !('missing' in started)
      ? started.pathOf('copy', `akashi/${pipeline.tenantId}/${key}`)
      : join(copyUrl, pipeline.tenantId, key);

  it('leaves out what is missing in the archive, says since when it is late, and goes on when it is back', async () => {
    const [first, second] = [await seal('lost for a while'), await seal('behind it')];
    const lost = await keyOf(first);
    const aside = join(dir, `aside-${kind}`);
    cpSync(archivePath(lost), aside);
    rmSync(archivePath(lost));
    await run();
    expect(await state()).toMatchObject({ copiedSize: first, size: second + 1, fault: 'archive-object-missing' });
    expect(await copied().get(await keyOf(second))).not.toBeNull();
    const watch = watchCopy({ ...pipeline.parts, now, metrics: new Registry() });
    expect(await watch.look()).toEqual([]);
    pipeline.clock.nowMs = () => startMs + 2 * dayMs;
    expect(await watch.look()).toMatchObject([
      {
        owner: 'platform',
        kind: 'copy-late',
        cause: 'archive-object-missing',
        details: { entries: 2, organisations: 1 },
      },
    ]);
    cpSync(aside, archivePath(lost));
    const logger = { warn: () => undefined };
    await copyArchive({ ...parts(), logger, verifyCopy: verify } as never, signal);
    expect(await watch.look()).toEqual([]);
    expect(await contents(copied())).toEqual(await contents(archived()));
    expect((await state()).verifiedAt).toEqual(now());
  });

  it('loses the records that two people removed, whenever it is copied', async () => {
    const secret = `planted-${randomUUID()}`;
    const [before, during, after] = [await seal(secret), await seal(secret), await seal(secret)];
    await agree(before);
    await remove();
    const original = await keyOf(during);
    let isRemoved = false;
    const get = async (key: string): Promise<Buffer | null> => {
      const bytes = await archived().get(key);
      if (key !== original || isRemoved) return bytes;
      isRemoved = true;
      await agree(during);
      await remove();
      return bytes;
    };
    const archive = { forTenant: () => ({ ...archived(), get }) };
    await copyTenant({ ...parts(), archive }, pipeline.tenantId, { from: (await state()).copiedSize, signal });
    expect(isRemoved).toBe(true);
    await agree(after);
    await remove();
    await run();
    for (const number of [before, during, after]) {
      const key = await keyOf(number);
      expect(key).toMatch(/\.r\d{12}\.akb$/);
      expect(await copied().get(key)).toEqual(await archived().get(key));
    }
    // Object Lock keeps an original until its lock ends: until then the removal is not over.
    const open = await own().tombstones.open();
    if (kind === 'bucket') expect(open.length).toBeGreaterThan(0);
    else expect([open, await contents(copied())]).toEqual([[], await contents(archived())]);
    await verify();
    expect(await findings()).toEqual([]);
    expect(await checkOutside()).toMatchObject({ code: 0 });
  });

  async function agree(block: number): Promise<void> {
    await outside.query(
      `INSERT INTO tombstone (id, tenant_id, block_number, positions, records, reason, rule, rule_version, requirement, asked_id,
         asked_name, approved_id, approved_name, approved_at)
       VALUES ($1, $2, $3, '0', 1, 'a card number', 'person', 'v1', 'pci:4.0.1:3.5.1', 'a', 'Sato', 'b', 'Suzuki', now())`,
      [randomUUID(), pipeline.tenantId, block],
    );
  }

  async function remove(): Promise<void> {
    const trail = { record: () => Promise.resolve() };
    const paired = pairArchives(pipeline.parts.archive, copy);
    await removeRecords({ ...pipeline.parts, paired, trail: trail as never, now, onStep: () => undefined }, signal);
  }

  it('loses by a lawful disposal what the archive loses, and a store that holds it holds both', async () => {
    pipeline.clock.nowMs = () => startMs + 400 * dayMs;
    const moved = openArchive(copyUrl, { credentials, clock: { ...createClock(), now } });
    const disposal = {
      ...pipeline.parts,
      archive: pairArchives(pipeline.parts.archive, moved),
      trail: { record: () => Promise.resolve() },
      now,
      onStep: () => undefined,
    };
    const outcome = await dispose(disposal as never, pipeline.tenantId, { signal });
    const left = [...(await contents(archived())).keys()].filter((key) => key.startsWith('blocks/'));
    // Object Lock goes by the store's own clock, which nobody moved. What was put back behind the store has lost its date.
    if (kind === 'bucket') expect(outcome).toMatchObject({ removed: 1, heldByStore: 14 });
    else expect([outcome.removed, left]).toEqual([15, []]);
    await run();
    if (kind === 'folder') expect(await contents(copied())).toEqual(await contents(archived()));
    await moved.close();
  });
});
