import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NewVerification, TenantId } from '@akashi/database';
import { makeRecoveryExport, openKeyring, recoverKeys } from '@akashi/keyring';
import { createTestTenant } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkByPython } from '../keeping/outside-checkers.fixtures.ts';
import { openTestPipeline, type TestParts, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { sealHeartbeat } from '../sealing/heartbeat.ts';
import { noProgress } from '../verification/no-progress.ts';
import { verifyShare, verifyTenant } from '../verification/verify-tenant.ts';
import { shredKeys, type ShreddingOutcome } from './shred-keys.ts';

// Real: PostgreSQL, OpenSearch, disk, the offline verifier, Python. Simulated: the year, by a moved clock; the crash, by an exception.
const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const startMs = Date.now();

let pipeline: TestPipeline;
let platform: TenantId;
const told: { tenantId: string; action: string; target: { id: string }; details: Record<string, unknown> }[] = [];

beforeAll(async () => {
  pipeline = await openTestPipeline();
  platform = (await newTenant()).id;
});

afterAll(() => pipeline.close());

const at = (ms: number): void => void (pipeline.clock.nowMs = () => startMs + ms);
const moved = (parts: TestParts = pipeline.parts): TestParts => ({
  ...parts,
  now: () => new Date(pipeline.clock.nowMs()),
});

async function newTenant(): Promise<{ id: TenantId }> {
  const { database, keyring } = pipeline.parts;
  return (await createTestTenant({ database, keyring })).tenant;
}

async function seal(tenantId: TenantId, line: string): Promise<number> {
  const { parts } = pipeline;
  const segmentId = await pipeline.land([line], { tenantId });
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
  const block = await parts.database.forTenant(tenantId).blocks.findBySegment(segmentId);
  return block?.number ?? -1;
}

function shred(tenantId: TenantId, parts: TestParts = pipeline.parts): Promise<ShreddingOutcome> {
  const trail = {
    record: ({ tenantId: owner, event }: { tenantId: string; event: (typeof told)[number] }) => {
      told.push({ ...event, tenantId: owner });
      return Promise.resolve();
    },
  } as never;
  const { signal } = new AbortController();
  const common = {
    ...moved(parts),
    trail,
    platformTenant: () => Promise.resolve(platform),
    onStep: pipeline.crash.pass,
  };
  return shredKeys({ ...common, disposal: common }, tenantId, { signal });
}

/** Closed after two blocks, of which the store holds the second for longer than its policy. */
async function closedTenant(): Promise<{ tenantId: TenantId; held: string }> {
  at(0);
  const { id: tenantId } = await newTenant();
  const { archive, database } = pipeline.parts;
  await seal(tenantId, 'one');
  const { objectKey } = (await database.forTenant(tenantId).blocks.get(await seal(tenantId, 'two'))) ?? {};
  if (objectKey == null) throw new Error('the block has no object');
  await archive.forTenant(tenantId).keepLonger(objectKey, new Date(startMs + 3 * yearMs));
  await database.platform.setTenantStatus(tenantId, 'closed');
  return { tenantId, held: objectKey };
}

async function setStatus(tenantId: TenantId, status: string): Promise<void> {
  const client = new Client(pipeline.databaseUrl);
  await client.connect();
  try {
    await client.query('UPDATE tenant SET status = $2 WHERE id = $1', [tenantId, status]);
  } finally {
    await client.end();
  }
}

const keyFiles = (tenantId: TenantId): string[] =>
  ['data', 'inbox'].flatMap((purpose) => readdirSync(join(pipeline.parts.keysFolder, 'tenants', tenantId, purpose)));
const sizeOf = async (tenantId: TenantId): Promise<number> =>
  (await pipeline.parts.database.forTenant(tenantId).log.get()).size;
const proven = { outcome: 'proven', findings: [] };
const verified = (tenantId: TenantId): Promise<NewVerification | null> => verifyTenant(moved(), tenantId);

describe('the keys of an organisation', () => {
  it('stay while it is open, while it is kept or held, and when it was opened again', async () => {
    const { tenantId } = await closedTenant();
    const before = keyFiles(tenantId);
    const own = pipeline.parts.database.forTenant(tenantId);
    at(yearMs - dayMs);
    expect(await shred(tenantId)).toBe('nothing');
    at(yearMs + dayMs);
    await setStatus(tenantId, 'active');
    expect(await shred(tenantId)).toBe('nothing');
    await setStatus(tenantId, 'closed');
    const hold = { reason: 'case 7', logGroups: [], personId: null, personName: null, from: null, to: null };
    await own.legalHolds.create({ ...hold, createdBy: randomUUID() }, () => Promise.resolve());
    expect(await shred(tenantId)).toBe('nothing');
    expect([keyFiles(tenantId), await sizeOf(tenantId)]).toEqual([before, 2]);
  });

  it('stay when it is opened again at the last moment', async () => {
    const { tenantId } = await closedTenant();
    const before = keyFiles(tenantId);
    at(yearMs + dayMs);
    pipeline.crash.arm('shred-before-statement');
    await expect(shred(tenantId)).rejects.toThrow('crash at shred-before-statement');
    await setStatus(tenantId, 'active');
    expect(await shred(tenantId)).toBe('nothing');
    // The disposal of the block whose time was over is all that happened.
    expect([keyFiles(tenantId), await sizeOf(tenantId)]).toEqual([before, 3]);
    expect(await seal(tenantId, 'it goes on')).toBe(3);
  });

  it.each([
    'shred-before-statement',
    'seal-before-checkpoint',
    'seal-before-ledger',
    'shred-after-statement',
    'shred-before-key',
    'shred-after-key',
    'shred-before-note',
    'shred-after-note',
    null,
  ])('are destroyed when the last retention is over, wherever it is cut short (%s)', async (step) => {
    const { tenantId, held } = await closedTenant();
    const { database, archive, keysFolder, search } = pipeline.parts;
    const exported = await makeRecoveryExport({ dir: keysFolder }, 'abcd-efgh-2345');
    await exported.note(new Date());
    // Another process, which has read the key.
    const other = openKeyring({ dir: keysFolder }).forTenant(tenantId);
    const dataKeyId = other.dataKey().id;
    at(yearMs + dayMs);
    told.length = 0;
    // The disposal that comes first seals as well: it is done by then.
    if (step?.startsWith('seal-') === true) {
      pipeline.crash.arm('shred-before-statement');
      await expect(shred(tenantId)).rejects.toThrow();
    }
    if (step !== null) {
      pipeline.crash.arm(step);
      await expect(shred(tenantId)).rejects.toThrow(`crash at ${step}`);
    }
    const again = pipeline.restart();
    expect(await shred(tenantId, again)).toBe(step === 'shred-after-note' ? 'nothing' : 'destroyed');
    expect(await shred(tenantId, again)).toBe('nothing');

    expect(keyFiles(tenantId)).toEqual([]);
    expect(() => other.dataKey(dataKeyId)).toThrow(expect.objectContaining({ code: 'key-missing' }));
    await recoverKeys({ dir: keysFolder }, exported.text, 'abcd-efgh-2345');
    expect(keyFiles(tenantId)).toEqual([]);
    await search.forTenant(tenantId).refresh();
    expect((await Array.fromAsync(search.forTenant(tenantId).readBack({}))).flat()).toEqual([]);
    // One statement, and nothing behind it.
    expect(await database.forTenant(tenantId).log.statements('keys-destroyed')).toEqual([3]);
    const parts = { ...moved(), maskingVersion: 'test-1' };
    expect(await sealHeartbeat(parts, tenantId)).toBe(false);
    expect(
      await pipeline.parts.sealer.sealStatement(tenantId, () => Promise.resolve({ kind: 'x', content: {} })),
    ).toBeNull();
    await expect(again.sealer.rotateKey(tenantId, { purpose: 'signing', reason: 'x', who: 'y' })).rejects.toMatchObject(
      { code: 'log-ended' },
    );
    expect(await sizeOf(tenantId)).toBe(4);

    // Its log is proven by everybody, and the block that the store still holds is explained.
    expect(await archive.forTenant(tenantId).get(held)).not.toBeNull();
    expect(await verified(tenantId)).toMatchObject(proven);
    await database.forTenant(tenantId).verificationProgress.put('index', { ...noProgress, updatedAt: new Date() });
    const pace = { everyMs: 1, onlineMs: dayMs, archiveMs: 1 };
    expect(await verifyShare(moved(), tenantId, pace)).toMatchObject(proven);
    const verifierKey = pipeline.parts.keyring.forTenant(tenantId).verifierKey();
    const { code, output } = checkByPython(archive.placeOf(tenantId), verifierKey);
    expect([code, output]).toEqual([0, expect.stringContaining('keys were destroyed')]);

    const actions = told.map(({ tenantId: owner, action, target }) => [owner, action, target.id]);
    expect(actions).toContainEqual([platform, 'content-keys.destroy', tenantId]);
    expect(told.every(({ tenantId: owner }) => owner === platform)).toBe(true);
    const { details } = told.find(({ action }) => action === 'content-keys.destroy') ?? {};
    expect(details).toMatchObject({
      entry: 3,
      keys: expect.arrayContaining([dataKeyId]),
      recoveryExport: expect.any(String),
    });
  });
});
