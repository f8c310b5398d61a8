import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openArchive, type Archive } from '@akashi/archive';
import type { TenantDatabase } from '@akashi/database';
import { openKeyring } from '@akashi/keyring';
import { startObjectStore } from '@akashi/s3-testserver';
import { createClock } from '@akashi/server-kit';
import { createTestDatabase, createTestTenant, findDatabaseServer, type TestDatabase } from '@akashi/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { extendKept } from './extend-kept.ts';

const serverUrl = findDatabaseServer();
const dayMs = 86_400_000;
const dir = mkdtempSync(join(tmpdir(), 'akashi-extend-'));
const started = await startObjectStore({ dir: join(dir, 's3') });
if ('missing' in started) process.stderr.write(`tests skipped: ${started.missing}\n`);
const kinds = ['folder', ...('missing' in started ? [] : ['bucket'])];
const year = { id: 'default', title: null, onlineDays: 90, keptDays: 365 };
const seven = { id: 'seven', title: null, onlineDays: 90, keptDays: 2_555 };
const ever = { id: 'ever', title: null, onlineDays: 90, keptDays: null };
/** A whole second, so that a store's date is the block's. */
const received = Math.floor(Date.now() / 1000) * 1000;

afterAll(async () => {
  if (!('missing' in started)) await started.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe.skipIf(serverUrl === undefined).each(kinds)('what is kept longer, in a %s', (kind) => {
  let test: TestDatabase;
  let archive: Archive;
  let own: TenantDatabase;
  const live = new AbortController().signal;

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    let url = pathToFileURL(join(dir, 'archive')).href;
    if (kind === 'bucket' && !('missing' in started)) {
      Object.assign(process.env, started.env);
      await started.makeBucket('extend');
      url = started.archiveUrl('extend', 'akashi');
    }
    archive = openArchive(url, { clock: createClock() });
  });
  beforeEach(async () => {
    const keyring = openKeyring({ dir: join(dir, `keys-${randomUUID()}`) });
    own = (await createTestTenant({ database: test.database, keyring })).database;
    for (const { id: name, ...policy } of [seven, ever]) await own.retentionPolicies.create({ name, ...policy });
    for (let number = 0; number < 5; number += 1) await seal(number, number === 4 ? 'web' : 'db');
  });
  afterAll(async () => {
    await archive.close();
    await test.drop();
  });

  const keyOf = (number: number): string => `blocks/2026/11/30/${String(number).padStart(12, '0')}.akb`;
  const after = (days: number): Date => new Date(received + days * dayMs);

  async function seal(number: number, logGroup: string, { isArchived = true } = {}): Promise<void> {
    const [objectKey, receivedUs] = [keyOf(number), received * 1000];
    if (isArchived)
      await archive.forTenant(own.tenantId).putOnce(objectKey, Buffer.from('block'), { keepUntil: after(365) });
    const row = {
      number,
      segmentId: null,
      objectKey,
      header: `akashi block\nkeep-until: ${after(365).toISOString().replace('Z', '000Z')}\nroot: ${number}\n`,
      records: 1,
      bodyBytes: 5,
      root: Buffer.alloc(32),
      bodySha256: Buffer.alloc(32),
      firstReceivedUs: receivedUs,
      lastReceivedUs: receivedUs,
      createdAt: new Date(received),
    };
    await own.log.withSealLock(async (log) => {
      await log.insertBlock(row);
      const group = { logGroup, records: 1, firstReceivedUs: receivedUs, lastReceivedUs: receivedUs };
      await log.noteContent({ ...row, retentionPolicy: 'default' }, { segments: [], logGroups: [group] });
    });
  }

  const move = async (before: typeof year | typeof seven, to: typeof seven | typeof ever): Promise<void> => {
    const change = { kind: 'log-group', logGroup: 'db', before, after: to } as const;
    // The log group has no row before its first record is counted.
    const actors = { by: randomUUID(), approvedBy: null };
    expect(await own.retentionChanges.apply(change, actors, () => Promise.resolve())).toBe('applied');
  };
  const dates = async (): Promise<(Date | null | undefined)[]> =>
    Promise.all(
      [0, 1, 2, 3, 4].map(async (number) => (await archive.forTenant(own.tenantId).facts(keyOf(number)))?.keepUntil),
    );
  const run = (onStep?: (step: string) => void, signal = live) =>
    extendKept({ database: test.database, archive, ...(onStep === undefined ? {} : { onStep }) }, signal);

  it('is held by the store itself until then, and nothing else is', async () => {
    expect(await run()).toEqual({ blocks: 0, missing: 0 });
    await move(year, seven);
    expect(await dates()).toEqual(Array.from({ length: 5 }, () => after(365)));
    expect(await run()).toEqual({ blocks: 4, missing: 0 });
    expect(await dates()).toEqual([...Array.from({ length: 4 }, () => after(2_555)), after(365)]);
    expect(await run()).toEqual({ blocks: 0, missing: 0 });
    await move(seven, ever);
    await run();
    expect((await dates())[0]?.getUTCFullYear()).toBe(2200);
    expect(await own.blocksToExtend.list({ after: -1, limit: 10 })).toEqual([]);
  });

  it.each(['extend-before-archive', 'extend-before-note'])('is gone on with after a crash at %s', async (where) => {
    await move(year, seven);
    let count = 0;
    const crash = (step: string): void => {
      if (step === where && (count += 1) === 3) throw new Error('killed');
    };
    await expect(run(crash)).rejects.toThrow('killed');
    // What else was under way ends by itself, as it would not in a process that is gone.
    await expect.poll(async () => (await own.blocksToExtend.list({ after: -1, limit: 10 })).length).toBe(1);
    expect(await run()).toEqual({ blocks: 1, missing: 0 });
    expect(await dates()).toEqual([...Array.from({ length: 4 }, () => after(2_555)), after(365)]);
  });

  it('ends where the process stops, and leaves an object that is missing to the verification', async () => {
    await move(year, seven);
    expect(await run(undefined, AbortSignal.abort())).toEqual({ blocks: 0, missing: 0 });
    await seal(5, 'db', { isArchived: false });
    expect(await run()).toEqual({ blocks: 4, missing: 1 });
    expect(await run()).toEqual({ blocks: 0, missing: 1 });
  });
});
