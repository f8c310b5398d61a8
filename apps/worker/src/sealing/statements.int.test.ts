import {
  createLogReader,
  decodeLogEntry,
  formatDescription,
  formatDescriptionV1,
  formatDescriptionV2,
  formatDescriptionV3,
  type LogEntry,
} from '@akashi/integrity';
import { createTestTenant } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { verifyTenant } from '../verification/verify-tenant.ts';
import { sealHeartbeat } from './heartbeat.ts';

// Real: PostgreSQL, OpenSearch, disk, the offline verifier. Simulated: the crash, by an exception.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});

afterAll(() => pipeline.close());

const say = (text: string, parts = pipeline.parts): Promise<number | null> =>
  parts.sealer.sealStatement(pipeline.tenantId, () => Promise.resolve({ kind: 'test', content: { text } }));

async function seal(line: string): Promise<void> {
  const { parts, tenantId } = pipeline;
  const segmentId = await pipeline.land([line]);
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
}

async function entries(): Promise<LogEntry[]> {
  const archive = pipeline.parts.archive.forTenant(pipeline.tenantId);
  const { size } = await pipeline.parts.database.forTenant(pipeline.tenantId).log.get();
  const reader = createLogReader((path) => archive.get(`log/${path}`));
  const found: LogEntry[] = [];
  for (let index = 0; index < size; index += 1) {
    const entry = decodeLogEntry(await reader.entry(index, size));
    if (!entry.ok) throw new Error(`entry ${index} is none`);
    found.push(entry);
  }
  return found;
}

const statementsOf = (found: LogEntry[]): unknown[] =>
  found.flatMap((entry) => (entry.kind === 'statement' ? [entry.statement.content['text']] : []));

describe('a statement', () => {
  it('takes the next number of the log, between blocks, with a row in the ledger', async () => {
    await seal('before');
    const number = await say('between');
    await seal('behind');
    expect(number).toBe(1);
    expect((await entries()).map(({ kind }) => kind)).toEqual(['block', 'statement', 'block']);
    const row = await pipeline.parts.database.forTenant(pipeline.tenantId).blocks.get(1);
    expect(row).toMatchObject({ records: 0, bodyBytes: 0, objectKey: null, segmentId: null });
    expect(row?.header).toContain('akashi statement v1\n');
    expect(await pipeline.parts.archive.forTenant(pipeline.tenantId).get('format.md')).toEqual(
      Buffer.from(formatDescription),
    );
  });

  it('is not written when there is nothing to say any more', async () => {
    const { size } = await pipeline.parts.database.forTenant(pipeline.tenantId).log.get();
    expect(await pipeline.parts.sealer.sealStatement(pipeline.tenantId, () => Promise.resolve(null))).toBeNull();
    expect(await pipeline.parts.database.forTenant(pipeline.tenantId).log.get()).toMatchObject({ size });
  });

  it('is a sign of life: no heartbeat follows at once', async () => {
    const { database, sealer } = pipeline.parts;
    const parts = { database, sealer, now: () => new Date(), maskingVersion: 'test-1' };
    expect(await sealHeartbeat(parts, pipeline.tenantId)).toBe(false);
  });

  it.each(['seal-before-checkpoint', 'seal-before-ledger'])(
    'that a crash cut short at %s comes back once, before whatever is sealed next',
    async (step) => {
      const before = statementsOf(await entries());
      pipeline.crash.arm(step);
      await expect(say(`cut short at ${step}`)).rejects.toThrow(`crash at ${step}`);
      expect(await say('next', pipeline.restart())).not.toBeNull();
      expect(statementsOf(await entries())).toEqual([...before, `cut short at ${step}`, 'next']);
    },
  );

  it.each([
    ['1', formatDescriptionV1],
    ['2', formatDescriptionV2],
    ['3', formatDescriptionV3],
  ])('has its description beside the one of format %s that an earlier release began with', async (_, former) => {
    const { database, keyring, archive, sealer } = pipeline.parts;
    const { tenant } = await createTestTenant({ database, keyring });
    await archive.forTenant(tenant.id).putOnce('format.md', Buffer.from(former));
    await sealer.sealStatement(tenant.id, () => Promise.resolve({ kind: 'test', content: {} }));
    expect(await archive.forTenant(tenant.id).get('format.md')).toEqual(Buffer.from(former));
    expect(await archive.forTenant(tenant.id).get('format-4.md')).toEqual(Buffer.from(formatDescription));
    expect(await verifyTenant(pipeline.parts, tenant.id)).toMatchObject({ outcome: 'proven', findings: [] });
  });

  it('does not begin a log beside a description that is nobody’s', async () => {
    const { database, keyring, archive, sealer } = pipeline.parts;
    const { tenant } = await createTestTenant({ database, keyring });
    await archive.forTenant(tenant.id).putOnce('format.md', Buffer.from('something else'));
    const sealing = sealer.sealStatement(tenant.id, () => Promise.resolve({ kind: 'test', content: {} }));
    await expect(sealing).rejects.toMatchObject({ code: 'archive-object-conflict', object: 'format.md' });
  });

  it('is proven with everything else, archive and ledger', async () => {
    const result = await verifyTenant(pipeline.parts, pipeline.tenantId);
    expect(result).toMatchObject({ outcome: 'proven', findings: [], blocks: 2, records: 2 });
  });
});
