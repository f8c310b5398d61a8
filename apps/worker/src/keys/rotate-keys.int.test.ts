import { writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createLogReader,
  decodeLogEntry,
  parseCheckpoint,
  readKeyChange,
  signCheckpoint,
  type KeyChange,
} from '@akashi/integrity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, type TestParts, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { verifyShare, verifyTenant } from '../verification/verify-tenant.ts';
import { rotateInboxKey } from './rotate-inbox-key.ts';
import { rotateKeysInTime } from './rotate-keys.ts';

// Real: PostgreSQL, OpenSearch, disk, the offline verifier. Simulated: the crash, by an exception.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});

afterAll(() => pipeline.close());

const byHand = { reason: 'somebody left', who: 'operator' } as const;
const hourMs = 3_600_000;
const pace = { everyMs: hourMs, onlineMs: 24 * hourMs, archiveMs: 168 * hourMs };
const told: { action: string; id: string }[] = [];

function partsOf(parts: TestParts, now = new Date()) {
  return {
    ...parts,
    now: () => now,
    inbox: { folder: parts.inboxFolder, node: parts.node },
    trail: {
      record: (record: { event: { action: string; target: { id: string } } }) => {
        told.push({ action: record.event.action, id: record.event.target.id });
        return Promise.resolve();
      },
    },
  } as unknown as Parameters<typeof rotateKeysInTime>[0];
}

async function seal(line: string, parts = pipeline.parts): Promise<void> {
  const { tenantId } = pipeline;
  const segmentId = await pipeline.land([line]);
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
}

/** Of each entry of the log its data key or the change that it says. */
async function keysOfLog(): Promise<(string | KeyChange | null)[]> {
  const archive = pipeline.parts.archive.forTenant(pipeline.tenantId);
  const { size } = await pipeline.parts.database.forTenant(pipeline.tenantId).log.get();
  const reader = createLogReader((path) => archive.get(`log/${path}`));
  const found: (string | KeyChange | null)[] = [];
  for (let index = 0; index < size; index += 1) {
    const entry = decodeLogEntry(await reader.entry(index, size));
    if (!entry.ok) throw new Error(`entry ${index} is none`);
    found.push(entry.kind === 'block' ? entry.header.dataKeyId : readKeyChange(entry.statement));
  }
  return found;
}

const proven = (): Promise<unknown> => verifyTenant(pipeline.parts, pipeline.tenantId);

