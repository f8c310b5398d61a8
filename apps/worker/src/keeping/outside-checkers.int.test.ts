import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, type TestParts, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { verifyTenant } from '../verification/verify-tenant.ts';
import { dispose } from './dispose.ts';
import { acceptedByFsck, checkByPython, findFsck, type Outcome } from './outside-checkers.fixtures.ts';

// Real: PostgreSQL, OpenSearch, disk, the offline verifier, Python, Tessera's fsck. Simulated: the years, by a moved clock.
const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const startMs = Date.now();
const fsck = await findFsck();
if ('missing' in fsck) process.stderr.write(`skipped: ${fsck.missing}\n`);

let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});

afterAll(() => pipeline.close());

const moved = (): TestParts => ({ ...pipeline.parts, now: () => new Date(pipeline.clock.nowMs()) });
const at = (ms: number): void => void (pipeline.clock.nowMs = () => startMs + ms);
const folder = (): string => pipeline.parts.archive.placeOf(pipeline.tenantId);
const keys = () => pipeline.parts.keyring.forTenant(pipeline.tenantId);

async function seal(line: string): Promise<void> {
  const { parts, tenantId } = pipeline;
  const segmentId = await pipeline.land([line]);
  await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal: AbortSignal.timeout(30_000) });
  await parts.openBlocks.seal({ tenantId, retentionPolicy: 'default' });
}

function disposeOf(): ReturnType<typeof dispose> {
  const trail = { record: () => Promise.resolve() } as never;
  const { signal } = new AbortController();
  const most = { statement: 2, run: 100 };
  return dispose({ ...moved(), trail, onStep: pipeline.crash.pass }, pipeline.tenantId, { signal, most });
}

function rotate(purpose: 'data' | 'signing'): Promise<number> {
  return pipeline.parts.sealer.rotateKey(pipeline.tenantId, { purpose, reason: 'yearly', who: 'Akashi' });
}

/** PostgreSQL's clock is not moved here, so that the log seems to have ended long ago. */
async function codesOfVerifier(): Promise<string[]> {
  const result = await verifyTenant(moved(), pipeline.tenantId);
  return (result?.findings ?? []).map(({ code }) => code).filter((code) => code !== 'heartbeat-missing');
}

/** What a checker says of a copy that somebody altered. */
function ofAltered(alter: (copy: string) => void, check: (copy: string) => Outcome): Outcome {
  const copy = join(pipeline.home, 'altered', 'archive');
  cpSync(folder(), copy, { recursive: true });
  try {
    alter(copy);
    return check(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

describe('a log with disposals and changed keys', () => {
  let all: string[] = [];

  beforeAll(async () => {
    at(0);
    for (let index = 0; index < 3; index += 1) await seal(`first year ${index}`);
    await rotate('data');
    await seal('under the second data key');
    await rotate('signing');
    await seal('signed by the second key');
    at(yearMs + dayMs);
    await disposeOf();
    await rotate('signing');
    // More than one tile of entries, so that a disposal lies in a full one.
    const { sealer } = pipeline.parts;
    const { size } = await pipeline.parts.database.forTenant(pipeline.tenantId).log.get();
    for (let entry = size; entry < 254; entry += 1)
      await sealer.sealStatement(pipeline.tenantId, () => Promise.resolve({ kind: 'test', content: { entry } }));
    for (let index = 0; index < 4; index += 1) await seal(`second year ${index}`);
    await rotate('data');
    at(2 * yearMs + 2 * dayMs);
    await seal('third year');
    await disposeOf();
    await seal('third year, behind the disposals');
    all = keys().verifierKeys();
  }, 300_000);

  it('is proven by the verifier, with what was removed explained', async () => {
    expect(all).toHaveLength(3);
    const disposals = await pipeline.parts.database.forTenant(pipeline.tenantId).disposals.list({ limit: 10 });
    expect(disposals.reduce((sum, { blockCount }) => sum + blockCount, 0)).toBe(9);
    expect(await codesOfVerifier()).toEqual([]);
  });

  it('is proven by the checker in Python with any of its keys, which counts the same', () => {
    for (const key of all) {
      const { code, output } = checkByPython(folder(), key);
      expect([key, code, output]).toEqual([key, 0, expect.stringContaining('9 of them pruned by policy')]);
    }
  });

  it.skipIf('missing' in fsck)(
    'is accepted by fsck of Tessera with the key that signs now, and with no other',
    async () => {
      const accepted = all.map((key) => acceptedByFsck('path' in fsck ? fsck.path : '', folder(), key));
      const { size } = await pipeline.parts.database.forTenant(pipeline.tenantId).log.get();
      expect(accepted).toEqual([null, null, size]);
    },
  );

  it('that lost one object more than its disposals list is found by the checker in Python', () => {
    const { code, output } = ofAltered(
      (copy) => {
        const blocks = readdirSync(join(copy, 'blocks'), { recursive: true, encoding: 'utf8' });
        const last =
          blocks
            .filter((name) => name.endsWith('.akb'))
            .sort()
            .at(-1) ?? '';
        rmSync(join(copy, 'blocks', last));
      },
      (copy) => checkByPython(copy, all[0] ?? ''),
    );
    expect([code, output]).toEqual([1, expect.stringMatching(/^blocks\/.*\.akb\tremoved$/m)]);
  });
});