describe('a data key', () => {
  it('is replaced by a statement; what lies under the old one is still read and proven', async () => {
    const { sealer, keyring } = pipeline.parts;
    const keys = keyring.forTenant(pipeline.tenantId);
    const old = keys.dataKey().id;
    await seal('under the old key');
    const entry = await sealer.rotateKey(pipeline.tenantId, { purpose: 'data', ...byHand });
    const next = keys.dataKey().id;
    expect(keys.dataKeyIds()).toEqual([old, next]);
    // Another process, which wrote with the old key before.
    await seal('under the new key', pipeline.restart());
    const found = await keysOfLog();
    expect(found[entry]).toEqual({ old, new: next, ...byHand });
    expect([found[entry - 1], found.at(-1)]).toEqual([old, next]);
    expect(await proven()).toMatchObject({ outcome: 'proven', findings: [] });
  });

  it.each([
    ['rotate-after-prepare', false],
    ['seal-before-checkpoint', true],
    ['seal-before-ledger', true],
    ['rotate-after-statement', true],
    ['rotate-after-promote', true],
  ] as const)('that a crash at %s cut short is changed once or not at all', async (step, isChanged) => {
    const { keyring } = pipeline.parts;
    const before = keyring.forTenant(pipeline.tenantId).dataKeyIds();
    pipeline.crash.arm(step);
    const rotating = pipeline.parts.sealer.rotateKey(pipeline.tenantId, { purpose: 'data', ...byHand });
    await expect(rotating).rejects.toThrow(`crash at ${step}`);
    const again = pipeline.restart();
    await seal(`behind the crash at ${step}`, again);
    const ids = again.keyring.forTenant(pipeline.tenantId).dataKeyIds();
    expect(ids).toHaveLength(before.length + (isChanged ? 1 : 0));
    const found = await keysOfLog();
    expect(found.at(-1)).toBe(ids.at(-1));
    const changes = found.filter((each) => typeof each === 'object' && each !== null);
    expect(changes.map(({ new: next }) => next)).toEqual(ids.slice(1));
    expect(again.keyring.rotationOf(pipeline.tenantId).prepared('data') === undefined).toBe(isChanged);
    if (!isChanged) {
      // The next change takes up the key that was made.
      const prepared = again.keyring.rotationOf(pipeline.tenantId).prepared('data');
      await again.sealer.rotateKey(pipeline.tenantId, { purpose: 'data', ...byHand });
      expect(again.keyring.forTenant(pipeline.tenantId).dataKey().id).toBe(prepared);
      await seal('with the key that was taken up', again);
    }
    expect(await proven()).toMatchObject({ outcome: 'proven', findings: [] });
  });

  it('changes by itself once it is a year old, and not before', async () => {
    const { database, keyring } = pipeline.parts;
    const keys = keyring.forTenant(pipeline.tenantId);
    const newest = await database.forTenant(pipeline.tenantId).log.newestStatement('data-key');
    const yearMs = 365 * 86_400_000;
    const at = (ms: number): Date => new Date((newest?.createdAt.getTime() ?? 0) + ms);
    const before = keys.dataKeyIds().length;
    await rotateKeysInTime(partsOf(pipeline.parts, at(yearMs - 1000)), pipeline.tenantId);
    expect(keys.dataKeyIds()).toHaveLength(before);
    await rotateKeysInTime(partsOf(pipeline.parts, at(yearMs)), pipeline.tenantId);
    expect(keys.dataKeyIds()).toHaveLength(before + 1);
    // The signing key is as old as the log, which began before.
    const changed = told.map(({ action }) => action).filter((action) => !action.startsWith('inbox-key'));
    expect(changed).toEqual(['signing-key.rotate', 'data-key.rotate']);
  });
});

describe('a signing key', () => {
  const keysOf = (parts: TestParts) => parts.keyring.forTenant(pipeline.tenantId);
  const checkpoint = async (parts: TestParts): Promise<Buffer> =>
    (await parts.archive.forTenant(pipeline.tenantId).get('log/checkpoint')) ?? Buffer.alloc(0);

  it('signs the statement that retires it, and nothing behind', async () => {
    const { parts, tenantId } = pipeline;
    const old = keysOf(parts).verifierKey();
    const documents = keysOf(parts).documentsKey();
    // Another process, which knows the old key.
    const other = pipeline.restart();
    await seal('signed by the old key', other);
    const entry = await parts.sealer.rotateKey(tenantId, { purpose: 'signing', ...byHand });
    const next = keysOf(parts).verifierKey();
    expect((await keysOfLog())[entry]).toEqual({ old, new: next, ...byHand });
    expect(keysOf(parts).verifierKeyOf(await checkpoint(parts))).toBe(old);
    expect(await proven()).toMatchObject({ outcome: 'proven', findings: [] });
    await seal('signed by the new key', other);
    expect(keysOf(parts).verifierKeyOf(await checkpoint(parts))).toBe(next);
    expect(keysOf(parts).documentsKey()).toEqual(documents);
    expect(await proven()).toMatchObject({ outcome: 'proven', findings: [] });
    expect(await verifyShare(parts, tenantId, pace)).toMatchObject({ outcome: 'proven', findings: [] });
  });

  it.each([
    ['rotate-after-prepare', false],
    ['seal-before-checkpoint', true],
    ['seal-before-ledger', true],
    ['rotate-after-statement', true],
    ['rotate-after-promote', true],
  ] as const)('that a crash at %s cut short is changed once or not at all', async (step, isChanged) => {
    const { tenantId } = pipeline;
    const before = keysOf(pipeline.parts).verifierKeys();
    pipeline.crash.arm(step);
    const rotating = pipeline.parts.sealer.rotateKey(tenantId, { purpose: 'signing', ...byHand });
    await expect(rotating).rejects.toThrow(`crash at ${step}`);
    expect(await proven()).toMatchObject({ findings: [] });
    const again = pipeline.restart();
    await seal(`behind the crash at ${step}`, again);
    expect(keysOf(again).verifierKeys()).toHaveLength(before.length + (isChanged ? 1 : 0));
    expect(keysOf(again).verifierKeyOf(await checkpoint(again))).toBe(keysOf(again).verifierKeys().at(-1));
    expect(await proven()).toMatchObject({ outcome: 'proven', findings: [] });
  });

  it('that was retired and signs the newest checkpoint all the same is found by the next share of a verification', async () => {
    const { parts, tenantId } = pipeline;
    const archive = parts.archive.forTenant(tenantId);
    const note = await checkpoint(parts);
    const parsed = parseCheckpoint(note);
    if (!parsed.ok) throw new Error('no checkpoint');
    const [first] = parts.keyring.rotationOf(tenantId).signingKeyIds();
    await archive.replaceCheckpoint(Buffer.from(signCheckpoint(parsed.checkpoint, keysOf(parts).signingKey(first))));
    const { findings } = (await verifyShare(parts, tenantId, pace)) ?? {};
    expect(findings).toContainEqual(expect.objectContaining({ code: 'checkpoint-retired-key' }));
    await archive.replaceCheckpoint(note);
    expect(await proven()).toMatchObject({ outcome: 'proven', findings: [] });
  });
});

describe('an inbox key', () => {
  const ids = (): string[] => pipeline.parts.keyring.rotationOf(pipeline.tenantId).inboxKeyIds();
  const rotate = (): Promise<unknown> => rotateInboxKey(partsOf(pipeline.parts), pipeline.tenantId);

  it('changes daily, and is destroyed once no accepted batch needs it', async () => {
    const waiting = await pipeline.land(['waits under an old key']);
    const needed = ids().at(-1) ?? '';
    for (let day = 0; day < 4; day += 1) await rotate();
    expect(ids()).toHaveLength(3);
    expect(ids()[0]).toBe(needed);
    const signal = AbortSignal.timeout(30_000);
    const { parts, tenantId } = pipeline;
    await processSegment(parts, { tenantId, segmentId: waiting, lane: 'ordinary', signal });
    await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
    await rotate();
    expect(ids()).toHaveLength(2);
    expect(ids()).not.toContain(needed);
    expect(told.filter(({ action }) => action === 'inbox-key.destroy').map(({ id }) => id)).toContain(needed);
    await seal('goes on');
    expect(await proven()).toMatchObject({ outcome: 'proven', findings: [] });
  });

  it('stays while a file is there whose key nobody can tell, and while another node may hold batches', async () => {
    const { inboxFolder, database } = pipeline.parts;
    const torn = join(inboxFolder, pipeline.tenantId, 'torn');
    await mkdir(torn, { recursive: true });
    writeFileSync(join(torn, 'tail'), 'torn');
    await rotate();
    expect(ids()).toHaveLength(3);
    await rm(torn, { recursive: true });
    const { segments } = database.forTenant(pipeline.tenantId);
    const segmentId = '01a22b9c-9c59-7bf7-a293-877f4c466013';
    const elsewhere = { segmentId, ingestNode: 'elsewhere', retentionPolicy: 'default', records: 1, bytes: 1 };
    await segments.register({ ...elsewhere, acceptedAt: new Date() });
    await rotate();
    expect(ids()).toHaveLength(4);
  });
});
